/**
 * Packs the library, installs the package alone in an empty project, and uses both clients from it under every runtime
 * there is: Bun, Deno, and Node 22 or later. Needs the package registry.
 */
import {spawn, spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {say} from './say.ts';

const root = resolve(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'speechdeck-package-'));
/** What only the app needs must not come along. */
const UNWANTED = ['ink', 'react', 'naudiodon', 'commander', 'zustand'];

const PROGRAM = `
import {readFile} from 'node:fs/promises';
import {BatchClient, RealtimeClient, type Transcript, transcriptText} from 'speechdeck';

const batch = new BatchClient();
const transcript: Transcript = await batch.transcribe('sample.wav');
console.log(transcriptText(transcript));

const realtime = new RealtimeClient();
let words = '';
realtime.on('AddTranscript', ({metadata}) => {
	words += metadata.transcript;
});
await realtime.start();
const samples: Uint8Array = (await readFile('sample.wav')).subarray(44);
for (let at = 0; at < samples.length; at += 3200) await realtime.sendAudio(samples.subarray(at, at + 3200));
await realtime.stop();
console.log(words);
process.exit(0);
`;

function run(command: string, args: readonly string[], environment: Record<string, string> = {}): string {
	const {status, stdout, stderr, error} = spawnSync(command, args, {
		cwd: project,
		encoding: 'utf8',
		env: {...process.env, ...environment},
	});
	if (status !== 0)
		throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}\n${stderr}`);
	return stdout;
}

function install(): void {
	mkdirSync(join(project, 'pack'));
	const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', join(project, 'pack')], {
		cwd: root,
		encoding: 'utf8',
		env: {...process.env, PATH: `${resolve(process.execPath, '..')}:${process.env.PATH}`},
	});
	const [tarball] = readdirSync(join(project, 'pack'));
	if (packed.status !== 0 || tarball === undefined) throw new Error(`npm pack failed: ${packed.stderr}`);
	writeFileSync(join(project, 'package.json'), '{"name": "scratch", "private": true, "type": "module"}');
	run('npm', ['install', '--no-fund', '--no-audit', '--loglevel=error', `./pack/${tarball}`]);
	const found = UNWANTED.filter((name) => existsSync(join(project, 'node_modules', name)));
	if (found.length > 0)
		throw new Error(`The package brings along what only the app needs: ${found.join(', ')}`);
	writeFileSync(join(project, 'program.ts'), PROGRAM);
	copyFileSync(join(root, 'src/emulator/sample.wav'), join(project, 'sample.wav'));
}

function checkTypes(): void {
	const options = ['--noEmit', '--strict', '--target', 'ES2023', '--lib', 'ESNext', '--module', 'NodeNext'];
	const types = ['--typeRoots', join(root, 'node_modules'), '--types', 'bun-types'];
	run(join(root, 'node_modules/.bin/tsc'), ['--ignoreConfig', ...options, ...types, 'program.ts']);
}

async function startEmulator() {
	const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'emulator'], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const line = await new Promise<string>((resolve, reject) => {
		child.stdout.once('data', (data: Buffer) => resolve(String(data)));
		child.once('exit', () => reject(new Error('The emulator did not start')));
	});
	const {batchUrl, realtimeUrl} = JSON.parse(line);
	return {
		environment: {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: batchUrl,
			SPEECHMATICS_RT_URL: realtimeUrl,
		},
		stop: () => child.kill(),
	};
}

const RUNTIMES = [
	{name: 'Bun', command: process.execPath, args: ['program.ts']},
	{name: 'Deno', command: 'deno', args: ['run', '-A', '--no-lock', 'program.ts']},
	{name: 'Node 22', command: 'node22', args: ['--experimental-strip-types', '--no-warnings', 'program.ts']},
];

let failures = 0;
const emulator = await startEmulator();
try {
	install();
	checkTypes();
	say('The types are good.');
	for (const {name, command, args} of RUNTIMES) {
		if (command !== process.execPath && Bun.which(command) === null) {
			say(`${name}: not checked, there is no ${command} here.`);
			continue;
		}
		const output = run(command, args, emulator.environment);
		const good = output.split('Good morning, everyone').length === 3;
		if (!good) failures += 1;
		say(`${name}: ${good ? 'both clients work' : `wrong output: ${output}`}.`);
	}
} catch (error) {
	failures += 1;
	say((error as Error).message);
} finally {
	emulator.stop();
	rmSync(project, {recursive: true, force: true});
}
process.exit(failures === 0 ? 0 : 1);
