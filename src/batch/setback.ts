/** What a failed request means for what comes next. */
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	RateLimitedError,
	ResponseError,
	TimeoutError,
	UnexpectedResponseError,
} from '../speechmatics/errors.ts';
import {OutputError} from './delivery.ts';
import type {FailureCause} from './events.ts';
import {InputError} from './preparation.ts';
import type {Setback} from './scheduler.ts';

/** @returns `undefined` where another try would fail the same way */
export function setbackOf(error: unknown): Setback | undefined {
	if (error instanceof RateLimitedError) return {kind: 'too-many', retryAfter: error.retryAfter};
	if (error instanceof ConnectionError || error instanceof TimeoutError) {
		return {kind: 'outage', retryAfter: undefined};
	}
	if (error instanceof UnexpectedResponseError) return {kind: 'outage', retryAfter: undefined};
	if (error instanceof ResponseError && (error.status >= 500 || error.status === 408)) {
		return {kind: 'outage', retryAfter: error.retryAfter};
	}
	return undefined;
}

/**
 * Whether a failed submission cannot have made a job. Where the connection broke, or a gateway answered, the job may be
 * there all the same.
 *
 * @param isSent whether all of it had left: what ended it then came too late to prevent the job
 */
export function isClearRefusal(error: unknown, isSent: boolean): boolean {
	if (error instanceof AuthenticationError) return true;
	if (error instanceof ConfigurationError) return !isSent;
	return error instanceof ResponseError && error.status < 500 && error.status !== 408;
}

export function causeOf(error: unknown): FailureCause {
	if (error instanceof AuthenticationError) return 'authentication';
	if (error instanceof ConfigurationError || error instanceof InputError) return 'input';
	if (error instanceof OutputError) return 'output';
	return 'service';
}
