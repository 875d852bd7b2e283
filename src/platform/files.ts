import {randomUUID} from 'node:crypto';
import {constants} from 'node:fs';
import {copyFile, link, lstat, mkdir, open, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';

/** A file to write: its whole content, and the end of its name. */
export interface NewFile {
	/** Such as `.txt`. */
	readonly ending: string;
	readonly content: string;
}

/**
 * Writes files that belong together under a common stem, whole or not at all, and never over a file that is
 * there: if one of the names is taken, all of them get the same number (`talk-2.txt`, `talk-2.srt`).
 *
 * @param folder made when missing
 * @param stem the name without the ending; control characters in it are replaced
 * @returns the paths in the order of `files`
 * @throws the file system's error, after removing what it had begun
 */
export async function writeNewFiles(
	folder: string,
	stem: string,
	files: readonly NewFile[],
): Promise<string[]> {
	await mkdir(folder, {recursive: true});
	const safeStem = fileName(stem);
	for (let number = 1; ; number++) {
		const numbered = number === 1 ? safeStem : `${safeStem}-${number}`;
		const paths = files.map(({ending}) => join(folder, numbered + ending));
		if (await anyExists(paths)) continue;
		const written: string[] = [];
		try {
			for (const [index, path] of paths.entries()) {
				await writeNewFile(path, files[index]!.content);
				written.push(path);
			}
			return paths;
		} catch (error) {
			await Promise.all(written.map((path) => rm(path, {force: true})));
			// Somebody took the name in between.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
}

/** Writes beside, then links into place: a reader, or a crash, never meets half a file. */
async function writeNewFile(path: string, content: string): Promise<void> {
	const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
	try {
		const file = await open(beside, 'w', 0o666);
		try {
			await file.writeFile(content);
			await file.sync();
		} finally {
			await file.close();
		}
		await link(beside, path).catch((error: NodeJS.ErrnoException) => {
			if (error.code === 'EEXIST') throw error;
			// File systems without hard links (FAT, some network shares).
			return copyFile(beside, path, constants.COPYFILE_EXCL);
		});
	} finally {
		await rm(beside, {force: true});
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

/** A name that can be shown in a terminal and used on every system. */
function fileName(name: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
	return name.replace(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069<>:"/\\|?*]/g, '_');
}
