import type {Dirent} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {hasAudioEnding} from '../../batch/media-kinds.ts';
import {filesBelow, isHidden} from '../../batch/walk.ts';
import type {Amount, Entry} from './picker-state.ts';

/** Files looked at between two looks at the signal. */
const COUNTED_AT_ONCE = 64;

/**
 * A folder's entries without the hidden ones: folders first, then files, each by name. Links are what they lead to.
 *
 * @throws Error in one sentence, without its full stop
 */
export async function readFolder(folder: string): Promise<Entry[]> {
	const found = await readdir(folder, {withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
		throw new Error(`This folder cannot be read: ${REASONS[error.code ?? ''] ?? error.message}`);
	});
	const entries = await Promise.all(
		found.filter(({name}) => !isHidden(name)).map((entry) => inspect(folder, entry)),
	);
	return entries
		.filter((entry) => entry !== undefined)
		.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || byName.compare(a.name, b.name));
}

/** How much audio lies below a folder: nothing where it cannot be read, or nobody wants to know any more. */
export async function countAudio(folder: string, signal: AbortSignal): Promise<Amount> {
	const paths = await filesBelow(folder, hasAudioEnding).then(
		({files}) => files,
		() => [],
	);
	let bytes = 0;
	for (let index = 0; index < paths.length && !signal.aborted; index += COUNTED_AT_ONCE) {
		const sizes = paths
			.slice(index, index + COUNTED_AT_ONCE)
			.map((path) => stat(path).catch(() => undefined));
		for (const info of await Promise.all(sizes)) bytes += info?.size ?? 0;
	}
	return {files: paths.length, bytes};
}

async function inspect(folder: string, {name}: Dirent): Promise<Entry | undefined> {
	const info = await stat(join(folder, name)).catch(() => undefined);
	// Sockets, devices, and links that lead nowhere.
	if (info === undefined || !(info.isFile() || info.isDirectory())) return undefined;
	return {name, isFolder: info.isDirectory(), isAudio: hasAudioEnding(name), size: info.size};
}

/** `talk 2` before `talk 10`. */
const byName = new Intl.Collator(undefined, {numeric: true, sensitivity: 'base'});

const REASONS: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ENOENT: 'it does not exist',
	ENOTDIR: 'it is no folder',
};
