/** What a failed question after a job says of the job itself. Pure. */
import {
	JobGoneError,
	JobRejectedError,
	ResponseError,
	TranscriptNotReadyError,
} from '../speechmatics/errors.ts';

/** Results are kept this long. Source: docs, "Limits". */
const RETENTION_DAYS = 7;
/** A service of many machines may not know a job yet that it has just made. Milliseconds. */
const UNKNOWN_AT_FIRST = 60_000;

/** The service no longer has the job. */
export class GoneError extends Error {
	override readonly name = 'GoneError';

	constructor(jobId: string) {
		super(
			`Job ${jobId} is no longer at the service, which keeps results for ${RETENTION_DAYS} days: transcribe it again to get a new one`,
		);
	}
}

/**
 * Whether a service may say that it does not know a job because the job is so new.
 *
 * @param age milliseconds since this process made the job; `undefined` where it did not
 */
export function isUnknownAtFirst(error: unknown, age: number | undefined): boolean {
	if (!isNotFound(error) || error instanceof JobGoneError || error instanceof TranscriptNotReadyError)
		return false;
	return age !== undefined && age < UNKNOWN_AT_FIRST;
}

/** How a job has ended, where an error says that it has. */
export function endingOf(error: unknown): 'rejected' | 'gone' | undefined {
	if (error instanceof JobGoneError || isNotFound(error)) return 'gone';
	return error instanceof JobRejectedError ? 'rejected' : undefined;
}

const isNotFound = (error: unknown) => error instanceof ResponseError && error.status === 404;
