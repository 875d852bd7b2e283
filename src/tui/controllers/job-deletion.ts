/** Deleting jobs at the service: each on its own, so that one that fails keeps none of the others. */
import {messageOf} from '../../platform/message-of.ts';
import {counted} from '../../platform/units.ts';
import {ResponseError} from '../../speechmatics/errors.ts';
import type {Notice} from './notices.ts';

/** Whether the service knows a job no more, or keeps nothing of it. */
export function isGone(error: unknown): boolean {
	return error instanceof ResponseError && (error.status === 404 || error.status === 410);
}

/**
 * @param remove deletes one, throws where it did not work
 * @returns what has become of them, to be told
 */
export async function deleteEach(
	jobIds: readonly string[],
	remove: (jobId: string) => Promise<unknown>,
): Promise<Notice> {
	let deleted = 0;
	let gone = 0;
	const problems: unknown[] = [];
	for (const jobId of jobIds) {
		try {
			await remove(jobId);
			deleted += 1;
		} catch (error) {
			if (isGone(error)) gone += 1;
			else problems.push(error);
			// Where nobody answers, the others would only wait in vain.
			if (!(error instanceof ResponseError)) break;
		}
	}
	if (problems.length === 0) {
		const before = gone === 0 ? '' : ` (${gone} gone before)`;
		return {text: `Deleted at the service: ${counted(deleted + gone, 'job')}${before}`, kind: 'info'};
	}
	const left = jobIds.length - deleted - gone;
	const share =
		jobIds.length === 1 ? 'Not deleted' : `${left} of ${counted(jobIds.length, 'job')} not deleted`;
	return {text: `${share}: ${messageOf(problems[0])}`, kind: 'problem'};
}
