import {Deferred} from './deferred.ts';

/**
 * How much audio is under way: counts the frames sent and the bytes not yet acknowledged. Frames carry no number
 * on the wire, so the count of those sent is the only truth about `last_seq_no`.
 */
export class AckWindow {
	readonly #limit: number;
	/** Sizes of frames not yet acknowledged, oldest first; `#oldest` is the index of the first that counts. */
	#sizes: number[] = [];
	#oldest = 0;
	#unacknowledgedBytes = 0;
	#sentFrames = 0;
	#sentBytes = 0;
	#room: Deferred | undefined;
	#failure: {readonly error: unknown} | undefined;

	/** @param limit bytes that may be unacknowledged */
	constructor(limit: number) {
		this.#limit = limit;
	}

	get sentFrames(): number {
		return this.#sentFrames;
	}

	get sentBytes(): number {
		return this.#sentBytes;
	}

	get acknowledgedFrames(): number {
		return this.#sentFrames - (this.#sizes.length - this.#oldest);
	}

	get unacknowledgedBytes(): number {
		return this.#unacknowledgedBytes;
	}

	get isFull(): boolean {
		return this.#unacknowledgedBytes >= this.#limit;
	}

	/**
	 * Whether a frame would go beyond what even a sender that does not wait may have under way: twice the limit.
	 * A frame larger than that may pass alone.
	 */
	overflowsWith(bytes: number): boolean {
		return this.isFull && this.#unacknowledgedBytes + bytes > 2 * this.#limit;
	}

	sent(bytes: number): void {
		this.#sentFrames += 1;
		this.#sentBytes += bytes;
		this.#unacknowledgedBytes += bytes;
		this.#sizes.push(bytes);
	}

	/** @param sequenceNumber the `seq_no` of `AudioAdded`; it also acknowledges every frame before it */
	acknowledged(sequenceNumber: number): void {
		const target = Math.min(sequenceNumber, this.#sentFrames);
		while (this.acknowledgedFrames < target) {
			this.#unacknowledgedBytes -= this.#sizes[this.#oldest] ?? 0;
			this.#oldest += 1;
		}
		if (this.#oldest > 1024) {
			this.#sizes = this.#sizes.slice(this.#oldest);
			this.#oldest = 0;
		}
		if (!this.isFull) {
			this.#room?.resolve();
			this.#room = undefined;
		}
	}

	/** Resolves when another frame may be sent. */
	async hasRoom(): Promise<void> {
		if (this.#failure) throw this.#failure.error;
		if (!this.isFull) return;
		this.#room ??= new Deferred();
		return this.#room.promise;
	}

	/** No acknowledgement will come any more: whoever waits for room is told why, or let go where it is no failure. */
	close(failure?: {readonly error: unknown}): void {
		this.#failure = failure;
		if (failure) this.#room?.reject(failure.error);
		else this.#room?.resolve();
		this.#room = undefined;
	}
}
