import type {Job, WaitOptions} from './batch-options.ts';
import type {Clock} from './clock.ts';
import {JobExpiredError, JobGoneError, JobRejectedError, TimeoutError} from './errors.ts';
import {spread} from './retry.ts';

/** Seconds the service is asked to hold a status request until the job is finished. Source: docs, "Synchronous". */
const LONG_POLL = 30;
/** Where a server answers at once instead of holding the request: first and longest pause, milliseconds. */
const FIRST_POLL_PAUSE = 500;
const LONGEST_POLL_PAUSE = 5000;
const POLL_PAUSE_GROWTH = 1.6;

/**
 * Waits until a job is finished, by requests that the service holds until then; where it does not, it is asked again
 * after growing pauses.
 *
 * @param read reads the state of the job; the service may hold the answer for `wait` seconds
 */
export async function waitForJob(
	read: (wait: number) => Promise<Job>,
	{clock, random}: {clock: Clock; random: () => number},
	{timeout = Number.POSITIVE_INFINITY, signal, onUpdate}: WaitOptions,
): Promise<Job> {
	const deadline = clock.now() + timeout;
	let pause = FIRST_POLL_PAUSE;
	for (;;) {
		const asked = clock.now();
		const wait = Math.ceil(Math.min(LONG_POLL, (deadline - asked) / 1000));
		const job = await read(wait);
		onUpdate?.(job);
		if (job.status === 'done') return job;
		throwIfFailed(job);

		const now = clock.now();
		if (now >= deadline) {
			throw new TimeoutError(
				`Job ${job.id} was not finished after ${Math.round(timeout / 1000)} s; it goes on`,
			);
		}
		const held = now - asked >= (wait * 1000) / 2;
		if (held) continue;
		await clock.sleep(Math.min(spread(pause, random), deadline - now), signal);
		pause = Math.min(pause * POLL_PAUSE_GROWTH, LONGEST_POLL_PAUSE);
	}
}

/** @throws JobRejectedError, JobExpiredError or JobGoneError, where the job has ended without a transcript */
export function throwIfFailed({id, status, errors, requestId}: Job): void {
	if (status === 'rejected') throw new JobRejectedError(id, errors?.map(({message}) => message) ?? []);
	if (status === 'expired') throw new JobExpiredError(id, {status: 410, requestId});
	if (status === 'deleted') throw new JobGoneError(id, status, {status: 410, requestId});
}
