import {type FileHandle, open} from 'node:fs/promises';

/** The part of a file handle that is written through, so that a test can have a disk that is full. */
export type RollingHandle = Pick<FileHandle, 'write' | 'truncate' | 'close'>;

/** What a file holds: text that stays as it is, and an end that may be written again. */
export interface RollingContent {
	/** What came since the last call and will not change. */
	readonly settled: string;
	readonly tail: string;
}

/**
 * A file that grows at its end, of which only the last bytes are written twice: a write costs the same at any length.
 * What could not be written is kept and written with the next.
 */
export class RollingFile {
	readonly #path: string;
	readonly #open: (path: string) => Promise<RollingHandle>;
	#handle: RollingHandle | undefined;
	/** Settled text that is not on the disk, and what comes after it. */
	#unwritten = '';
	#tail = '';
	/** Bytes that are settled on the disk, and those after them. */
	#settledBytes = 0;
	#tailBytes = 0;
	#isDirty = false;

	constructor(path: string, openHandle = openForWriting) {
		this.#path = path;
		this.#open = openHandle;
	}

	set({settled, tail}: RollingContent): void {
		if (settled === '' && tail === this.#tail) return;
		this.#unwritten += settled;
		this.#tail = tail;
		this.#isDirty = true;
	}

	/** @throws the file system's error; the next call tries again */
	async flush(): Promise<void> {
		this.#handle ??= await this.#open(this.#path);
		if (!this.#isDirty) return;
		const settled = Buffer.from(this.#unwritten);
		const all = Buffer.concat([settled, Buffer.from(this.#tail)]);
		const {length: taken} = this.#unwritten;
		const tail = this.#tail;
		// The old end goes first: whoever reads meanwhile finds whole cues and less of them, never two in one.
		if (this.#tailBytes > 0) await this.#handle.truncate(this.#settledBytes);
		this.#tailBytes = all.length;
		for (let done = 0; done < all.length; ) {
			const {bytesWritten} = await this.#handle.write(
				all,
				done,
				all.length - done,
				this.#settledBytes + done,
			);
			done += bytesWritten;
		}
		this.#settledBytes += settled.length;
		this.#tailBytes = all.length - settled.length;
		this.#unwritten = this.#unwritten.slice(taken);
		this.#isDirty = this.#unwritten !== '' || this.#tail !== tail;
	}

	async close(): Promise<void> {
		await this.#handle?.close();
	}
}

/** Never over what is there: that is somebody's. */
function openForWriting(path: string): Promise<RollingHandle> {
	return open(path, 'wx');
}
