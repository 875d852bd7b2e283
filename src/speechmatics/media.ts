import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';
import {basename} from 'node:path';
import {ConfigurationError} from './errors.ts';
import {mediaTypeOf, TYPE_BYTES, UNKNOWN_TYPE} from './media-type.ts';

/** Bytes that come by and by. Their number must be known before, since the service wants no upload of open length. */
export interface MediaStream {
	readonly stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
	readonly name: string;
	/** Bytes. */
	readonly size: number;
}

/** A recording to send: the path of a file, bytes or a blob with the name they shall have, a file, or a stream. */
export type MediaInput =
	| string
	| Blob
	| {readonly data: Uint8Array | ArrayBuffer | Blob; readonly name: string}
	| MediaStream;

export interface Media {
	/** Becomes the job's `data_name`. */
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	readonly contentType: string;
	/** Whether `chunks` can be called again. */
	readonly isRepeatable: boolean;
	/** The bytes from the start, read as they are asked for. */
	chunks(): AsyncIterable<Uint8Array>;
}

/** Large enough for few system calls, small enough that memory stays flat. */
const READ_SIZE = 256 * 1024;
/** A blob that has no name of its own. */
const NAMELESS = 'recording';

/**
 * Opens a recording without reading it into memory.
 *
 * @throws ConfigurationError when it is missing, unreadable, no file, or empty
 */
export async function openMedia(input: MediaInput): Promise<Media> {
	const media = await opened(input);
	if (media.size === 0) throw new ConfigurationError(`${media.name} is empty`);
	return media;
}

async function opened(input: MediaInput): Promise<Media> {
	if (typeof input === 'string') return openFile(input);
	if (input instanceof Blob) return openBlob(input, nameOf(input));
	if ('stream' in input) return openStream(input);
	const {data, name} = input;
	if (data instanceof Blob) return openBlob(data, name);
	const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
	const chunks = () => slices(bytes);
	return {name, size: bytes.byteLength, contentType: mediaTypeOf(bytes), isRepeatable: true, chunks};
}

async function openBlob(blob: Blob, name: string): Promise<Media> {
	const beginning = new Uint8Array(await blob.slice(0, TYPE_BYTES).arrayBuffer());
	const chunks = () => blobSlices(blob);
	return {name, size: blob.size, contentType: mediaTypeOf(beginning), isRepeatable: true, chunks};
}

function openStream({stream, name, size}: MediaStream): Media {
	if (!Number.isSafeInteger(size) || size < 0)
		throw new ConfigurationError(`The size of ${name} must be given in whole bytes`);
	const wrong = `${name} does not have the ${size} bytes that were announced`;
	const chunks = () => exactly(size, stream, () => new ConfigurationError(wrong));
	return {name, size, contentType: UNKNOWN_TYPE, isRepeatable: false, chunks};
}

async function openFile(path: string): Promise<Media> {
	const unreadable = (error: NodeJS.ErrnoException) =>
		new ConfigurationError(`${path} cannot be read: ${describe(error)}`, {cause: error});
	const handle = await open(path).catch((error) => {
		throw unreadable(error);
	});
	try {
		const info = await handle.stat();
		if (!info.isFile()) throw new ConfigurationError(`${path} is not a file`);
		if (info.size === 0) throw new ConfigurationError(`${path} is empty`);
		const beginning = new Uint8Array(TYPE_BYTES);
		await handle.read(beginning, 0, TYPE_BYTES, 0).catch((error) => {
			throw unreadable(error);
		});
		const changed = () => new ConfigurationError(`${path} changed while it was being uploaded`);
		const chunks = () => exactly(info.size, fileChunks(path, unreadable), changed);
		const contentType = mediaTypeOf(beginning);
		return {name: basename(path), size: info.size, contentType, isRepeatable: true, chunks};
	} finally {
		await handle.close();
	}
}

async function* slices(data: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < data.byteLength; start += READ_SIZE) {
		yield data.subarray(start, start + READ_SIZE);
	}
}

async function* blobSlices(blob: Blob): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < blob.size; start += READ_SIZE) {
		yield new Uint8Array(await blob.slice(start, start + READ_SIZE).arrayBuffer());
	}
}

async function* fileChunks(
	path: string,
	unreadable: (error: NodeJS.ErrnoException) => Error,
): AsyncGenerator<Uint8Array> {
	try {
		yield* createReadStream(path, {highWaterMark: READ_SIZE});
	} catch (error) {
		throw unreadable(error as NodeJS.ErrnoException);
	}
}

/** The announced length cannot be taken back, so anything that is longer or shorter has to fail. */
async function* exactly(
	size: number,
	chunks: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
	wrong: () => Error,
): AsyncGenerator<Uint8Array> {
	let read = 0;
	for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
		read += chunk.byteLength;
		if (read > size) break;
		yield chunk;
	}
	if (read !== size) throw wrong();
}

function nameOf(blob: Blob & {readonly name?: string}): string {
	return blob.name === undefined || blob.name === '' ? NAMELESS : basename(blob.name);
}

function describe(error: NodeJS.ErrnoException): string {
	if (error.code === 'ENOENT') return 'there is no such file';
	if (error.code === 'EACCES' || error.code === 'EPERM') return 'permission denied';
	return error.message;
}
