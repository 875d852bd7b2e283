import type {Transcript} from '../speechmatics/jobs.ts';
import type {Ledger} from './ledger/ledger.ts';
import type {SavedTranscripts} from './saved-transcripts.ts';

/**
 * The transcript of a job as it is kept on this machine, whichever run fetched it.
 *
 * @returns `undefined` where it is not kept here; the service may still have it
 */
export async function savedTranscriptOf(
	{ledger, transcripts}: {readonly ledger: Ledger; readonly transcripts: SavedTranscripts},
	account: string,
	jobId: string,
): Promise<Transcript | undefined> {
	const job = ledger.jobs.withId(account, jobId);
	return job && transcripts.load(job.reference);
}
