import {createHash} from 'node:crypto';
import {open} from 'node:fs/promises';

/** Bytes read at once while hashing. */
const HASH_CHUNK = 1024 * 1024;

/** The SHA-256 of a text, in hexadecimal digits. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * The SHA-256 of a file, read in pieces.
 *
 * @returns hexadecimal digits
 * @throws the file system's error, or the signal's reason
 */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
	const hash = createHash('sha256');
	const file = await open(path);
	try {
		const {size} = await file.stat();
		// One buffer for all of it: thousands of small files, or one large one, leave nothing to collect.
		const buffer = Buffer.allocUnsafe(Math.min(size || HASH_CHUNK, HASH_CHUNK));
		for (;;) {
			signal?.throwIfAborted();
			const {bytesRead} = await file.read(buffer, 0, buffer.length, null);
			if (bytesRead === 0) break;
			hash.update(buffer.subarray(0, bytesRead));
		}
	} finally {
		await file.close();
	}
	return hash.digest('hex');
}
