/** What happened in a session, a line an event, on the disk before anyone sees it. */
import {closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync} from 'node:fs';
import type {RealtimeEvent} from './events.ts';

/** An event as it stands in the journal. `at`: when it was written, milliseconds since 1970. */
export type JournaledEvent = RealtimeEvent & {readonly at: number};

/** What reaches the disk, so that a test can have one that is full. */
export interface JournalDisk {
	/** @returns bytes written */
	write(file: number, bytes: Uint8Array, position: number): number;
	sync(file: number): void;
}

const realDisk: JournalDisk = {
	write: (file, bytes, position) => writeSync(file, bytes, 0, bytes.length, position),
	sync: fdatasyncSync,
};

export interface JournalOptions {
	/** Called once, when lines do not reach the disk. They are kept, and tried again with the next one. */
	readonly onTrouble: (reason: string) => void;
	/** Milliseconds since 1970. */
	readonly now?: () => number;
	readonly disk?: JournalDisk;
	/** Milliseconds between two syncs at least. 0, the default, syncs each line: what was said live is said only once. */
	readonly syncEvery?: number;
}

const LINE_END = 0x0a;
/** Bytes read at once while looking for the last line. */
const CHUNK = 64 * 1024;

export class Journal {
	readonly #file: number;
	readonly #onTrouble: (reason: string) => void;
	readonly #now: () => number;
	readonly #disk: JournalDisk;
	readonly #syncEvery: number;
	#syncedAt = Number.NEGATIVE_INFINITY;
	/** Lines that have not reached the disk. */
	#waiting: string[] = [];
	#size: number;
	#isInTrouble = false;

	/**
	 * Begins a journal, or goes on with one: half a line at its end, left by a crash, is cut off.
	 *
	 * @throws the file system's error
	 */
	constructor(path: string, {onTrouble, now = Date.now, disk = realDisk, syncEvery = 0}: JournalOptions) {
		this.#syncEvery = syncEvery;
		this.#onTrouble = onTrouble;
		this.#now = now;
		this.#disk = disk;
		// Not for appending: what a full disk took of a line is written over.
		this.#file = openForChange(path);
		this.#size = endOfLastLine(this.#file);
		ftruncateSync(this.#file, this.#size);
	}

	/** Puts an event on the disk, where it is one that is kept. Does not throw. */
	write(event: RealtimeEvent): void {
		if (!isKept(event)) return;
		this.#waiting.push(`${JSON.stringify({at: this.#now(), ...event})}\n`);
		this.#flush();
	}

	close(): void {
		this.#syncedAt = Number.NEGATIVE_INFINITY;
		if (this.#waiting.length > 0 || this.#syncEvery > 0) this.#flush();
		closeSync(this.#file);
	}

	#sync(): void {
		const now = performance.now();
		if (now - this.#syncedAt < this.#syncEvery) return;
		this.#disk.sync(this.#file);
		this.#syncedAt = now;
	}

	#flush(): void {
		try {
			const bytes = Buffer.from(this.#waiting.join(''));
			for (let done = 0; done < bytes.length; ) {
				done += this.#disk.write(this.#file, bytes.subarray(done), this.#size + done);
			}
			this.#sync();
			this.#size += bytes.length;
			this.#waiting = [];
		} catch (error) {
			if (!this.#isInTrouble) this.#onTrouble((error as Error).message);
			this.#isInTrouble = true;
		}
	}
}

/** What is of no use afterwards, or comes ten times a second, is left out. */
function isKept(event: RealtimeEvent): boolean {
	switch (event.type) {
		case 'partial':
		case 'level':
		case 'usage':
			return false;
		case 'final':
			return event.results.length > 0;
		case 'translation':
			return event.isFinal && event.segments.length > 0;
		default:
			return true;
	}
}

function openForChange(path: string): number {
	try {
		return openSync(path, 'r+');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return openSync(path, 'wx+', 0o600);
	}
}

function endOfLastLine(file: number): number {
	const chunk = Buffer.alloc(CHUNK);
	for (let end = fstatSync(file).size; end > 0; ) {
		const start = Math.max(0, end - CHUNK);
		const bytes = readSync(file, chunk, 0, end - start, start);
		const last = chunk.subarray(0, bytes).lastIndexOf(LINE_END);
		if (last >= 0) return start + last + 1;
		end = start;
	}
	return 0;
}
