/** The recording of a session, which must not end the session: a disk that is full leaves silence. */
import {openRecording, type Recording} from '../audio/wav-writer.ts';
import type {AudioFormat, RawEncoding} from '../speechmatics/config.ts';
import type {Recorder} from './producer.ts';

/** Bytes of silence written at once. */
const FILL = 64 * 1024;
/** What silence is made of. Source: ITU-T G.711 for μ-law. */
const SILENCE: Readonly<Record<RawEncoding, number>> = {pcm_s16le: 0, pcm_f32le: 0, mulaw: 0xff};

export class SessionRecorder implements Recorder {
	readonly #folder: string;
	readonly #onTrouble: (reason: string) => void;
	readonly #open: typeof openRecording;
	#recording: Recording | undefined;
	#silence = 0;
	/** Bytes that did not reach the disk: moments of the recording are those of the words, so they are filled up. */
	#missing = 0;
	#isInTrouble = false;

	/**
	 * @param onTrouble called once, when audio does not reach the disk
	 * @param open for tests, which have disks that are full
	 */
	constructor(folder: string, onTrouble: (reason: string) => void, open = openRecording) {
		this.#folder = folder;
		this.#onTrouble = onTrouble;
		this.#open = open;
	}

	/**
	 * Begins to record. What is not raw samples cannot be recorded.
	 *
	 * @returns the first file; `undefined` where nothing is recorded
	 */
	start(format: AudioFormat): string | undefined {
		if (format.type !== 'raw') return undefined;
		try {
			this.#recording = this.#open(this.#folder, {
				encoding: format.encoding,
				sampleRate: format.sample_rate,
				onError: (error) => this.#tell(error),
			});
		} catch (error) {
			this.#tell(error as Error);
			return undefined;
		}
		this.#silence = SILENCE[format.encoding];
		return this.#recording.path;
	}

	/** Does nothing before `start`. Does not throw. */
	append(bytes: Uint8Array): void {
		if (this.#recording === undefined) return;
		try {
			while (this.#missing > 0) {
				const length = Math.min(this.#missing, FILL);
				this.#recording.append(new Uint8Array(length).fill(this.#silence));
				this.#missing -= length;
			}
			this.#recording.append(bytes);
		} catch (error) {
			this.#missing += bytes.length;
			this.#tell(error as Error);
		}
	}

	close(): void {
		try {
			this.#recording?.close();
		} catch (error) {
			this.#tell(error as Error);
		}
		this.#recording = undefined;
	}

	#tell(error: Error): void {
		if (!this.#isInTrouble) this.#onTrouble(error.message);
		this.#isInTrouble = true;
	}
}
