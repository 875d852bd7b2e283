import {open} from 'node:fs/promises';
import {type FileTypeResult, fileTypeFromBuffer} from 'file-type';

/** Bytes from the start of a file that tell what it is. */
const HEAD = 64 * 1024;

/**
 * What a file is, by its content.
 *
 * file-type's own way to read a file loads a package at run time, which a compiled executable does not have.
 *
 * @returns `undefined` where the content is like nothing known
 * @throws the file system's error when it cannot be read
 */
export async function containerOf(path: string): Promise<FileTypeResult | undefined> {
	const file = await open(path);
	try {
		const {buffer, bytesRead} = await file.read(new Uint8Array(HEAD), 0, HEAD, 0);
		return await fileTypeFromBuffer(buffer.subarray(0, bytesRead));
	} finally {
		await file.close();
	}
}
