import type {AudioFormat} from '../speechmatics/config.ts';

/** Something that gives audio: a microphone, a file, a pipe. Read once, from start to end. */
export interface AudioSource {
	/** What the bytes are: raw mono samples, or a file in its container. */
	readonly format: AudioFormat;
	/** True where audio cannot be had again (a microphone, a pipe): stopping it early is its normal end. */
	readonly live: boolean;
	/** Seconds of audio where it is known beforehand. */
	readonly duration?: number;
	/** Bytes for one second of audio, where a file is to be sent at its own speed. */
	readonly bytesPerSecond?: number;
	/**
	 * The audio in pieces of at most 100 ms for raw samples, whole samples each. Ends when the source ends or after
	 * `stop`; throws an `AudioError` when the audio cannot be had.
	 */
	chunks(): AsyncIterable<Uint8Array>;
	/** Where it has several channels: what each of them gave at the same time, in equal lengths. Instead of `chunks`. */
	frames?(): AsyncIterable<ReadonlyArray<{readonly channel?: string; readonly bytes: Uint8Array}>>;
	/** Samples captured so far, where the source counts them itself. */
	capturedSamples?(): number;
	/** Asks the source to end. What it has captured until now still comes out of `chunks`. */
	stop(): Promise<void>;
}

/** The audio could not be opened, read or understood. Its message is one sentence for the user. */
export class AudioError extends Error {
	override readonly name = 'AudioError';
}
