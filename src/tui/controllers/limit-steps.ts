/** The next number up or down when a limit is changed by a key: small steps among small numbers. */

/** @param most the highest there is */
export function stepped(limit: number, by: 1 | -1, most: number): number {
	// Going down from a round number, the smaller step below it counts: 100, 90, … 10, 9.
	const scale = by === 1 ? limit : limit - 1;
	const step = scale >= 100 ? 100 : scale >= 10 ? 10 : 1;
	return Math.max(1, Math.min(most, limit + by * step));
}
