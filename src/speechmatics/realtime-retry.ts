/** What a program should do after a session that failed. The library itself opens no second session. */
import {ConnectionError, RealtimeError, ResponseError, TimeoutError} from './errors.ts';
import {CLOSE_CODES} from './messages.ts';

/**
 * - `never`: the same session would fail again.
 * - `later`: after `RETRY_LATER` milliseconds, a bounded number of times.
 * - `now`: the network or the server went away; a new session at once, with some jitter.
 * - `roll over`: the session reached a limit of time; a new one goes on where it ended.
 */
export type RetryPolicy = 'never' | 'later' | 'now' | 'roll over';

/** Milliseconds, from and to. Source: realtime API reference, on codes 4005, 4013 and 1011. */
export const RETRY_LATER = [5000, 10_000] as const;

const BY_CLOSE_CODE: Readonly<Record<number, RetryPolicy>> = {
	[CLOSE_CODES.policy_violation]: 'roll over',
	[CLOSE_CODES.internal_error]: 'later',
	[CLOSE_CODES.quota_exceeded]: 'later',
	[CLOSE_CODES.job_error]: 'later',
	[CLOSE_CODES.protocol_error]: 'never',
};

/** Where the service told an error and then no close code. `session_transfer` comes from older servers. */
const BY_TYPE: Readonly<Record<string, RetryPolicy>> = {
	idle_timeout: 'roll over',
	session_timeout: 'roll over',
	quota_exceeded: 'later',
	job_error: 'later',
	unknown_error: 'later',
	session_transfer: 'now',
};

/** HTTP statuses of a refused upgrade that may pass. */
const PASSING_STATUSES = [408, 429, 500, 502, 503, 504];
/** Codes from here on are the service's own; one that is not known is a refusal. */
const FIRST_OWN_CODE = 4000;

/**
 * What to do about the error a session ended with.
 *
 * @param error what `start`, `sendAudio` or `stop` threw, or `Closed` told
 */
export function retryPolicy(error: unknown): RetryPolicy {
	// Where the service said what is wrong, a connection that broke meanwhile says nothing more.
	if (error instanceof RealtimeError) {
		return BY_TYPE[error.type] ?? BY_CLOSE_CODE[error.closeCode ?? 0] ?? 'never';
	}
	if (error instanceof ConnectionError) return byCloseCode(error.closeCode) ?? 'later';
	if (error instanceof ResponseError) return PASSING_STATUSES.includes(error.status) ? 'later' : 'never';
	return error instanceof TimeoutError ? 'later' : 'never';
}

function byCloseCode(code: number | undefined): RetryPolicy | undefined {
	if (code === undefined) return undefined;
	return BY_CLOSE_CODE[code] ?? (code >= FIRST_OWN_CODE ? 'never' : 'now');
}
