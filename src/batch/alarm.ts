/** One alarm: whoever sets it anew takes back what was set before. */
import type {Clock} from '../speechmatics/clock.ts';

export class Alarm {
	readonly #clock: Clock;
	readonly #onRing: () => void;
	#rings: {readonly at: number; readonly stop: AbortController} | undefined;

	constructor(clock: Clock, onRing: () => void) {
		this.#clock = clock;
		this.#onRing = onRing;
	}

	/** @param at when it rings, milliseconds on the clock; `undefined` for never */
	set(at: number | undefined): void {
		if (at !== undefined && this.#rings?.at === at) return;
		this.#rings?.stop.abort();
		this.#rings = undefined;
		if (at === undefined) return;
		const rings = {at, stop: new AbortController()};
		this.#rings = rings;
		this.#clock.sleep(Math.max(0, at - this.#clock.now()), rings.stop.signal).then(
			() => {
				if (this.#rings === rings) this.#rings = undefined;
				this.#onRing();
			},
			() => {},
		);
	}
}
