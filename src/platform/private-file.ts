/** Files that only this user may read. */
import {randomUUID} from 'node:crypto';
import {
	chmodSync,
	closeSync,
	fsyncSync,
	lstatSync,
	openSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {makeFolder} from './folders.ts';

/**
 * Writes a file whole or not at all, in place of one that is there. Its mode is 0600. Where the path is a link, the file
 * it leads to is replaced and the link stays.
 *
 * @throws the system's error
 */
export function replacePrivateFile(path: string, content: string): void {
	makeFolder(dirname(path));
	const place = lstatSync(path, {throwIfNoEntry: false}) === undefined ? path : realpathSync(path);
	const beside = join(dirname(place), `.${basename(place)}.${randomUUID()}.part`);
	try {
		const file = openSync(beside, 'wx', 0o600);
		try {
			writeFileSync(file, content);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		// An unusual umask may have taken even the owner's rights.
		chmodSync(beside, 0o600);
		renameSync(beside, place);
	} finally {
		rmSync(beside, {force: true});
	}
}

/** @returns the text without the mark that Windows puts before it, or undefined where there is no such file */
export function readFileIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** True where another user could read or change the file, or has made it. */
export function isOpenToOthers(path: string): boolean {
	// Windows keeps a user's folders apart by access lists, which these numbers do not show.
	if (process.platform === 'win32') return false;
	const found = lstatSync(path);
	return found.isSymbolicLink() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0;
}
