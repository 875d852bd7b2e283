import {concat} from './samples.ts';

/** Reads a stream of bytes by length, wherever its chunks happen to be cut. */
export class ByteReader {
	readonly #iterator: AsyncIterator<Uint8Array>;
	#held: Uint8Array = new Uint8Array(0);
	#position = 0;

	constructor(bytes: AsyncIterable<Uint8Array>) {
		this.#iterator = bytes[Symbol.asyncIterator]();
	}

	/** Bytes read or skipped until now. */
	get position(): number {
		return this.#position;
	}

	/** The next `length` bytes; fewer only at the end of the stream. */
	async read(length: number): Promise<Uint8Array> {
		while (this.#held.length < length && (await this.#pull()));
		return this.#take(length);
	}

	/** Passes over `length` bytes without keeping them. */
	async skip(length: number): Promise<void> {
		for await (const _ of this.upTo(length));
	}

	/** The next `length` bytes (`Infinity`: all there are) in chunks as they come. */
	async *upTo(length: number): AsyncGenerator<Uint8Array, void, void> {
		let left = length;
		while (left > 0 && (this.#held.length > 0 || (await this.#pull()))) {
			const chunk = this.#take(left);
			left -= chunk.length;
			if (chunk.length > 0) yield chunk;
		}
	}

	/** Lets the source go before its end. */
	async close(): Promise<void> {
		await this.#iterator.return?.();
	}

	#take(length: number): Uint8Array {
		const taken = this.#held.subarray(0, length);
		this.#held = this.#held.subarray(taken.length);
		this.#position += taken.length;
		return taken;
	}

	async #pull(): Promise<boolean> {
		const {done, value} = await this.#iterator.next();
		if (done) return false;
		this.#held = this.#held.length === 0 ? value : concat(this.#held, value);
		return true;
	}
}
