/** Looking into a ledger without being one of those who work with it. */
import type {Row} from '../../platform/sqlite.ts';
import {lookInto} from './database.ts';

/** What is known of a job, without what it is about. Times are milliseconds since 1970. */
export interface JobGlance {
	readonly account: string;
	readonly reference: string;
	readonly jobId: string | undefined;
	readonly requestIds: readonly string[];
	readonly state: string;
	readonly tries: number;
	readonly model: string | undefined;
	readonly language: string | undefined;
	/** Bytes. */
	readonly size: number | undefined;
	readonly audioSeconds: number | undefined;
	readonly processingSeconds: number | undefined;
	readonly submittingAt: number;
	readonly submittedAt: number | undefined;
	readonly fetchedAt: number | undefined;
	/** Why its recording failed, one sentence. */
	readonly reason: string | undefined;
	readonly cause: string | undefined;
}

const GLANCE = `
select jobs.*, recordings.reason as reason, recordings.cause as cause from jobs
left join recordings on recordings.account = jobs.account and recordings.reference = jobs.reference
group by jobs.account, jobs.reference
order by jobs.submitting_at desc, jobs.rowid desc limit ?`;

/**
 * The jobs that were asked for last, the newest first.
 *
 * @param path of a ledger that is there
 * @throws LedgerError where it cannot be read
 */
export function recentJobs(path: string, most: number): JobGlance[] {
	return lookInto(path, GLANCE, [most], glance);
}

function glance(row: Row): JobGlance {
	const optional = <Value>(value: unknown) => (value ?? undefined) as Value | undefined;
	return {
		account: row.account as string,
		reference: row.reference as string,
		jobId: optional(row.job_id),
		requestIds: (JSON.parse(row.request_ids as string) as unknown[]).filter((id) => id !== null) as string[],
		state: row.state as string,
		tries: row.tries as number,
		model: optional(row.model),
		language: optional(row.language),
		size: optional(row.size),
		audioSeconds: optional(row.audio_seconds),
		processingSeconds: optional(row.processing_seconds),
		submittingAt: row.submitting_at as number,
		submittedAt: optional(row.submitted_at),
		fetchedAt: optional(row.fetched_at),
		reason: optional(row.reason),
		cause: optional(row.cause),
	};
}
