/** The audio of a session on its timeline: what was captured, until it is certain that it need not be sent again. */
import {closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync} from 'node:fs';
import {type AudioFormat, BYTES_PER_SAMPLE, bytesPerSecond} from '../speechmatics/config.ts';

/** Audio of one moment, of each channel there is. */
export interface Piece {
	/** Seconds from the first sample. */
	readonly start: number;
	readonly seconds: number;
	readonly frames: readonly Frame[];
}

export interface Frame {
	/** Where the session tells channels apart. */
	readonly channel?: string;
	readonly bytes: Uint8Array;
}

export interface TrackOptions {
	readonly format: AudioFormat;
	/** Where its first sample stands on the timeline; later than 0 where an earlier run goes on. Seconds. */
	readonly start?: number;
	/** Seconds of audio that are kept at most. */
	readonly limit?: number;
	/** Seconds of audio that are kept in memory; older audio goes to a file. */
	readonly memory?: number;
	/** A file for audio that the memory shall not hold; made when it is needed, and removed at the end. */
	readonly spillTo?: string | undefined;
}

/** Seconds. A network that is away for longer is told as a gap. */
const LIMIT = 600;
const MEMORY = 120;

interface Kept {
	readonly start: number;
	readonly seconds: number;
	/** Absent once it has gone to the file. */
	frames: readonly Frame[] | undefined;
	/** Where in the file its frames begin, and how long each is. */
	spilled?: {
		readonly at: number;
		readonly frames: ReadonlyArray<{readonly channel?: string; readonly length: number}>;
	};
}

export class AudioTrack {
	/** Bytes of one channel for a second; `undefined` for a container, whose audio cannot be cut. */
	readonly bytesPerSecond: number | undefined;
	readonly #limit: number;
	readonly #memory: number;
	readonly #spillTo: string | undefined;
	#spills: boolean;
	readonly #sampleBytes: number;
	readonly #pieces: Kept[] = [];
	/** Index of the first piece that counts; those before it are gone. */
	#first = 0;
	/** Index of the first piece in memory. */
	#firstInMemory = 0;
	#end: number;
	#closed = false;
	#spill: {readonly file: number; size: number} | undefined;
	#wakers: Array<() => void> = [];
	readonly #closing = new AbortController();

	constructor({format, start = 0, limit = LIMIT, memory = MEMORY, spillTo}: TrackOptions) {
		this.bytesPerSecond = bytesPerSecond(format);
		this.#sampleBytes = format.type === 'raw' ? BYTES_PER_SAMPLE[format.encoding] : 1;
		this.#limit = limit;
		this.#memory = memory;
		this.#spillTo = spillTo;
		this.#spills = spillTo !== undefined;
		this.#end = start;
	}

	/** Seconds: what comes next begins here. */
	get end(): number {
		return this.#end;
	}

	/** Seconds: the oldest audio that is kept. */
	get start(): number {
		return this.#pieces[this.#first]?.start ?? this.#end;
	}

	/** Pieces that are kept. */
	get waitingPieces(): number {
		return this.#pieces.length - this.#first;
	}

	/** Aborts when the source has ended. */
	get closing(): AbortSignal {
		return this.#closing.signal;
	}

	/** True once the source has ended. */
	get isClosed(): boolean {
		return this.#closed;
	}

	/** Adds audio at the end. Audio older than the limit is dropped. */
	append(frames: readonly Frame[]): Piece {
		const bytes = frames[0]?.bytes.byteLength ?? 0;
		const seconds = this.bytesPerSecond === undefined ? 0 : bytes / this.bytesPerSecond;
		const piece = {start: this.#end, seconds, frames};
		this.#pieces.push({...piece});
		this.#end += seconds;
		while (this.#end - this.start > this.#limit) this.#dropFirst();
		this.#spillOld();
		this.#wake();
		return piece;
	}

	/** Nothing more comes. */
	close(): void {
		this.#closed = true;
		this.#closing.abort();
		this.#wake();
	}

	/** Forgets audio that need not be sent again. A container's has no times, and stays. @param time seconds */
	discardBefore(time: number): void {
		if (this.bytesPerSecond === undefined) return;
		while (this.#first < this.#pieces.length) {
			const {start, seconds} = this.#pieces[this.#first]!;
			if (start + seconds > time) break;
			this.#dropFirst();
		}
	}

	/** Forgets the oldest piece: a container's bytes, which cannot be sent again. */
	discardFirst(): void {
		this.#dropFirst();
	}

	/**
	 * The piece that holds a moment, from that moment on; the oldest there is where that moment is gone.
	 *
	 * @returns `undefined` where it has not come yet
	 */
	at(time: number): Piece | undefined {
		const index = this.#indexOf(time);
		const kept = this.#pieces[index];
		if (kept === undefined) return undefined;
		const piece = {start: kept.start, seconds: kept.seconds, frames: kept.frames ?? this.#unspilled(kept)};
		return this.#cut(piece, time);
	}

	/** Resolves when audio comes, or the end. */
	async more(signal: AbortSignal): Promise<void> {
		if (signal.aborted || this.#closed) return;
		await new Promise<void>((resolve) => {
			const wake = () => {
				signal.removeEventListener('abort', wake);
				resolve();
			};
			this.#wakers.push(wake);
			signal.addEventListener('abort', wake, {once: true});
		});
	}

	/** Removes the file, if there was one. */
	dispose(): void {
		if (this.#spill === undefined) return;
		closeSync(this.#spill.file);
		this.#spill = undefined;
		rmSync(this.#spillTo!, {force: true});
	}

	/** The first piece that does not end before `time`. */
	#indexOf(time: number): number {
		let low = this.#first;
		let high = this.#pieces.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const {start, seconds} = this.#pieces[middle]!;
			// A sample's time is no binary fraction.
			if (start + seconds <= time + 1e-6 && seconds > 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	#cut(piece: Piece, time: number): Piece {
		if (this.bytesPerSecond === undefined || time <= piece.start) return piece;
		const samples = Math.round(((time - piece.start) * this.bytesPerSecond) / this.#sampleBytes);
		if (samples === 0) return piece;
		const bytes = samples * this.#sampleBytes;
		const seconds = bytes / this.bytesPerSecond;
		return {
			start: piece.start + seconds,
			seconds: piece.seconds - seconds,
			frames: piece.frames.map((frame) => ({...frame, bytes: frame.bytes.subarray(bytes)})),
		};
	}

	#dropFirst(): void {
		const piece = this.#pieces[this.#first];
		if (piece === undefined) return;
		piece.frames = [];
		this.#first += 1;
		this.#firstInMemory = Math.max(this.#firstInMemory, this.#first);
		const isFileUnused = this.#firstInMemory === this.#first;
		if (isFileUnused && this.#spill !== undefined && this.#spill.size > 0) {
			ftruncateSync(this.#spill.file, 0);
			this.#spill.size = 0;
		}
		// The array is cut now and then: each time would cost as much as there is.
		if (this.#first > 1024 && this.#first > this.#pieces.length / 2) {
			this.#pieces.splice(0, this.#first);
			this.#firstInMemory -= this.#first;
			this.#first = 0;
		}
	}

	#spillOld(): void {
		if (!this.#spills) return;
		while (this.#end - (this.#pieces[this.#firstInMemory]?.start ?? this.#end) > this.#memory) {
			const piece = this.#pieces[this.#firstInMemory]!;
			const frames = piece.frames ?? [];
			const at = this.#written(frames);
			if (at === undefined) return;
			piece.spilled = {
				at,
				frames: frames.map(({channel, bytes}) => ({
					...(channel !== undefined && {channel}),
					length: bytes.byteLength,
				})),
			};
			piece.frames = undefined;
			this.#firstInMemory += 1;
		}
	}

	/** @returns where in the file they begin; `undefined` where the disk does not take them: memory then does */
	#written(frames: readonly Frame[]): number | undefined {
		try {
			this.#spill ??= {file: openSync(this.#spillTo!, 'w+', 0o600), size: 0};
			let end = this.#spill.size;
			for (const {bytes} of frames) {
				const written = writeSync(this.#spill.file, bytes, 0, bytes.byteLength, end);
				if (written < bytes.byteLength) throw new Error('the disk is full');
				end += bytes.byteLength;
			}
			const at = this.#spill.size;
			this.#spill.size = end;
			return at;
		} catch {
			this.#spills = false;
			return undefined;
		}
	}

	#unspilled({spilled}: Kept): Frame[] {
		let at = spilled!.at;
		return spilled!.frames.map(({channel, length}) => {
			const bytes = new Uint8Array(length);
			readSync(this.#spill!.file, bytes, 0, length, at);
			at += length;
			return {...(channel !== undefined && {channel}), bytes};
		});
	}

	#wake(): void {
		for (const wake of this.#wakers.splice(0)) wake();
	}
}
