/** What is known of the jobs of a batch beyond the table: what was kept here, and what the service says when asked. */
import {createStore} from 'zustand/vanilla';
import {type KeptJob, keptJob} from '../../batch/kept-job.ts';
import {shownConfig} from '../../batch/shown-config.ts';
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import {SIMULATED_MARK} from '../../captions/render.ts';
import type {Copied} from '../../platform/clipboard.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {Job} from '../../speechmatics/batch-client.ts';
import type {Details, ServiceAnswer} from '../presentation/details-lines.ts';
import type {ControllerOptions} from './controller-options.ts';
import {isGone} from './job-deletion.ts';

export interface JobDetailsOptions extends Pick<ControllerOptions, 'services' | 'tell' | 'now'> {
	readonly table: BatchTable;
	readonly copy: (text: string) => Promise<Copied>;
}

/** Answers of the service that are kept. */
const MOST_ANSWERS = 100;

export class JobDetails {
	readonly store = createStore<{
		/** By the job's id. */
		readonly answers: ReadonlyMap<string, ServiceAnswer>;
		readonly isAsking: boolean;
	}>(() => ({answers: new Map(), isAsking: false}));
	readonly #options: JobDetailsOptions;
	/** Of the row that was looked at last: a frame must not read the ledger. */
	#known: {readonly row: BatchRow; readonly kept: KeptJob | undefined; readonly config: unknown} | undefined;

	constructor(options: JobDetailsOptions) {
		this.#options = options;
	}

	/** All that is known of a recording now; `undefined` where it is in the table no more. */
	of(file: string): Details | undefined {
		const {table, services, now} = this.#options;
		const row = table.row(file);
		if (row === undefined) return undefined;
		const {kept, config} = this.#keptOf(row);
		const answer = this.store.getState().answers.get(row.jobId ?? '');
		return {
			row,
			timeline: table.timeline(file),
			kept,
			config,
			requestIds: requestIdsOf(row, kept, answer),
			service: services.batchClient.url.href,
			isSimulated: services.demo,
			answer,
			now: now(),
			wall: this.#wall,
		};
	}

	/** Asks the service how a job stands. */
	async ask(file: string): Promise<void> {
		const {table, services, tell} = this.#options;
		const jobId = table.row(file)?.jobId;
		if (jobId === undefined || this.store.getState().isAsking) return;
		this.store.setState({isAsking: true});
		try {
			const job = await services.batchClient.getJob(jobId);
			this.#keep(jobId, answerOf(job, this.#wall));
			tell(`The service says: ${job.status}`);
		} catch (error) {
			const gone = isGone(error);
			if (gone) this.#keep(jobId, {...NO_ANSWER, at: this.#wall, status: 'it keeps no such job any more'});
			tell(gone ? 'The service keeps no such job any more' : messageOf(error), 'problem');
		} finally {
			this.store.setState({isAsking: false});
		}
	}

	/** Copies what support asks for: the job's id, those of the requests, and the service. */
	async copyIds(file: string): Promise<void> {
		const {copy, tell} = this.#options;
		const details = this.of(file);
		if (details?.row.jobId === undefined) return;
		try {
			await copy(supportText(details));
			tell('Copied the ids of the job and its requests');
		} catch (error) {
			tell(messageOf(error), 'problem');
		}
	}

	get #wall(): number {
		return (this.#options.services.batch.engine.wallClock ?? Date.now)();
	}

	#keptOf(row: BatchRow) {
		const {file, jobId, state, outputs} = row;
		const known = this.#known;
		const isSame =
			known?.row.file === file &&
			known.row.jobId === jobId &&
			known.row.state === state &&
			known.row.outputs === outputs;
		if (isSame) return known;
		const {engine, order} = this.#options.services.batch;
		const kept = keptJob(engine.ledger, order.account, row);
		this.#known = {row, kept, config: kept && shownConfig(kept.config)};
		return this.#known;
	}

	/** What was written or noted since is read anew with the next look. */
	forget(): void {
		this.#known = undefined;
	}

	#keep(jobId: string, answer: ServiceAnswer): void {
		const others = [...this.store.getState().answers].filter(([id]) => id !== jobId);
		this.store.setState({answers: new Map([...others.slice(1 - MOST_ANSWERS), [jobId, answer]])});
	}
}

const NO_ANSWER = {createdAt: undefined, seconds: undefined, errors: [], requestIds: []} as const;

function answerOf(job: Job, at: number): ServiceAnswer {
	const createdAt = Date.parse(job.created_at ?? '');
	return {
		at,
		status: job.status,
		createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
		// What the service fetches itself has no length before it is there.
		seconds: job.duration || undefined,
		errors: job.errors?.map(({message}) => message) ?? [],
		requestIds: [job.request_id ?? job.requestId].filter((id) => id !== undefined),
	};
}

function requestIdsOf(
	{requestId}: BatchRow,
	kept: KeptJob | undefined,
	answer: ServiceAnswer | undefined,
): readonly string[] {
	const ids = [...(kept?.job.requestIds ?? []), requestId, ...(answer?.requestIds ?? [])];
	return [...new Set(ids.filter((id) => id !== undefined))];
}

function supportText({row, requestIds, service, isSimulated}: Details): string {
	const lines = [`Job: ${row.jobId}`, ...requestIds.map((id) => `Request: ${id}`), `Service: ${service}`];
	return [...(isSimulated ? [SIMULATED_MARK] : []), ...lines].join('\n');
}
