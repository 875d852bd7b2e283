import {createHash} from 'node:crypto';
import {chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {compiled, type EmbeddedName, embeddedFile, PORTAUDIO_FILE} from './embedded.ts';
import {folder, isPrivate, makePrivateFolder, temporaryFolder} from './folders.ts';

/**
 * Gives files that travel inside the executable a path that the system's loader and other programs can open. From source
 * they have one already. The compiled executable copies them to a folder in the user's cache, named by their content; a
 * copy is used again only while it is this user's, nobody else can write to it, and its bytes are right.
 *
 * @param names files that must lie in one folder
 * @returns paths in the order of the names, or undefined where this build lacks one of them
 * @throws Error where there is no folder to write them to
 */
export function unpackEmbedded(...names: EmbeddedName[]): string[] | undefined {
	const sources = names.map(embeddedFile).filter((path) => path !== undefined);
	if (sources.length < names.length) return undefined;
	if (!compiled) return sources;

	const files = sources.map((path, index) => ({
		name: nameOnDisk(names[index]!),
		content: readFileSync(path),
	}));
	let failure: unknown;
	for (const parent of [folder('cache'), temporaryFolder()]) {
		try {
			return unpackInto(parent, files);
		} catch (error) {
			failure = error;
		}
	}
	throw failure;
}

interface UnpackedFile {
	readonly name: string;
	readonly content: Uint8Array;
}

/** Puts the files in a folder below the parent. Exported for its tests. */
export function unpackInto(parent: string, files: readonly UnpackedFile[]): string[] {
	const hash = createHash('sha256');
	for (const {name, content} of files) hash.update(`${name}\0${content.length}\0`).update(content);
	const target = join(makePrivateFolder(parent), `embedded-${hash.digest('hex').slice(0, 32)}`);
	const paths = files.map(({name}) => join(target, name));
	const isGood = () => isPrivate(target) && files.every(({content}, index) => holds(paths[index]!, content));
	if (isGood()) return paths;

	const fresh = mkdtempSync(join(parent, 'unpacking-'));
	try {
		chmodSync(fresh, 0o700);
		for (const {name, content} of files) writeFileSync(join(fresh, name), content, {mode: 0o700});
		replaceFolder(fresh, target, isGood);
	} finally {
		rmSync(fresh, {recursive: true, force: true});
	}
	return paths;
}

function replaceFolder(fresh: string, target: string, isGood: () => boolean): void {
	try {
		// Fails where something lies there already.
		renameSync(fresh, target);
	} catch {
		// Another process was quicker, and may be using it.
		if (isGood()) return;
		rmSync(target, {recursive: true, force: true});
		renameSync(fresh, target);
	}
}

function holds(path: string, content: Uint8Array): boolean {
	try {
		return isPrivate(path) && isPrivate(dirname(path)) && readFileSync(path).equals(content);
	} catch {
		return false;
	}
}

function nameOnDisk(name: EmbeddedName): string {
	return name === 'libportaudio' ? PORTAUDIO_FILE : name;
}
