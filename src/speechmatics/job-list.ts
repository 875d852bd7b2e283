import type {Job, ListOptions} from './batch-options.ts';
import type {BatchTransport} from './batch-transport.ts';
import {UnexpectedResponseError} from './errors.ts';
import {JobDetails, JobListResponse} from './jobs.ts';
import {parsed, requestIdOf} from './responses.ts';

/** The most jobs a page may hold. Source: batch OpenAPI, `limit`. */
export const MAX_PAGE = 100;

export interface JobPage<Row> {
	readonly jobs: readonly Row[];
	/** Rows of the page, those included that could not be understood. */
	readonly rows: number;
}

/** Reads one page of the list. A row that cannot be understood is left out. */
export async function readPage(
	transport: BatchTransport,
	{limit = MAX_PAGE, createdBefore, includeDeleted, signal}: ListOptions,
): Promise<JobPage<Job>> {
	// The default size differs between the vendor's own pages, so it is always said.
	const query = {limit, created_before: createdBefore, include_deleted: includeDeleted};
	const response = await transport.repeatable({path: ['jobs'], query, signal});
	const rows = parsed(JobListResponse, response).jobs;
	const requestId = requestIdOf(response);
	const jobs = rows.flatMap((row) => JobDetails.safeParse(row).data ?? []);
	return {rows: rows.length, jobs: jobs.map((job) => ({...job, url: transport.url.href, requestId}))};
}

/**
 * Walks through a list of jobs from the newest to the oldest, each of them once.
 *
 * The service compares `created_before` in whole milliseconds and leaves out what was made at that moment. A page that
 * ends between two jobs of the same millisecond would lose the second one, so each page is asked to begin one
 * millisecond later than the last one ended, and what was seen already is left out.
 *
 * @param page asks for the newest jobs made before a moment (RFC 3339), at most `MAX_PAGE`
 * @throws UnexpectedResponseError when more jobs were made within a millisecond than a page holds: the service offers no
 * way to see them all
 */
export async function* walkJobs<
	Row extends {readonly id: string; readonly created_at?: string | null | undefined},
>(page: (createdBefore: string | undefined) => Promise<JobPage<Row>>): AsyncGenerator<Row, void, undefined> {
	const seen = new Set<string>();
	let createdBefore: string | undefined;
	for (;;) {
		const {jobs, rows} = await page(createdBefore);
		const fresh = jobs.filter(({id}) => !seen.has(id));
		for (const job of fresh) {
			seen.add(job.id);
			yield job;
		}
		if (rows < MAX_PAGE) return;
		const oldest = Math.min(
			...jobs.map(({created_at}) => Date.parse(created_at ?? '')).filter(Number.isFinite),
		);
		const next = Number.isFinite(oldest) ? new Date(oldest + 1).toISOString() : undefined;
		if (next === undefined || next === createdBefore) {
			throw new UnexpectedResponseError(
				`The list of jobs cannot be read beyond ${createdBefore ?? 'its first page'}: too many were made at that moment`,
			);
		}
		createdBefore = next;
	}
}
