/**
 * Builds naudiodon's capture addon. The package's own build cannot be used: it wants node-gyp and a dependency that
 * does not compile on today's runtimes (see bunfig.toml). The addon itself is six C++ files on Node-API.
 */
import {execFileSync, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {PORTAUDIO_FILE} from '../src/platform/embedded.ts';
import {say} from './say.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const outputFolder = join(root, 'dist/native');
const packageFolder = join(root, 'node_modules/naudiodon');
const sourceFolder = join(packageFolder, 'src');

const COMPILE_FLAGS = [
	...['-std=c++17', '-O2', '-fPIC', '-fexceptions', '-DNODE_GYP_MODULE_NAME=naudiodon'],
	// Its error messages name source files; without this they name the folder of whoever built it.
	`-ffile-prefix-map=${root}=`,
];

/** PortAudio as this system has it: where its header is and which library file to link and to carry along. */
interface PortAudio {
	readonly include: string;
	readonly library: string;
}

/**
 * Brings dist/native up to date: the addon and the PortAudio library it is linked with. Compiles only where a source,
 * a flag or the compiler changed. Where it cannot be built it says why in one sentence and the program goes without.
 */
export async function buildAddon(): Promise<void> {
	const stampFile = join(outputFolder, 'stamp');
	const compiler = findCompiler();
	if (!compiler) {
		// An addon from an earlier build still serves.
		if (existsSync(stampFile)) return;
		say(
			'No C++ compiler was found, so this build cannot use a microphone: install g++ or clang++ (or name one in CXX) and build again.',
		);
		return;
	}
	const portAudio = findPortAudio();
	if (!portAudio) {
		say(
			'PortAudio was not found, so this build cannot use a microphone: install its development package (portaudio19-dev, or `brew install portaudio pkg-config`) and build again.',
		);
		return;
	}
	const stamp = stampOf(compiler, portAudio);
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

	say('Building the capture addon…');
	rmSync(outputFolder, {recursive: true, force: true});
	const workFolder = `${outputFolder}.${process.pid}`;
	mkdirSync(workFolder, {recursive: true});
	try {
		await compileInto(workFolder, compiler.command, portAudio);
		writeFileSync(join(workFolder, 'stamp'), stamp);
		renameSync(workFolder, outputFolder);
	} catch (error) {
		say(
			`${(error as Error).message}\nThe capture addon could not be built, so this build cannot use a microphone.`,
		);
	} finally {
		rmSync(workFolder, {recursive: true, force: true});
	}
}

function findCompiler(): {command: string; version: string} | undefined {
	const named = process.env.CXX;
	for (const command of named ? [named] : ['g++', 'clang++']) {
		const version = outputOf(command, '--version');
		if (version !== undefined) return {command, version};
	}
	return undefined;
}

function findPortAudio(): PortAudio | undefined {
	if (process.platform === 'linux' && process.arch === 'x64') {
		return {
			include: join(packageFolder, 'portaudio/include'),
			library: join(packageFolder, 'portaudio/bin', PORTAUDIO_FILE),
		};
	}
	const variable = (name: string) => outputOf('pkg-config', `--variable=${name}`, 'portaudio-2.0');
	const include = variable('includedir');
	const libraryFolder = variable('libdir');
	if (!include || !libraryFolder) return undefined;
	const library = join(libraryFolder, PORTAUDIO_FILE);
	return existsSync(library) ? {include, library} : undefined;
}

async function compileInto(folder: string, compiler: string, portAudio: PortAudio): Promise<void> {
	const includes = ['-I', join(root, 'node_modules/node-api-headers/include'), '-I', portAudio.include];
	const sources = readdirSync(sourceFolder).filter((name) => name.endsWith('.cc'));
	const objects = await Promise.all(
		sources.map(async (name) => {
			const object = join(folder, name.replace(/\.cc$/, '.o'));
			await run(compiler, ...COMPILE_FLAGS, ...includes, '-c', join(sourceFolder, name), '-o', object);
			return object;
		}),
	);
	const library = join(folder, PORTAUDIO_FILE);
	copyFileSync(portAudio.library, library);
	const mac = process.platform === 'darwin';
	// The library lies beside the addon, wherever both are unpacked to.
	if (mac) await run('install_name_tool', '-id', `@rpath/${PORTAUDIO_FILE}`, library);
	const linkFlags = mac
		? ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path']
		: ['-shared', '-s', '-Wl,-rpath,$ORIGIN'];
	await run(compiler, ...linkFlags, ...objects, library, '-o', join(folder, 'naudiodon.node'));
	for (const object of objects) rmSync(object);
}

function stampOf(compiler: {command: string; version: string}, portAudio: PortAudio): string {
	const hash = createHash('sha256').update(JSON.stringify([compiler, process.arch]));
	for (const name of readdirSync(sourceFolder).sort()) hash.update(readFileSync(join(sourceFolder, name)));
	hash.update(readFileSync(portAudio.library));
	hash.update(readFileSync(fileURLToPath(import.meta.url)));
	return hash.digest('hex');
}

function outputOf(command: string, ...args: string[]): string | undefined {
	try {
		return execFileSync(command, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
	} catch {
		return undefined;
	}
}

function run(command: string, ...args: string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {stdio: ['ignore', 'ignore', 'pipe']});
		let complaints = '';
		child.stderr.on('data', (data) => {
			complaints += data;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve();
			else reject(new Error(`${command} failed:\n${complaints}`));
		});
	});
}
