/** Keeps one of several channels on the clock that all of them share. Pure: time comes in as samples. */
import {levelOf} from './level.ts';

const SAMPLE_BYTES = 2;

/** How far a channel may be from the clock before it is corrected, and how long one may be quiet. Seconds. */
const TOLERANCE = 0.5;

/** Filled silence ends so long before now, so that sound on its way still finds its place. Seconds. */
const MARGIN = 0.2;

/** What a pause between words stays below. dBFS. */
const PAUSE = -50;

/**
 * The place of one channel on the timeline of all. Sound is never dropped: where a device's clock is fast or slow, a
 * pause is made shorter or longer.
 */
export class ChannelTimeline {
	readonly #sampleRate: number;
	#position = 0;
	#filling = true;

	/** @param sampleRate samples a second */
	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
	}

	/** Samples given out. */
	get position(): number {
		return this.#position;
	}

	/**
	 * Takes a chunk that has just arrived.
	 *
	 * @param bytes mono s16le
	 * @param now samples that the clock of all has counted
	 * @returns what belongs on the channel now: the chunk, with zeros before it where it was away, or nothing
	 */
	take(bytes: Uint8Array, now: number): Uint8Array[] {
		const samples = bytes.length / SAMPLE_BYTES;
		const behind = now - samples - this.#position;
		const tolerance = TOLERANCE * this.#sampleRate;
		const inPause = () => levelOf(bytes, 'pcm_s16le').peak < PAUSE;
		const wasFilling = this.#filling;
		this.#filling = false;
		if (behind > 0 && (wasFilling || (behind > tolerance && inPause()))) {
			return [...this.#zeros(behind), ...this.#pass(bytes)];
		}
		return behind < -tolerance && inPause() ? [] : this.#pass(bytes);
	}

	/** Zeros for a channel that has been quiet for so many seconds. @param now as of `take` */
	fill(now: number, quietSeconds: number): Uint8Array[] {
		if (quietSeconds < TOLERANCE) return [];
		this.#filling = true;
		return this.#zeros(Math.floor(now - MARGIN * this.#sampleRate) - this.#position);
	}

	/** Zeros up to a position, at the end. */
	end(position: number): Uint8Array[] {
		return this.#zeros(position - this.#position);
	}

	#pass(bytes: Uint8Array): Uint8Array[] {
		this.#position += bytes.length / SAMPLE_BYTES;
		return [bytes];
	}

	/** In pieces of 100 ms, as sound comes. */
	#zeros(samples: number): Uint8Array[] {
		const pieces: Uint8Array[] = [];
		const most = Math.floor(this.#sampleRate / 10);
		for (let left = Math.floor(samples); left > 0; left -= most) {
			pieces.push(...this.#pass(new Uint8Array(Math.min(left, most) * SAMPLE_BYTES)));
		}
		return pieces;
	}
}
