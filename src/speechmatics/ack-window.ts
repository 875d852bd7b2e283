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

	get isFull(): boolean {
		return this.#unacknowledgedBytes >= this.#limit;
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
	hasRoom(): Promise<void> {
		if (!this.isFull) return Promise.resolve();
		this.#room ??= new Deferred();
		return this.#room.promise;
	}
}
