/** `speechdeck jobs list`. */

import {type OpenService, type ServiceFlags, withBatchService} from '../batch-service.ts';
import {EXIT} from '../failure.ts';
import {ndjsonLine, type Streams} from '../streams.ts';
import {tabbedLine, tableLines} from '../text-table.ts';
import {factsOf, type JobFacts} from './facts.ts';
import {jobColumns, jobRecord, plainJobColumns} from './table.ts';

export interface JobsListFlags extends ServiceFlags {
	readonly limit: number;
	readonly all?: boolean;
	readonly status?: readonly string[];
	/** Milliseconds since 1970. */
	readonly since?: number;
	/** A part of the reference. */
	readonly reference?: string;
	readonly deleted?: boolean;
	readonly json?: boolean;
}

/** @returns the exit code */
export function jobsListCommand(flags: JobsListFlags, streams: Streams, now = Date.now): Promise<number> {
	return withBatchService(flags, streams, async (service) => {
		const {out, err} = streams;
		const jobs = wantedJobs(service, flags);
		let count = 0;
		if (out.isTerminal && flags.json !== true) {
			const rows = await Array.fromAsync(jobs);
			count = rows.length;
			if (count > 0) for (const line of tableLines(rows, jobColumns(now()), out.columns)) out.line(line);
		} else {
			const columns = plainJobColumns(now());
			for await (const job of jobs) {
				count += 1;
				out.line(flags.json === true ? ndjsonLine(record(job, service)) : tabbedLine(job, columns));
				if (out.isBroken) break;
			}
		}
		if (count === 0) err.line('There is no such job.');
		if (flags.all !== true && count === flags.limit) {
			err.line(`At most ${flags.limit} are listed: --limit N or --all lists more.`);
		}
		return EXIT.ok;
	});
}

function record(job: JobFacts, {simulated}: OpenService): object {
	return simulated ? {...jobRecord(job), simulated} : jobRecord(job);
}

/** From the newest on. The service filters nothing by itself, so what is not wanted is left out here. */
async function* wantedJobs(
	{client, signal}: OpenService,
	{limit, all, status, since, reference, deleted}: JobsListFlags,
): AsyncGenerator<JobFacts> {
	const includeDeleted = deleted === true || status?.some(isGone) === true;
	let left = all === true ? Number.POSITIVE_INFINITY : limit;
	for await (const job of client.listAllJobs({signal, includeDeleted})) {
		const facts = factsOf(job);
		if (since !== undefined && facts.createdAt !== undefined && facts.createdAt < since) return;
		if (status !== undefined && !status.includes(facts.status)) continue;
		if (reference !== undefined && facts.reference?.includes(reference) !== true) continue;
		yield facts;
		left -= 1;
		if (left === 0) return;
	}
}

function isGone(status: string): boolean {
	return status === 'deleted' || status === 'expired';
}
