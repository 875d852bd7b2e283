import type {Clock} from './clock.ts';
import {
	ConnectionError,
	RateLimitedError,
	ResponseError,
	type SpeechmaticsError,
	TimeoutError,
} from './errors.ts';

/** Failures in a row that are forgiven. Source: the vendor's Python client 1.0.0. */
export const DEFAULT_RETRIES = 5;
const FIRST_DELAY = 1000;
const MAX_DELAY = 15_000;

/** What the vendor asks for between two requests after a 429. Source: docs, "Troubleshooting". */
const RATE_LIMIT_SPACING = 1000;

export interface RetryOptions {
	readonly clock: Clock;
	/** Gives numbers from 0 to 1. */
	readonly random: () => number;
	/** Failures in a row that are forgiven. */
	readonly retries: number;
	readonly signal?: AbortSignal | undefined;
	/** Called before each pause (milliseconds). */
	readonly onRetry?: (retry: {attempt: number; delay: number; error: SpeechmaticsError}) => void;
}

/**
 * Repeats something that may be done twice (a GET or a DELETE) while its failure looks passing.
 *
 * Waits 1, 2, 4, … seconds, spread by ±20 %, or as long as the server asked by `Retry-After`.
 *
 * @throws the last failure, or the first one that will not pass
 */
export async function withRetries<Value>(
	operation: () => Promise<Value>,
	{clock, random, retries, signal, onRetry}: RetryOptions,
): Promise<Value> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await operation();
		} catch (error) {
			if (attempt > retries || !mayPass(error)) throw error;
			const delay = pauseBefore(attempt, error, random);
			onRetry?.({attempt, delay, error});
			await clock.sleep(delay, signal);
		}
	}
}

function pauseBefore(attempt: number, error: SpeechmaticsError, random: () => number): number {
	const asked = error instanceof ResponseError ? error.retryAfter : undefined;
	const own = spread(Math.min(FIRST_DELAY * 2 ** (attempt - 1), MAX_DELAY), random);
	const least = error instanceof RateLimitedError ? RATE_LIMIT_SPACING : 0;
	return Math.max(asked === undefined ? own : asked * 1000, least);
}

/** `delay` changed by up to a fifth either way, so that many clients do not come back at the same moment. */
export function spread(delay: number, random: () => number): number {
	return delay * (0.8 + 0.4 * random());
}

function mayPass(error: unknown): error is SpeechmaticsError {
	if (error instanceof ConnectionError || error instanceof TimeoutError) return true;
	return error instanceof ResponseError && [408, 429, 500, 502, 503, 504].includes(error.status);
}
