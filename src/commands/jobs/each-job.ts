/** Going on with the others when one of several jobs fails, and saying why it did. */
import {remedyFor} from '../../batch/remedies.ts';
import {printable} from '../../platform/printable.ts';
import {
	AuthenticationError,
	JobGoneError,
	JobRejectedError,
	ResponseError,
	TranscriptNotReadyError,
} from '../../speechmatics/errors.ts';
import {EXIT, ended, sentence} from '../failure.ts';
import type {Streams} from '../streams.ts';

/**
 * Does something with each of several jobs. One that fails is told in a sentence, and the others are still done.
 *
 * @returns the exit code
 * @throws AuthenticationError, which would meet all of them, and the signal's reason
 */
export async function forEachJob(
	ids: readonly string[],
	signal: AbortSignal,
	{err}: Streams,
	work: (id: string) => Promise<void>,
): Promise<number> {
	let failed = false;
	for (const id of new Set(ids)) {
		try {
			signal.throwIfAborted();
			await work(id);
		} catch (error) {
			if (signal.aborted || error instanceof AuthenticationError) throw error;
			failed = true;
			err.line(problemWith(id, error));
		}
	}
	return failed ? EXIT.failed : EXIT.ok;
}

/** Why nothing came of a job, as one sentence that names it. */
function problemWith(id: string, error: unknown): string {
	if (isUnknownJob(error)) {
		return ended(
			`${id}: there is no such job for this key: check the id, the project of the key, and the region, for a job exists only where it was made`,
		);
	}
	const remedy = error instanceof JobRejectedError ? error.reasons.map(remedyFor).find(Boolean) : undefined;
	const said = sentence(error);
	const whole = remedy === undefined ? said : `${said} Remedy: ${ended(remedy)}`;
	return said.includes(printable(id)) ? whole : `${printable(id)}: ${whole}`;
}

function isUnknownJob(error: unknown): boolean {
	return (
		error instanceof ResponseError &&
		error.status === 404 &&
		!(error instanceof JobGoneError || error instanceof TranscriptNotReadyError) &&
		(error.summary === undefined || /job not found|^not found$/i.test(error.summary))
	);
}
