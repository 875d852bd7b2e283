/** A recording that grows: WAV files that are whole at every moment, whatever happens to the program. */
import {closeSync, fdatasync, fdatasyncSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';
// Deno's own timers are numbers, which cannot be unreferenced.
import {clearTimeout, setTimeout} from 'node:timers';
import {BYTES_PER_SAMPLE} from '../speechmatics/config.ts';
import {recordingParts} from './recording-parts.ts';
import {WAV_HEADER_BYTES, type WavLayout, wavHeader} from './wav-header.ts';

/** Where the next part begins, so that each can be sent as a batch job (1 GB at most). Bytes of a file. */
const MAXIMUM_PART = 960_000_000;

/** From a sample to the header that counts it, and to the disk. Milliseconds. */
const FLUSH_INTERVAL = 1_000;

export interface RecordingOptions extends Partial<WavLayout> {
	/** The first part is `<stem>.wav`; `recording` when left out. */
	readonly stem?: string;
	/** Bytes of the largest file. */
	readonly maximumPart?: number;
	/** A file could not be brought to the disk in the background. */
	readonly onError?: (error: Error) => void;
}

/** A recording being written. */
export interface Recording {
	/** The part that is being written. */
	readonly path: string;
	/** Samples appended, to all parts of this recording. */
	readonly samples: number;
	/**
	 * Appends samples. They are in the file when this returns.
	 *
	 * @param bytes whole samples, far fewer than a part holds; they are never split between two parts
	 * @throws the file system's error; the recording is then as it was before, and can be tried again
	 */
	append(bytes: Uint8Array): void;
	/** Brings everything to the disk. Nothing can be appended afterwards. */
	close(): void;
}

/**
 * Begins a recording in a folder that is there; where it has parts already (a session taken up again), the next part.
 * Files are readable by this user only. Samples are counted by the header a second later at most.
 *
 * @throws the file system's error
 */
export function openRecording(folder: string, options: RecordingOptions = {}): Recording {
	return new Writer(folder, options);
}

class Writer implements Recording {
	readonly #folder: string;
	readonly #stem: string;
	readonly #layout: WavLayout;
	readonly #maximumData: number;
	readonly #onError: (error: Error) => void;
	#part: number;
	#path = '';
	#file = -1;
	/** Bytes of samples in this part, and those the header knows of. */
	#written = 0;
	#counted = 0;
	#samplesBefore = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#closed = false;

	constructor(folder: string, options: RecordingOptions) {
		const {
			stem = 'recording',
			encoding = 'pcm_s16le',
			sampleRate = 16_000,
			maximumPart = MAXIMUM_PART,
		} = options;
		this.#folder = folder;
		this.#stem = stem;
		this.#layout = {encoding, sampleRate};
		this.#maximumData = maximumPart - WAV_HEADER_BYTES;
		this.#onError = options.onError ?? (() => {});
		this.#part = recordingParts(folder, stem).at(-1)?.number ?? 0;
		this.#beginPart();
	}

	get path(): string {
		return this.#path;
	}

	get samples(): number {
		return this.#samplesBefore + this.#written / BYTES_PER_SAMPLE[this.#layout.encoding];
	}

	append(bytes: Uint8Array): void {
		if (this.#closed) throw new Error('the recording is closed');
		if (bytes.length % BYTES_PER_SAMPLE[this.#layout.encoding] !== 0) throw new Error('not whole samples');
		if (this.#written > 0 && this.#written + bytes.length > this.#maximumData) this.#nextPart();
		writeAll(this.#file, bytes, WAV_HEADER_BYTES + this.#written);
		this.#written += bytes.length;
		this.#timer ??= setTimeout(() => this.#flush(), FLUSH_INTERVAL);
		this.#timer.unref();
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		clearTimeout(this.#timer);
		this.#endPart();
	}

	#beginPart(): void {
		const number = this.#part + 1;
		const path = join(this.#folder, `${this.#stem}${number === 1 ? '' : `-${number}`}.wav`);
		const file = openSync(path, 'wx', 0o600);
		try {
			writeAll(file, wavHeader(this.#layout, 0), 0);
		} catch (error) {
			closeSync(file);
			throw error;
		}
		[this.#file, this.#path, this.#part, this.#written, this.#counted] = [file, path, number, 0, 0];
	}

	#nextPart(): void {
		const [full, samples] = [{file: this.#file, written: this.#written}, this.samples];
		this.#beginPart();
		this.#samplesBefore = samples;
		endFile(full.file, wavHeader(this.#layout, full.written));
	}

	#endPart(): void {
		endFile(this.#file, wavHeader(this.#layout, this.#written));
	}

	/** First the samples, then the header that counts them: after a loss of power it never counts what is not there. */
	#flush(): void {
		const [file, part, written] = [this.#file, this.#part, this.#written];
		fdatasync(file, (error) => {
			this.#timer = undefined;
			if (this.#closed || this.#part !== part) return;
			try {
				if (error) throw error;
				writeAll(file, wavHeader(this.#layout, written), 0);
				this.#counted = written;
			} catch (error) {
				this.#onError(error as Error);
			}
			if (this.#written > this.#counted) this.#timer = setTimeout(() => this.#flush(), FLUSH_INTERVAL);
			this.#timer?.unref();
		});
	}
}

function endFile(file: number, header: Uint8Array): void {
	try {
		fdatasyncSync(file);
		writeAll(file, header, 0);
		fdatasyncSync(file);
	} finally {
		closeSync(file);
	}
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
	for (let done = 0; done < bytes.length; ) {
		done += writeSync(file, bytes, done, bytes.length - done, position + done);
	}
}
