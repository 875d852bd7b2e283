/** `speechdeck jobs show`. */
import {remedyFor} from '../../batch/remedies.ts';
import {shownConfig, withoutSecrets} from '../../batch/shown-config.ts';
import {localTime} from '../../platform/local-time.ts';
import {printable} from '../../platform/printable.ts';
import {timeSpan} from '../../platform/units.ts';
import type {Job} from '../../speechmatics/batch-client.ts';
import {type ServiceFlags, withBatchService} from '../batch-service.ts';
import {roughSpan} from '../moments.ts';
import {ndjsonLine, type Streams} from '../streams.ts';
import {forEachJob} from './each-job.ts';
import {factsOf} from './facts.ts';
import {jobRecord} from './table.ts';

export interface JobsShowFlags extends ServiceFlags {
	readonly json?: boolean;
}

/** @returns the exit code */
export function jobsShowCommand(
	id: string,
	{json, ...flags}: JobsShowFlags,
	streams: Streams,
	now = Date.now,
): Promise<number> {
	return withBatchService(flags, streams, ({client, signal}) =>
		forEachJob([id], signal, streams, async () => {
			const job = await client.getJob(id, {signal});
			if (json === true) streams.out.line(ndjsonLine(wholeRecord(job)));
			else for (const line of detailLines(job, now())) streams.out.line(line);
		}),
	);
}

function wholeRecord(job: Job): object {
	return {
		...jobRecord(factsOf(job)),
		errors: job.errors ?? [],
		config: withoutSecrets(job.config),
		url: job.url,
		requestId: job.request_id ?? job.requestId,
	};
}

/**
 * All that is known of a job, one fact a line.
 *
 * @param now milliseconds since 1970
 */
function detailLines(job: Job, now: number): string[] {
	const facts = factsOf(job);
	const {config, errors} = {config: job.config ?? {}, errors: job.errors ?? []};
	const tracking = Object.entries((config as {tracking?: object | null}).tracking ?? {});
	const pairs: Array<[string, string | undefined]> = [
		['id', facts.id],
		['status', facts.status],
		['created', facts.createdAt === undefined ? undefined : localTime(facts.createdAt)],
		['expires', facts.expiresAt === undefined ? undefined : expiry(facts.expiresAt, now)],
		['length', facts.duration === undefined ? undefined : timeSpan(facts.duration)],
		['name', facts.name],
		['text', job.text_name ?? undefined],
		['language', facts.language],
		['model', facts.model],
		...tracking
			.filter(([, value]) => value !== null)
			.map(([key, value]): [string, string] => [
				key,
				typeof value === 'string' ? value : JSON.stringify(value),
			]),
		...errors.flatMap(
			({message, timestamp}): Array<[string, string | undefined]> => [
				['error', timestamp ? `${message} (${timestamp})` : message],
				['remedy', remedyFor(message)],
			],
		),
		['service', job.url],
		['request id', job.request_id ?? job.requestId],
	];
	const shown = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
	const width = Math.max(...shown.map(([name]) => name.length)) + 2;
	const settings = JSON.stringify(shownConfig(config), undefined, 2).split('\n');
	return [
		...shown.map(([name, text]) => printable(name).padEnd(width) + printable(text)),
		...settings.map((line, index) => (index === 0 ? 'config' : '').padEnd(width) + printable(line)),
	];
}

function expiry(expiresAt: number, now: number): string {
	const when = expiresAt <= now ? 'any moment' : `in ${roughSpan(expiresAt - now)}`;
	return `${localTime(expiresAt)} (${when})`;
}
