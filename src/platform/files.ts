import {randomUUID} from 'node:crypto';
import {constants} from 'node:fs';
import {
	copyFile,
	type FileHandle,
	link,
	lstat,
	mkdir,
	open,
	readdir,
	realpath,
	rename,
	rm,
} from 'node:fs/promises';
import {basename, dirname, extname, join} from 'node:path';
import {fileName} from './file-name.ts';

/** A file to write: its whole content, and the end of its name. */
export interface NewFile {
	/** Such as `.txt`. */
	readonly ending: string;
	readonly content: string;
}

/** What reaches the disk, so that a test can have one that is full. */
export interface Disk {
	write(file: FileHandle, content: string | Uint8Array): Promise<void>;
}

const realDisk: Disk = {write: (file, content) => file.writeFile(content)};

const PART = {prefix: '.speechdeck-', suffix: '.part'};
/** Milliseconds; no file is written for so long. */
const LEFT_BEHIND = 60 * 60 * 1000;

/**
 * Writes files that belong together under a common stem, whole or not at all, and never over a file that is
 * there: if one of the names is taken, all of them get the same number (`talk-2.txt`, `talk-2.srt`). What it returns
 * is on the disk, even if the power fails.
 *
 * @param folder made when missing
 * @param stem the name without the ending; what a name cannot have is replaced, and a long one is cut
 * @returns the paths in the order of `files`
 * @throws the file system's error, or a sentence where the disk is full, after removing what it had begun
 */
export function writeNewFiles(
	folder: string,
	stem: string,
	files: readonly NewFile[],
	disk: Disk = realDisk,
): Promise<string[]> {
	const namesFor = (number: number) =>
		files.map(({ending}) => fileName(stem, (number === 1 ? '' : `-${number}`) + ending));
	const contents = files.map(({content}) => content);
	return writeNewSet(folder, namesFor, contents, disk);
}

/**
 * As `writeNewFiles`, for files with names of any form.
 *
 * @param namesFor the names, which may have folders below `folder`, for the first, second, … attempt to find free ones;
 * safe names, as of `fileName`
 * @param contents in the order of the names
 * @returns the paths in the same order
 */
export async function writeNewSet(
	folder: string,
	namesFor: (number: number) => readonly string[],
	contents: readonly string[],
	disk: Disk = realDisk,
): Promise<string[]> {
	return explainingFullDisk(folder, async () => {
		for (let number = 1; ; number++) {
			const paths = distinct(namesFor, number).map((name) => join(folder, name));
			const folders = new Set(paths.map((path) => dirname(path)));
			for (const each of folders) await mkdir(each, {recursive: true});
			if (await anyExists(paths)) continue;
			const written: string[] = [];
			try {
				for (const [index, path] of paths.entries()) {
					await writeNewFile(path, contents[index]!, disk);
					written.push(path);
				}
				for (const each of folders) await syncFolder(each);
				return paths;
			} catch (error) {
				await Promise.all(written.map((path) => rm(path, {force: true})));
				// Somebody took the name in between.
				if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			}
		}
	});
}

/** Names that can be had: one that does not change with the number would be tried for ever. */
function distinct(namesFor: (number: number) => readonly string[], number: number): readonly string[] {
	const names = namesFor(number);
	if (new Set(names).size < names.length) throw new Error('two outputs would have one name');
	if (number === 1 || names.every((name, index) => name !== namesFor(1)[index])) return names;
	return names.map((name) =>
		join(dirname(name), fileName(basename(name, extname(name)), `-${number}${extname(name)}`)),
	);
}

/**
 * Puts a file in the place of another, or where there was none: a reader, or a crash, meets the old content or the new
 * one, whole. The permissions of the old file stay, and a link still leads to what it led to.
 *
 * @param options.mode permissions of a file that is new; the system's own when left out
 * @param options.disk for tests
 * @throws the file system's error, or a sentence where the disk is full; the old file is then as it was
 */
export async function replaceFile(
	path: string,
	content: string | Uint8Array,
	{mode = 0o666, disk = realDisk}: {readonly mode?: number; readonly disk?: Disk} = {},
): Promise<void> {
	const target = await realpath(path).catch(() => path);
	const folder = dirname(target);
	await explainingFullDisk(folder, async () => {
		await mkdir(folder, {recursive: true});
		const before = await lstat(target).catch(() => undefined);
		const beside = await writeBeside(
			folder,
			content,
			before === undefined ? {mode} : {exactMode: before.mode},
			disk,
		);
		try {
			await rename(beside, target);
		} catch (error) {
			await rm(beside, {force: true});
			throw error;
		}
		await syncFolder(folder);
	});
}

/** Removes the half files of programs that were killed while they wrote into a folder. */
export async function sweepHalfFiles(folder: string, now = Date.now()): Promise<void> {
	const names = await readdir(folder).catch(() => []);
	for (const name of names.filter((name) => name.startsWith(PART.prefix) && name.endsWith(PART.suffix))) {
		const path = join(folder, name);
		const info = await lstat(path).catch(() => undefined);
		if (info !== undefined && now - info.mtimeMs > LEFT_BEHIND) await rm(path, {force: true});
	}
}

/** Writes beside, then links into place: a reader, or a crash, never meets half a file. */
async function writeNewFile(path: string, content: string, disk: Disk): Promise<void> {
	const beside = await writeBeside(dirname(path), content, {mode: 0o666}, disk);
	try {
		await link(beside, path).catch((error: NodeJS.ErrnoException) => {
			if (error.code === 'EEXIST') throw error;
			// File systems without hard links (FAT, some network shares).
			return copyNew(beside, path);
		});
	} finally {
		await rm(beside, {force: true});
	}
}

async function copyNew(from: string, to: string): Promise<void> {
	try {
		await copyFile(from, to, constants.COPYFILE_EXCL);
	} catch (error) {
		// Only where the copy was begun is there anything of ours to remove.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(to, {force: true});
		throw error;
	}
	const copy = await open(to, 'r+');
	await copy.sync().finally(() => copy.close());
}

/** @returns the path of a new file in the folder whose content is on the disk; it is gone where that failed */
async function writeBeside(
	folder: string,
	content: string | Uint8Array,
	{mode, exactMode}: {readonly mode?: number; readonly exactMode?: number},
	disk: Disk,
): Promise<string> {
	const beside = join(folder, PART.prefix + randomUUID() + PART.suffix);
	try {
		// Until it has the mode it shall have, nobody else reads it.
		const file = await open(beside, 'wx', exactMode === undefined ? mode : 0o600);
		try {
			await disk.write(file, content);
			if (exactMode !== undefined) await file.chmod(exactMode & 0o7777);
			await file.sync();
		} finally {
			await file.close();
		}
		return beside;
	} catch (error) {
		await rm(beside, {force: true});
		throw error;
	}
}

/** Makes the names in a folder outlast a loss of power. Windows and some network drives have no such thing. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r').catch(() => undefined);
	await handle?.sync().catch(() => {});
	await handle?.close();
}

async function explainingFullDisk<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
		const message = `no space is left on the disk of ${folder}`;
		throw Object.assign(new Error(message, {cause: error}), {code});
	}
}

async function anyExists(paths: readonly string[]): Promise<boolean> {
	const found = await Promise.all(
		paths.map((path) =>
			lstat(path).then(
				() => true,
				(error: NodeJS.ErrnoException) => {
					if (error.code === 'ENOENT') return false;
					throw error;
				},
			),
		),
	);
	return found.includes(true);
}
