import {constants, openSync, renameSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {folder, makeFolder} from './folders.ts';

/** The log is moved aside when it is larger than this; the one before it is dropped. Bytes. */
const MAXIMUM_SIZE = 5_000_000;

/** Where the log is kept. */
export function logPath(): string {
	return join(folder('state'), 'speechdeck.log');
}

/**
 * Opens the log for appending, readable by this user only. Never throws: a program does not fail for its log.
 *
 * @returns a descriptor that the caller closes, or undefined where there is no place for a log
 */
export function openLog(): number | undefined {
	try {
		const path = logPath();
		makeFolder(folder('state'));
		if ((statSync(path, {throwIfNoEntry: false})?.size ?? 0) > MAXIMUM_SIZE) renameSync(path, `${path}.1`);
		const {O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
		return openSync(path, O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
	} catch {
		return undefined;
	}
}
