/** What a batch engine is made of. */
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {Clock} from '../speechmatics/clock.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {BatchEvent} from './events.ts';
import type {Ledger} from './ledger/ledger.ts';
import type {SavedTranscripts} from './saved-transcripts.ts';
import type {Limits} from './scheduler.ts';

export interface EngineOptions {
	/** Without retries of its own: the scheduler decides when to ask again. */
	readonly client: BatchClient;
	readonly ledger: Ledger;
	readonly transcripts: SavedTranscripts;
	readonly limits: Limits;
	/** Requests a second. */
	readonly rates: {readonly submissions: number; readonly reads: number};
	readonly emit: (event: BatchEvent) => void;
	/** Called with each transcript before its outputs are written. */
	readonly onTranscript?: ((file: string, transcript: Transcript) => void) | undefined;
	/** False leaves the jobs to the service, to be collected later. */
	readonly waits?: boolean;
	readonly clock: Clock;
	/** Milliseconds since 1970. */
	readonly wallClock?: () => number;
	readonly random?: () => number;
	/** Milliseconds from a submission that broke off until it is certain that its job is in the list, if anywhere. */
	readonly settleTime?: number;
	/** Folder for recordings that have to be converted. */
	readonly temporaryFolder: string;
}
