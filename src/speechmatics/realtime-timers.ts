/** Time limits on a clock that tests can hold still. */
import type {Clock} from './clock.ts';

/** Calls `action` once after `milliseconds`. @returns a function that calls it off */
export function after(clock: Clock, milliseconds: number, action: () => void): () => void {
	const off = new AbortController();
	clock.sleep(milliseconds, off.signal).then(
		() => {
			if (!off.signal.aborted) action();
		},
		() => {},
	);
	return () => off.abort();
}

/** Calls `onSilence` once when `touch` was not called for `limit` milliseconds. */
export class SilenceWatch {
	readonly #clock: Clock;
	readonly #limit: number;
	readonly #onSilence: () => void;
	#lastTouch: number;
	#off: () => void;

	constructor(clock: Clock, limit: number, onSilence: () => void) {
		this.#clock = clock;
		this.#limit = limit;
		this.#onSilence = onSilence;
		this.#lastTouch = clock.now();
		this.#off = after(clock, limit, () => this.#check());
	}

	/** Cheap enough for every message: the timer is armed again only when it fires. */
	touch(): void {
		this.#lastTouch = this.#clock.now();
	}

	stop(): void {
		this.#off();
	}

	#check(): void {
		const left = this.#lastTouch + this.#limit - this.#clock.now();
		if (left > 0) this.#off = after(this.#clock, left, () => this.#check());
		else this.#onSilence();
	}
}

/** Settles as `work` does, or with `undefined` after `milliseconds`. */
export async function within<Value>(
	clock: Clock,
	milliseconds: number,
	work: Promise<Value>,
): Promise<Value | undefined> {
	const {promise: expired, resolve} = Promise.withResolvers<undefined>();
	const off = after(clock, milliseconds, () => resolve(undefined));
	try {
		return await Promise.race([work, expired]);
	} finally {
		off();
	}
}

/** Watches for silence while anybody waits, and only then. However many wait, there is one timer. */
export class SilenceGuard {
	readonly #start: () => SilenceWatch;
	#watch: SilenceWatch | undefined;
	#waiting = 0;

	constructor(clock: Clock, limit: number, onSilence: () => void) {
		this.#start = () => new SilenceWatch(clock, limit, onSilence);
	}

	touch(): void {
		this.#watch?.touch();
	}

	async during<Value>(work: Promise<Value>): Promise<Value> {
		if (this.#waiting === 0) this.#watch = this.#start();
		this.#waiting += 1;
		try {
			return await work;
		} finally {
			this.#waiting -= 1;
			if (this.#waiting === 0) this.#watch?.stop();
		}
	}
}
