/** How long to wait before the service is asked again. Pure; all in milliseconds, before they are spread. */

/** Seconds a request is held. Source: docs, "Synchronous"; the cap is not published, 30 is their example. */
export const HOLD = 30;
export const FIRST_PAUSE = 1000;
export const LONGEST_PAUSE = 30_000;
const FIRST_POLL = 500;
const LONGEST_POLL = 30_000;
const POLL_GROWTH = 1.6;
/** However long a job is expected to take: an estimate can be wrong, and somebody waits for the transcript. */
const LATEST_FIRST_READ = 5 * 60_000;

/** A pause that doubles. @param times 1 for the first */
export const doubled = (first: number, times: number, most: number) =>
	Math.min(first * 2 ** Math.min(times - 1, 20), most);

/** A job of an hour is not asked after while it cannot be finished. @param canHold whether the service may hold the answer */
export function pauseBeforeFirstRead(expected: number | undefined, canHold: boolean): number {
	if (expected === undefined) return canHold ? 0 : FIRST_POLL;
	if (canHold && expected < HOLD * 1000) return 0;
	return Math.min(expected * 0.8, LATEST_FIRST_READ);
}

/** @param polls how often it was asked after @param age how long the job has been there */
export function pauseBetweenPolls(polls: number, age: number): number {
	const growing = Math.min(FIRST_POLL * POLL_GROWTH ** polls, LONGEST_POLL);
	return Math.max(growing, Math.min(LONGEST_POLL, age / 10));
}
