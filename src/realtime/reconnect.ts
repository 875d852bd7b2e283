/** When to try again after a connection was lost. Pure. */
import {RETRY_LATER, type RetryPolicy} from '../speechmatics/realtime-retry.ts';

/** Milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 15_000;
const GROWTH = 2;
/** How many times longer a pause becomes where the service has no room. */
const MOST_LATER = 3;

/**
 * @param attempt from 1, in a row without a connection that brought anything
 * @param random a number from 0 to 1
 * @returns milliseconds; `undefined`: never
 */
export function pauseBefore(policy: RetryPolicy, attempt: number, random: number): number | undefined {
	switch (policy) {
		case 'never':
			return undefined;
		case 'roll over':
			// Where it happens again before anything was heard, it is not for a limit of time.
			return attempt === 1 ? 0 : pauseBefore('now', attempt, random);
		case 'later': {
			const [least, most] = RETRY_LATER;
			const pause = least + (most - least) * random;
			return pause * Math.min(GROWTH ** Math.min(attempt - 1, 16), MOST_LATER);
		}
		case 'now': {
			const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * GROWTH ** Math.min(attempt - 1, 16));
			// The first try comes at once but for a moment: many clients lose the same server together.
			return most * (0.5 + 0.5 * random);
		}
	}
}
