/** Fills dist/release. See ../release.ts, which starts this once the dependencies are there. */
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join, relative, resolve, sep} from 'node:path';
import {gzipSync} from 'node:zlib';
import {buildAddon} from '../build-addon.ts';
import {bundleOptions, compileOptions} from '../compile-options.ts';
import {addonIsBuilt} from '../embed-files.ts';
import {say} from '../say.ts';
import type {ArchiveEntry} from './archive-entry.ts';
import {nativeComponents, packageComponent} from './components.ts';
import {withoutStaleSignature} from './mach-o.ts';
import {checksums, type Outcome, outcomeSentence, releaseNotes} from './notes.ts';
import {noticesText, packageFolders} from './notices.ts';
import {tar} from './tar.ts';
import {releaseNames, type Target, targetsNamed} from './targets.ts';
import {zip} from './zip.ts';

const root = resolve(import.meta.dirname, '../..');
const entrypoint = join(root, 'src/main.ts');
const folder = join(root, 'dist/release');
const NOTICES = 'THIRD-PARTY-NOTICES.txt';
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const isHost = ({platform, arch}: Target) => platform === process.platform && arch === process.arch;

/** What the executables contain by others. It is the same for all of them but the addon. */
async function notices(): Promise<string> {
	const {success, logs, metafile} = await Bun.build({...bundleOptions(entrypoint, false), metafile: true});
	if (!success || metafile === undefined) throw new AggregateError(logs, 'The bundle has errors.');
	const lock = readFileSync(join(root, 'bun.lock'), 'utf8');
	// Bun tells paths from the folder it was started in.
	const inputs = Object.keys(metafile.inputs).map((path) =>
		relative(root, resolve(path)).replaceAll(sep, '/'),
	);
	const packages = packageFolders(inputs).map((path) => packageComponent(root, path, lock));
	return noticesText(packages, nativeComponents(root, lock));
}

async function release(target: Target): Promise<Outcome> {
	const addon = isHost(target) && addonIsBuilt();
	const names = releaseNames(version, target);
	const outcome = {target, size: 0, archived: 0, archive: names.archive, addon, started: false};
	try {
		const executable = join(folder, names.executable);
		await compile(target, executable);
		const started = isHost(target) && versionOf(executable) === version;
		if (isHost(target) && !started) throw new Error('The program was built but does not tell its version.');
		const archive = pack(target, readFileSync(executable));
		writeFileSync(join(folder, names.archive), archive);
		return {...outcome, size: readFileSync(executable).length, archived: archive.length, started};
	} catch (error) {
		for (const name of [names.executable, names.archive]) rmSync(join(folder, name), {force: true});
		return {...outcome, failure: (error as Error).message};
	}
}

async function compile(target: Target, executable: string): Promise<void> {
	// Bun puts a source map beside it, which is no part of the release: the executable carries one.
	const workFolder = `${folder}.${process.pid}`;
	const unfinished = join(workFolder, basename(executable));
	mkdirSync(workFolder, {recursive: true});
	try {
		const options = compileOptions(entrypoint, unfinished, isHost(target) ? undefined : target.bun);
		const {success, logs} = await Bun.build(options);
		if (!success) throw new Error(failureSentence(logs));
		if (target.platform === 'darwin') {
			writeFileSync(unfinished, withoutStaleSignature(readFileSync(unfinished)));
		}
		chmodSync(unfinished, 0o755);
		renameSync(unfinished, executable);
	} finally {
		rmSync(workFolder, {recursive: true, force: true});
	}
}

function failureSentence(logs: ReadonlyArray<{readonly message: string}>): string {
	const reason = logs.map(({message}) => message).join(' ');
	return /download|not available/i.test(reason)
		? `Its runtime could not be fetched (${reason}): connect this machine to the npm registry, through HTTPS_PROXY if need be, or name a tarball of it in BUN_COMPILE_TARGET_TARBALL_URL and release this target alone.`
		: reason;
}

function versionOf(executable: string): string {
	return spawnSync(executable, ['--version'], {encoding: 'utf8'}).stdout?.trim() ?? '';
}

function pack(target: Target, program: Uint8Array): Uint8Array {
	const names = releaseNames(version, target);
	const entry = (name: string, content: Uint8Array, executable = false): ArchiveEntry => ({
		path: `${names.folder}/${name}`,
		content,
		executable,
	});
	const entries = [
		entry(names.command, program, true),
		entry('LICENSE', readFileSync(join(root, 'LICENSE'))),
		entry('README.md', readFileSync(join(root, 'README.md'))),
		entry(NOTICES, readFileSync(join(folder, NOTICES))),
	];
	if (target.platform === 'win32') return zip(entries);
	const packed = gzipSync(tar(entries), {level: 9});
	// The header names the system it was packed on; 255 is none (RFC 1952).
	packed[9] = 255;
	return packed;
}

function writeSums(): void {
	const files = readdirSync(folder).map((name) => ({name, content: readFileSync(join(folder, name))}));
	writeFileSync(join(folder, 'SHA256SUMS'), checksums(files));
}

async function make(targets: readonly Target[]): Promise<void> {
	rmSync(folder, {recursive: true, force: true});
	mkdirSync(folder, {recursive: true});
	writeFileSync(join(folder, NOTICES), await notices());
	if (targets.some(isHost)) await buildAddon();
	const outcomes: Outcome[] = [];
	for (const target of targets) {
		const outcome = await release(target);
		say(outcomeSentence(outcome));
		outcomes.push(outcome);
	}
	const host = `${process.platform} ${process.arch}`;
	writeFileSync(join(folder, 'RELEASE.md'), releaseNotes(version, host, outcomes));
	writeSums();
	const failed = outcomes.filter(({failure}) => failure !== undefined);
	say(
		failed.length === 0
			? `speechdeck ${version} is in dist/release.`
			: `${failed.length} of ${outcomes.length} targets could not be built; the others are in dist/release.`,
	);
	if (failed.length > 0) process.exitCode = 1;
}

let targets: readonly Target[];
try {
	targets = targetsNamed(process.argv.slice(2));
} catch (error) {
	say((error as Error).message);
	process.exit(2);
}
try {
	await make(targets);
} catch (error) {
	for (const cause of error instanceof AggregateError ? error.errors : [error])
		say((cause as Error).message ?? String(cause));
	process.exit(1);
}
