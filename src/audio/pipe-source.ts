import type {Readable} from 'node:stream';
import {BYTES_PER_SAMPLE} from '../speechmatics/config.ts';
import {ByteReader} from './byte-reader.ts';
import {pieceBytes} from './file-source.ts';
import {inPieces, WholeUnits} from './samples.ts';
import {AudioError, type AudioSource} from './source.ts';
import {isWav, readWav, WAV_HEAD_BYTES} from './wav.ts';

/** What a pipe without a header is taken for. */
const RAW_FORMAT = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000} as const;

/**
 * Audio from a pipe: a WAV where it begins like one, else headerless 16 kHz mono s16le.
 *
 * @throws AudioError when the pipe is empty or its WAV header is broken
 */
export async function openPipeSource(pipe: Readable): Promise<AudioSource> {
	let stopped = false;
	const reader = new ByteReader(until(pipe, () => stopped));
	const head = await reader.read(WAV_HEAD_BYTES);
	if (head.length === 0) throw new AudioError('nothing came through stdin');
	const bytes = withHead(head, reader);
	const {format, samples} = isWav(head)
		? await readWav(bytes)
		: {format: RAW_FORMAT, samples: wholeSamples(bytes)};
	return {
		format,
		live: true,
		chunks: () => inPieces(samples, pieceBytes(format.sample_rate, BYTES_PER_SAMPLE[format.encoding])),
		async stop() {
			stopped = true;
			pipe.destroy();
		},
	};
}

/** Destroying a stream makes its reader throw; having been asked to end is no error. */
async function* until(pipe: Readable, stopped: () => boolean): AsyncGenerator<Uint8Array> {
	try {
		for await (const chunk of pipe) yield chunk as Uint8Array;
	} catch (error) {
		if (!stopped()) throw new AudioError(`stdin broke: ${(error as Error).message}`);
	}
}

async function* withHead(head: Uint8Array, rest: ByteReader): AsyncGenerator<Uint8Array> {
	yield head;
	yield* rest.upTo(Number.POSITIVE_INFINITY);
}

/** A pipe may be cut in the middle of a sample. */
async function* wholeSamples(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const whole = new WholeUnits(BYTES_PER_SAMPLE[RAW_FORMAT.encoding]);
	for await (const chunk of bytes) yield whole.add(chunk);
}
