/** What the steps of one recording work with. */
import type {EngineOptions} from './engine-options.ts';
import type {Estimates} from './estimate.ts';
import type {JobFinder} from './job-finder.ts';

export interface StepOptions
	extends Pick<
		EngineOptions,
		'client' | 'ledger' | 'transcripts' | 'emit' | 'onTranscript' | 'waits' | 'clock' | 'temporaryFolder'
	> {
	readonly finder: JobFinder;
	readonly estimates: Estimates;
	readonly settleTime: number;
	readonly wallClock: () => number;
	readonly signal: AbortSignal;
	readonly isForced: boolean;
	readonly wasDone: boolean;
	readonly onJob: (jobId: string) => void;
	/** Called for each request that asks and is not the one that a step is made for. */
	readonly onRequest: () => void;
	/** Aborts when the engine ends; `signal` when the recording does. */
	readonly closed: AbortSignal;
}
