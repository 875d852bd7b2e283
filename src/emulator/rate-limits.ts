/** How many requests a second are taken. Source: docs, batch limits. */
import type {Clock} from '../speechmatics/clock.ts';

const A_SECOND: Readonly<Record<string, number>> = {POST: 10, GET: 50};

export class RateLimits {
	readonly #clock: Clock;
	readonly #recent = new Map<string, number[]>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Counts a request. @returns whether it is one of those that are allowed */
	admits(method: string): boolean {
		const most = A_SECOND[method];
		if (most === undefined) return true;
		const now = this.#clock.now();
		const recent = (this.#recent.get(method) ?? []).filter((moment) => now - moment < 1000);
		this.#recent.set(method, recent);
		if (recent.length >= most) return false;
		recent.push(now);
		return true;
	}
}
