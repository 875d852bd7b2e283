import type {Dirent} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';

/** What lies below a folder, and the folders in it that could not be read. */
export interface Below {
	/** Paths, by name within each folder. */
	readonly files: string[];
	readonly unreadable: ReadonlyArray<{readonly folder: string; readonly error: NodeJS.ErrnoException}>;
}

const collator = new Intl.Collator();

/**
 * All files below a folder that a name test lets through. What is hidden is passed over, with all that is in it; links
 * to files count, links to folders are not followed, since they may lead in circles.
 *
 * @throws the file system's error where the folder itself cannot be read
 */
export async function filesBelow(
	folder: string,
	takes: (name: string) => boolean,
	signal?: AbortSignal,
): Promise<Below> {
	const files: string[] = [];
	const unreadable: Array<Below['unreadable'][number]> = [];
	const visit = async (current: string, entries: readonly Dirent[]): Promise<void> => {
		signal?.throwIfAborted();
		for (const entry of sorted(entries)) {
			const path = join(current, entry.name);
			if (isHidden(entry.name)) continue;
			if (!entry.isDirectory()) {
				if ((entry.isFile() || entry.isSymbolicLink()) && takes(entry.name)) files.push(path);
				continue;
			}
			const inside = await list(path).catch((error: NodeJS.ErrnoException) => {
				unreadable.push({folder: path, error});
				return [];
			});
			await visit(path, inside);
		}
	};
	await visit(folder, await list(folder));
	return {files, unreadable};
}

const list = (folder: string) => readdir(folder, {withFileTypes: true});

const sorted = (entries: readonly Dirent[]) => [...entries].sort((a, b) => collator.compare(a.name, b.name));

/** Whether a name is one that folders do not show. */
export const isHidden = (name: string) => name.startsWith('.');
