import {open, readdir, stat} from 'node:fs/promises';
import {basename, extname, join} from 'node:path';
import {containerOf} from '../audio/container.ts';

/** A recording that can be sent. */
export interface Recording {
	/** As the user gave it, or under the folder the user gave. */
	readonly path: string;
	readonly name: string;
	/** Bytes. */
	readonly size: number;
}

/** Something the user named that cannot be sent, and why, in one sentence with the remedy. */
export interface Unusable {
	readonly path: string;
	readonly reason: string;
}

/** What the service reads. Source: docs, "Input"; it decides by content, and so do we. */
const ACCEPTED = new Set(
	[
		'wav',
		'mp3',
		'aac',
		'ogg',
		'oga',
		'ogv',
		'ogm',
		'ogx',
		'opus',
		'spx',
		'mpg',
		'mpeg',
		'mp1',
		'mp2',
		'amr',
	].concat(['m4a', 'm4b', 'm4v', 'mp4', 'flac']),
);
/** Bytes; a request body must be smaller than 1 GB. Source: docs, "Limits". */
const MAX_SIZE = 1_000_000_000 - 64 * 1024;

const INSPECTED_AT_ONCE = 32;

/**
 * Finds the recordings in what the user named: files as they are, folders with all that lies below them.
 * A recording named twice is taken once. Order: as named, inside a folder by name.
 */
export async function findRecordings(
	paths: readonly string[],
): Promise<{recordings: Recording[]; unusable: Unusable[]}> {
	const recordings = new Map<string, Recording>();
	const unusable: Unusable[] = [];
	for (const path of paths) {
		for (const found of await expand(path)) {
			if ('reason' in found) unusable.push(found);
			else recordings.set(found.path, found);
		}
	}
	return {recordings: [...recordings.values()], unusable};
}

async function expand(path: string): Promise<Array<Recording | Unusable>> {
	const info = await stat(path).catch(explain);
	if (typeof info === 'string') return [{path, reason: info}];
	if (!info.isDirectory()) return [await inspect(path)];

	const files = await audioBelow(path).catch(explain);
	if (typeof files === 'string') return [{path, reason: files}];
	if (files.length === 0) {
		const reason = 'there is no audio in this folder (wav, mp3, aac, ogg, mpeg, amr, m4a, mp4 or flac)';
		return [{path, reason}];
	}
	const inspected: Array<Recording | Unusable> = [];
	// Not all at once: a folder of thousands would run out of file descriptors.
	for (let index = 0; index < files.length; index += INSPECTED_AT_ONCE) {
		inspected.push(...(await Promise.all(files.slice(index, index + INSPECTED_AT_ONCE).map(inspect))));
	}
	return inspected;
}

/**
 * All that lies below a folder and has the name of an audio file, by name.
 *
 * @throws the file system's error
 */
export async function audioBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	return entries
		.filter((entry) => entry.isFile() && !isHidden(entry.name) && hasAudioEnding(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort((a, b) => a.localeCompare(b));
}

async function inspect(path: string): Promise<Recording | Unusable> {
	const info = await stat(path).catch(explain);
	if (typeof info === 'string') return {path, reason: info};
	if (!info.isFile()) return {path, reason: 'this is neither a file nor a folder'};
	const problem = (await readingProblem(path)) ?? sizeProblem(info.size) ?? (await contentProblem(path));
	if (problem !== undefined) return {path, reason: problem};
	return {path, name: basename(path), size: info.size};
}

async function readingProblem(path: string): Promise<string | undefined> {
	const file = await open(path).catch(explain);
	if (typeof file === 'string') return file;
	await file.close();
	return undefined;
}

function sizeProblem(size: number): string | undefined {
	if (size === 0) return 'the file is empty';
	if (size < MAX_SIZE) return undefined;
	return 'the file is larger than 1 GB, which the service does not take: make it smaller with "ffmpeg -i IN -ac 1 -ar 16000 OUT.flac"';
}

async function contentProblem(path: string): Promise<string | undefined> {
	const type = await containerOf(path);
	// What the sniffer does not know (an MP3 without headers, say) may still be audio to the service.
	if (ACCEPTED.has(type?.ext ?? ending(path))) return undefined;
	const what = type === undefined ? 'this is no audio file' : `${type.ext} files are not read by the service`;
	return `${what}: it takes wav, mp3, aac, ogg, mpeg, amr, m4a, mp4 and flac; "ffmpeg -i IN OUT.flac" converts`;
}

/** Whether a name ends as those of the files the service reads. */
export const hasAudioEnding = (path: string) => ACCEPTED.has(ending(path));

const ending = (path: string) => extname(path).slice(1).toLowerCase();
const isHidden = (name: string) => name.startsWith('.');

function explain(error: NodeJS.ErrnoException): string {
	if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'there is no such file or folder';
	if (error.code === 'EACCES' || error.code === 'EPERM') return 'it cannot be read: permission denied';
	return `it cannot be read: ${error.message}`;
}
