import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {ConfigurationError} from './errors.ts';

/** A recording to send: the path of a file, or bytes with the name they shall have. */
export type MediaInput = string | {readonly data: Uint8Array; readonly name: string};

export interface Media {
	/** Becomes the job's `data_name`. */
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** The bytes from the start, read as they are asked for. */
	chunks(): AsyncIterable<Uint8Array>;
}

/** Large enough for few system calls, small enough that memory stays flat. */
const READ_SIZE = 256 * 1024;

/**
 * Opens a recording without reading it into memory.
 *
 * @throws ConfigurationError when it is missing, unreadable, no file, or empty
 */
export async function openMedia(input: MediaInput): Promise<Media> {
	if (typeof input !== 'string') {
		const {data, name} = input;
		if (data.byteLength === 0) throw new ConfigurationError(`${name} is empty`);
		return {name, size: data.byteLength, chunks: () => slices(data)};
	}
	const path = input;
	const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
		throw new ConfigurationError(`${path} cannot be read: ${describe(error)}`, {cause: error});
	});
	if (!info.isFile()) throw new ConfigurationError(`${path} is not a file`);
	if (info.size === 0) throw new ConfigurationError(`${path} is empty`);
	return {name: basename(path), size: info.size, chunks: () => fileChunks(path, info.size)};
}

async function* slices(data: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < data.byteLength; start += READ_SIZE) {
		yield data.subarray(start, start + READ_SIZE);
	}
}

/** The announced length cannot be taken back, so a file that changes meanwhile has to fail. */
async function* fileChunks(path: string, size: number): AsyncGenerator<Uint8Array> {
	let read = 0;
	try {
		for await (const chunk of createReadStream(path, {highWaterMark: READ_SIZE})) {
			read += chunk.byteLength;
			if (read > size) break;
			yield chunk;
		}
	} catch (error) {
		throw new ConfigurationError(`${path} cannot be read: ${describe(error as NodeJS.ErrnoException)}`, {
			cause: error,
		});
	}
	if (read !== size) throw new ConfigurationError(`${path} changed while it was being uploaded`);
}

function describe(error: NodeJS.ErrnoException): string {
	if (error.code === 'ENOENT') return 'there is no such file';
	if (error.code === 'EACCES' || error.code === 'EPERM') return 'permission denied';
	return error.message;
}
