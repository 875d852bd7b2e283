/** How long words take to become final, over the last minutes. */

/** Milliseconds that are looked back. */
const WINDOW = 5 * 60 * 1000;
/** Of more than these only the latest count, so that a look costs the same whatever comes. */
const MOST = 1024;

export interface LatencySummary {
	/** Seconds from the end of a word until it was final: of half of the finals, and of 95 in 100, no more. */
	readonly p50: number;
	readonly p95: number;
	/** How many finals that was measured of. */
	readonly count: number;
}

export class Latencies {
	readonly #seconds = new Float64Array(MOST);
	readonly #at = new Float64Array(MOST);
	/** All that ever came; the latest `MOST` of them are kept. */
	#count = 0;

	/** @param now milliseconds from an arbitrary start; never goes back */
	add(seconds: number, now: number): void {
		const place = this.#count % MOST;
		this.#seconds[place] = seconds;
		this.#at[place] = now;
		this.#count += 1;
	}

	/** @returns `undefined` where nothing was measured lately */
	summary(now: number): LatencySummary | undefined {
		const lately: number[] = [];
		for (let index = this.#count - 1; index >= Math.max(0, this.#count - MOST); index--) {
			if (now - this.#at[index % MOST]! > WINDOW) break;
			lately.push(this.#seconds[index % MOST]!);
		}
		if (lately.length === 0) return undefined;
		lately.sort((left, right) => left - right);
		return {p50: atShare(lately, 0.5), p95: atShare(lately, 0.95), count: lately.length};
	}

	clear(): void {
		this.#count = 0;
	}
}

/** The value that a share (0–1) of all is not above, by the nearest rank. @param sorted at least one, ascending */
export function atShare(sorted: readonly number[], share: number): number {
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}
