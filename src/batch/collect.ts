/** Collects jobs that were submitted and left to the service, by this machine or another one. */
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {Job} from '../speechmatics/batch-options.ts';
import {JobConfig} from '../speechmatics/config.ts';
import type {Ledger} from './ledger/ledger.ts';
import type {Order, RecordingRecord} from './ledger/records.ts';
import {type OrderOptions, ordersOf} from './orders.ts';
import {baseOf, configHash, referenceIn} from './reference.ts';

export interface Collection {
	/** Left by this machine, and finished since, in whatever way. */
	readonly own: readonly RecordingRecord[];
	/** Left by other machines, finished, and not collected here before. */
	readonly others: readonly Order[];
	/** Jobs that the service is still working on. */
	readonly running: number;
}

/**
 * Finds out what can be collected: reads the whole list of jobs once.
 *
 * @param options.waits whether jobs that still run are taken too
 * @throws what the client throws
 */
export async function collectable(
	client: Pick<BatchClient, 'listAllJobs'>,
	ledger: Ledger,
	{
		account,
		output,
		waits,
		signal,
	}: Pick<OrderOptions, 'account' | 'output'> & {waits: boolean; signal: AbortSignal},
): Promise<Collection> {
	const jobs = new Map<string, Job>();
	for await (const job of client.listAllJobs({signal})) {
		const reference = referenceIn(job);
		if (reference !== undefined) jobs.set(reference, job);
	}
	const isRunning = (reference: string | undefined) => jobs.get(reference ?? '')?.status === 'running';

	const left = ledger.recordings.takeOver(account, {submitted: true});
	const own = left.filter(({reference}) => waits || !isRunning(reference));
	for (const {id, reference} of left)
		if (!waits && isRunning(reference)) ledger.recordings.settle(id, 'submitted');

	const others: Order[] = [];
	for (const [reference, job] of jobs) {
		const isWanted = job.status === 'done' || (waits && job.status === 'running');
		if (!isWanted || ledger.jobs.withReference(account, reference) !== undefined) continue;
		const order = orderOf(job, reference, {account, output});
		ledger.jobs.adopt(order, reference, job.id);
		others.push(order);
	}
	return {own, others, running: [...jobs.values()].filter(({status}) => status === 'running').length};
}

function orderOf(
	job: Job,
	reference: string,
	{account, output}: Pick<OrderOptions, 'account' | 'output'>,
): Order {
	const tracking = job.config?.tracking as {title?: unknown} | undefined;
	const title = typeof tracking?.title === 'string' ? tracking.title : undefined;
	const name = title ?? job.data_name ?? job.id;
	const config = JobConfig.safeParse(job.config).data ?? {
		type: 'transcription' as const,
		transcription_config: {language: 'und'},
	};
	const source = {
		kind: 'url',
		file: name,
		url: `job:${baseOf(reference)}`,
		name,
		shardKey: reference,
	} as const;
	const [order] = ordersOf([source], {account, config, output});
	return {
		...order!,
		kind: 'job',
		file: `${name} (job ${job.id})`,
		config,
		configHash: configHash(config),
		seconds: job.duration ?? undefined,
	};
}
