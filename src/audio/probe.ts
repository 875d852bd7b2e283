import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import {type FileTypeResult, fileTypeFromBuffer} from 'file-type';
import {secondsOf} from './duration.ts';
import {frugalAccess} from './random-access.ts';

/** Bytes from the start of a file that tell what it is. */
const HEAD = 64 * 1024;
/** Bytes beyond the head that finding out a length may cost: the sample tables of many hours of MP4. */
const BUDGET = 4 * 1024 * 1024;

/** Opening a pipe would otherwise wait until somebody writes into it; Windows has neither. */
const READ_NOW = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What can be known of a file by a look at it. */
export interface Probe {
	readonly isFile: boolean;
	/** Bytes. */
	readonly size: number;
	/** By its content; `undefined` where that is like nothing known. */
	readonly type: FileTypeResult | undefined;
	/** Length of the audio, where it can be known without reading all of it. */
	readonly seconds: number | undefined;
}

/**
 * Looks at a file: one opening, one read of its head, seldom more.
 *
 * @throws the file system's error when it cannot be read
 */
export async function probeFile(path: string): Promise<Probe> {
	const file = await open(path, READ_NOW);
	try {
		const info = await file.stat();
		const {size} = info;
		if (!info.isFile() || size === 0)
			return {isFile: info.isFile(), size, type: undefined, seconds: undefined};
		const length = Math.min(HEAD, size);
		const {buffer, bytesRead} = await file.read(new Uint8Array(length), 0, length, 0);
		const head = buffer.subarray(0, bytesRead);
		const type = await fileTypeFromBuffer(head);
		const seconds = await secondsOf(frugalAccess(file, size, head, BUDGET), type);
		return {isFile: true, size, type, seconds};
	} finally {
		await file.close();
	}
}
