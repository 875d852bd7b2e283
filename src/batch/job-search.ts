/** Looks at the service for the job of a submission that broke off: nobody knows whether it was made. */
import type {JobRecord} from './ledger/records.ts';
import type {StepOptions} from './step-options.ts';

type SearchOptions = Pick<StepOptions, 'clock' | 'closed' | 'finder' | 'ledger' | 'onRequest' | 'settleTime'>;

export type Look =
	| {readonly is: 'found'; readonly jobId: string}
	/** Not there; the list may be a moment behind. */
	| {readonly is: 'unsure'; readonly lookAgainInMilliseconds: number}
	| {readonly is: 'none'};

export class JobSearch {
	readonly #options: SearchOptions;
	/** Since when it was looked for in vain. */
	#missedAt: number | undefined;

	constructor(options: SearchOptions) {
		this.#options = options;
	}

	/** Looks once. Two looks some time apart make it certain that there is none. */
	async look(job: JobRecord): Promise<Look> {
		const {clock, settleTime} = this.#options;
		const jobId = await this.#find(job);
		if (jobId !== undefined) return {is: 'found', jobId};
		this.#missedAt ??= clock.now();
		const left = this.#missedAt + settleTime - clock.now();
		if (left > 0) return {is: 'unsure', lookAgainInMilliseconds: left};
		this.#missedAt = undefined;
		return {is: 'none'};
	}

	/** Looks until it is certain. @returns its id at the service */
	async lookUntilSure(job: JobRecord): Promise<string | undefined> {
		const {clock, closed, settleTime} = this.#options;
		for (const pause of [0, settleTime]) {
			await clock.sleep(pause, closed);
			const jobId = await this.#find(job);
			if (jobId !== undefined) return jobId;
		}
		return undefined;
	}

	async #find({account, reference, submittingAt}: JobRecord): Promise<string | undefined> {
		const {finder, ledger, onRequest} = this.#options;
		onRequest();
		const found = await finder.find(reference, submittingAt);
		if (found !== undefined) ledger.jobs.submitted(account, reference, found.id, found.requestId);
		return found?.id;
	}
}
