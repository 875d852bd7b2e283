/** A recording on disk as a source of audio. */
import {createReadStream} from 'node:fs';
import {open as openFile, stat} from 'node:fs/promises';
import {BYTES_PER_SAMPLE} from '../speechmatics/config.ts';
import {decodeWithFfmpeg, findFfmpeg} from './ffmpeg.ts';
import {inPieces} from './samples.ts';
import {AudioError, type AudioSource} from './source.ts';
import {isWav, readWav, WAV_HEAD_BYTES} from './wav.ts';

/** Pieces a second: the 100 ms of a microphone's chunks. */
const PIECES_PER_SECOND = 10;
const DECODED_RATE = 16_000;
/** Bytes a piece where a container goes as it is. Source: what the vendor's own clients send. */
const CONTAINER_PIECE = 4096;

/**
 * Opens a recording. A WAV is parsed and sent raw; another container is decoded by ffmpeg, and goes as it is where
 * there is no ffmpeg.
 *
 * @throws AudioError in one sentence when it is missing, unreadable, empty or broken; so does `chunks`
 */
export async function openFileSource(path: string): Promise<AudioSource> {
	try {
		const source = await open(path);
		return {...source, chunks: () => naming(path, source.chunks())};
	} catch (error) {
		throw named(path, error);
	}
}

async function* naming(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* chunks;
	} catch (error) {
		throw named(path, error);
	}
}

function named(path: string, error: unknown): AudioError {
	return new AudioError(`${path}: ${(error as Error).message}`, {cause: error});
}

async function open(path: string): Promise<AudioSource> {
	const size = await readableSize(path);
	if (isWav(await headOf(path))) return openWav(path, size);
	return (await findFfmpeg()) === undefined ? openContainer(path, size) : openDecoded(path);
}

async function openWav(path: string, size: number): Promise<AudioSource> {
	const file = createReadStream(path);
	const wav = await readWav(file, {fileBytes: size});
	const {encoding, sample_rate} = wav.format;
	return {
		format: wav.format,
		live: false,
		...(wav.duration !== undefined && {duration: wav.duration}),
		...stoppable(inPieces(wav.samples, pieceBytes(sample_rate, BYTES_PER_SAMPLE[encoding])), () =>
			file.destroy(),
		),
	};
}

function openDecoded(path: string): AudioSource {
	const decoded = decodeWithFfmpeg(path, {sampleRate: DECODED_RATE});
	return {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: DECODED_RATE},
		live: false,
		...stoppable(inPieces(decoded.samples, pieceBytes(DECODED_RATE, 2)), () => decoded.stop()),
	};
}

async function openContainer(path: string, size: number): Promise<AudioSource> {
	const {parseFile} = await import('music-metadata');
	const duration = await parseFile(path, {duration: true}).then(
		({format}) => format.duration,
		() => undefined,
	);
	const file = createReadStream(path);
	return {
		format: {type: 'file'},
		live: false,
		...(duration !== undefined && duration > 0 && {duration, bytesPerSecond: size / duration}),
		...stoppable(inPieces(file, CONTAINER_PIECE), () => file.destroy()),
	};
}

/** A file that is stopped gives nothing more: what was not sent yet was not asked for. @param release called then */
export function stoppable(
	pieces: AsyncIterable<Uint8Array>,
	release = () => {},
): Pick<AudioSource, 'chunks' | 'stop'> {
	let stopped = false;
	return {
		async *chunks() {
			for await (const piece of pieces) {
				if (stopped) return;
				yield piece;
			}
		},
		async stop() {
			stopped = true;
			release();
		},
	};
}

/** Bytes of one piece of raw samples. */
export function pieceBytes(sampleRate: number, bytesPerSample: number): number {
	return Math.max(1, Math.floor(sampleRate / PIECES_PER_SECOND)) * bytesPerSample;
}

async function readableSize(path: string): Promise<number> {
	const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
		throw new AudioError(explain(error));
	});
	if (!info.isFile()) throw new AudioError('this is not a file');
	if (info.size === 0) throw new AudioError('the file is empty');
	return info.size;
}

async function headOf(path: string): Promise<Uint8Array> {
	const file = await openFile(path).catch((error: NodeJS.ErrnoException) => {
		throw new AudioError(explain(error));
	});
	try {
		const {buffer, bytesRead} = await file.read(new Uint8Array(WAV_HEAD_BYTES), 0, WAV_HEAD_BYTES, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

function explain(error: NodeJS.ErrnoException): string {
	if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'there is no such file';
	if (error.code === 'EACCES' || error.code === 'EPERM') return 'it cannot be read: permission denied';
	return `it cannot be read: ${error.message}`;
}
