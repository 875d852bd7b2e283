/** Audio of a realtime session, from the bytes of its frames to numbers. */
import {once} from 'node:events';
import {createWriteStream, type WriteStream} from 'node:fs';
import {rm} from 'node:fs/promises';
import {PassThrough} from 'node:stream';
import {finished} from 'node:stream/promises';
import {concat, toFloat, WholeUnits} from '../audio/samples.ts';
import {AudioError} from '../audio/source.ts';
import {isWav, readWav, WAV_HEAD_BYTES} from '../audio/wav.ts';
import {type AudioFormat, BYTES_PER_SAMPLE, type RawEncoding} from '../speechmatics/config.ts';
import {placeholderSentences} from './recogniser/placeholder.ts';
import type {Spoken} from './recogniser/spoken.ts';
import {durationOf, type Sound, soundOf} from './stored-audio.ts';

/** Called with sound as it becomes known. */
export type SoundListener = (samples: Float32Array, sampleRate: number) => void;

export interface AudioIntake {
	write(bytes: Uint8Array): Promise<void>;
	/**
	 * No more bytes will come. Resolves when all sound was given out.
	 *
	 * @returns words for audio of which nothing but its length could be found out
	 * @throws AudioError when the bytes were no audio
	 */
	end(): Promise<readonly Spoken[]>;
	/** Nobody waits for the sound any more. */
	discard(): Promise<void>;
}

/** @param spoolPath where a file that cannot be read as it comes is kept until its end */
export function openIntake(format: AudioFormat, listener: SoundListener, spoolPath: string): AudioIntake {
	return format.type === 'raw'
		? new RawIntake(format.encoding, format.sample_rate, listener)
		: new FileIntake(listener, spoolPath);
}

class RawIntake implements AudioIntake {
	readonly #encoding: RawEncoding;
	readonly #sampleRate: number;
	readonly #listener: SoundListener;
	readonly #whole: WholeUnits;

	constructor(encoding: RawEncoding, sampleRate: number, listener: SoundListener) {
		this.#encoding = encoding;
		this.#sampleRate = sampleRate;
		this.#listener = listener;
		this.#whole = new WholeUnits(BYTES_PER_SAMPLE[encoding]);
	}

	async write(bytes: Uint8Array): Promise<void> {
		this.#listener(toFloat(this.#whole.add(bytes), this.#encoding), this.#sampleRate);
	}

	async end(): Promise<readonly Spoken[]> {
		return [];
	}

	async discard(): Promise<void> {}
}

/** A file in pieces: a WAV is listened to as it comes, anything else once it is whole. */
class FileIntake implements AudioIntake {
	readonly #listener: SoundListener;
	readonly #spoolPath: string;
	#head: Uint8Array = new Uint8Array(0);
	#wav: {bytes: PassThrough; read: Promise<void>} | undefined;
	#spool: WriteStream | undefined;

	constructor(listener: SoundListener, spoolPath: string) {
		this.#listener = listener;
		this.#spoolPath = spoolPath;
	}

	async write(bytes: Uint8Array): Promise<void> {
		const target = this.#wav?.bytes ?? this.#spool;
		if (target !== undefined) {
			// What follows the audio, or an unreadable header, is not wanted.
			if (target.destroyed || target.write(bytes)) return;
			await Promise.race([once(target, 'drain'), this.#wav?.read.catch(() => {}) ?? NEVER]);
			return;
		}
		this.#head = concat(this.#head, bytes);
		if (this.#head.length < WAV_HEAD_BYTES) return;
		if (isWav(this.#head)) this.#openWav();
		else this.#openSpool();
		await this.write(this.#head);
	}

	async end(): Promise<readonly Spoken[]> {
		if (this.#wav !== undefined) {
			this.#wav.bytes.end();
			await this.#wav.read;
			return [];
		}
		if (this.#spool === undefined) throw new AudioError('this is too short to be audio');
		this.#spool.end();
		await finished(this.#spool);
		return this.#listenToSpool().finally(() => rm(this.#spoolPath, {force: true}));
	}

	async discard(): Promise<void> {
		this.#wav?.bytes.destroy();
		await this.#wav?.read.catch(() => {});
		this.#spool?.destroy();
		await rm(this.#spoolPath, {force: true});
	}

	#openSpool(): void {
		this.#spool = createWriteStream(this.#spoolPath, {mode: 0o600});
		// A disk that is full is told by the next write that waits, or at the end.
		this.#spool.on('error', () => {});
	}

	#openWav(): void {
		const bytes = new PassThrough();
		// A write may meet a reader that has just stopped; whether that was an error, `read` tells.
		bytes.on('error', () => {});
		const read = readWav(bytes).then((sound) => this.#listen(sound));
		// It is told at the end, as the service does.
		read.catch(() => {});
		this.#wav = {bytes, read};
	}

	async #listenToSpool(): Promise<readonly Spoken[]> {
		const duration = await durationOf(this.#spoolPath);
		const sound = await soundOf(this.#spoolPath);
		if (sound === undefined) return placeholderSentences(duration);
		await this.#listen(sound);
		return [];
	}

	async #listen({format, samples}: Sound): Promise<void> {
		for await (const bytes of samples) this.#listener(toFloat(bytes, format.encoding), format.sample_rate);
	}
}

const NEVER = new Promise<never>(() => {});
