import type {Clock} from './clock.ts';
import {ConnectionError, ResponseError, type SpeechmaticsError, TimeoutError} from './errors.ts';

/** Failures in a row that are forgiven. Source: the vendor's Python client 1.0.0. */
export const DEFAULT_RETRIES = 5;
const FIRST_DELAY = 1000;
const MAX_DELAY = 15_000;

/**
 * Repeats something that may be done twice (a GET or a DELETE) while its failure looks passing.
 *
 * Waits 1, 2, 4, … seconds, spread by ±20 %, or as long as the server asked by `Retry-After`.
 *
 * @param options.random gives numbers from 0 to 1
 * @param options.retries failures in a row that are forgiven
 * @throws the last failure, or the first one that will not pass
 */
export async function withRetries<Value>(
	operation: () => Promise<Value>,
	{
		clock,
		random,
		retries,
		signal,
	}: {clock: Clock; random: () => number; retries: number; signal?: AbortSignal | undefined},
): Promise<Value> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await operation();
		} catch (error) {
			if (attempt > retries || !mayPass(error)) throw error;
			const asked = error instanceof ResponseError ? error.retryAfter : undefined;
			const delay = Math.min(FIRST_DELAY * 2 ** (attempt - 1), MAX_DELAY);
			await clock.sleep(asked === undefined ? spread(delay, random) : asked * 1000, signal);
		}
	}
}

/** `delay` changed by up to a fifth either way, so that many clients do not come back at the same moment. */
export function spread(delay: number, random: () => number): number {
	return delay * (0.8 + 0.4 * random());
}

function mayPass(error: unknown): error is SpeechmaticsError {
	if (error instanceof ConnectionError || error instanceof TimeoutError) return true;
	return error instanceof ResponseError && [408, 429, 500, 502, 503, 504].includes(error.status);
}
