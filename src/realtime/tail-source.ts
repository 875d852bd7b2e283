/** What a session has recorded, from a moment on, as a source of audio. */
import {stat} from 'node:fs/promises';
import {openFileSource, stoppable} from '../audio/file-source.ts';
import {inspectRecording, readRecording} from '../audio/recording-parts.ts';
import {inPieces} from '../audio/samples.ts';
import type {AudioSource} from '../audio/source.ts';
import {BYTES_PER_SAMPLE} from '../speechmatics/config.ts';

/** Pieces a second: the 100 ms of a microphone's chunks. */
const PIECES_PER_SECOND = 10;

/**
 * The recording in a session's folder, from a sample on.
 *
 * @param seconds from its start
 * @returns `undefined` where there is no recording
 * @throws the file system's error
 */
export async function recordingFrom(folder: string, seconds: number): Promise<AudioSource | undefined> {
	const [first] = await inspectRecording(folder);
	if (first === undefined) return undefined;
	const {encoding, sampleRate} = first;
	const bytes = Math.floor(sampleRate / PIECES_PER_SECOND) * BYTES_PER_SAMPLE[encoding];
	const samples = readRecording(folder, Math.round(seconds * sampleRate));
	return {
		format: {type: 'raw', encoding, sample_rate: sampleRate},
		live: false,
		...stoppable(inPieces(samples, bytes)),
	};
}

/**
 * A recording that was being streamed, from a moment on.
 *
 * @returns `undefined` where it is gone, or in a form that cannot be cut
 */
export async function fileFrom(path: string, seconds: number): Promise<AudioSource | undefined> {
	if ((await stat(path).catch(() => undefined)) === undefined) return undefined;
	const source = await openFileSource(path);
	const {format} = source;
	if (format.type !== 'raw') {
		await source.stop();
		return undefined;
	}
	const skip = Math.round(seconds * format.sample_rate) * BYTES_PER_SAMPLE[format.encoding];
	return {...source, chunks: () => without(source.chunks(), skip)};
}

/** @param bytes how many are left out at the start */
async function* without(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
	let left = bytes;
	for await (const chunk of chunks) {
		const rest = chunk.subarray(Math.min(left, chunk.length));
		left -= chunk.length - rest.length;
		if (rest.length > 0) yield rest;
	}
}
