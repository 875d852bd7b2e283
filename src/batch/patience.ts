/** What a failure means for its recording and for the others: another try, its end, or the end of all. Pure. */
import {AuthenticationError} from '../speechmatics/errors.ts';
import type {Setback} from './scheduler.ts';

/** Tries that are made at least, and the time after which no more are made: milliseconds. */
const LEAST_TRIES = 5;
const PATIENCE = 10 * 60_000;
/** A service that has never answered is more likely a wrong address than an outage: that is told soon, and can be resumed. */
const TRIES_WITHOUT_ANY_ANSWER = 3;

/** How it has gone so far. */
export interface Trouble {
	/** Failures of this recording in a row. */
	readonly times: number;
	/** Milliseconds since the first of them. */
	readonly lasting: number;
	/** Failures in a row, of whatever recording. */
	readonly outages: number;
	/** Whether the service has ever answered. */
	readonly hasAnswered: boolean;
}

/** Whether to try again after a failure that may pass. */
export function isWorthAnotherTry({kind}: Setback, {times, lasting, outages, hasAnswered}: Trouble): boolean {
	// "Too many" is an answer too.
	const isKnown = hasAnswered || kind === 'too-many';
	return isKnown ? times < LEAST_TRIES || lasting < PATIENCE : outages < TRIES_WITHOUT_ANY_ANSWER;
}

/** Whether every recording fails with this one: a key is refused for all, and a service that never answers answers none. */
export function isForAll(error: unknown, setback: Setback | undefined, hasAnswered: boolean): boolean {
	return error instanceof AuthenticationError || (setback?.kind === 'outage' && !hasAnswered);
}
