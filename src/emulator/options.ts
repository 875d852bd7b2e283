/** How an emulator is told what to be. */
import type {Clock} from '../speechmatics/clock.ts';
import type {Shape} from './add-ons.ts';
import type {Fault, FaultInput} from './faults.ts';
import type {Mode} from './mode.ts';

export interface EmulatorOptions {
	/** 0, the default, takes any that is free. */
	readonly port?: number;
	/** Only this machine can reach the default, 127.0.0.1. */
	readonly host?: string;
	/** The hosted service unless told otherwise. */
	readonly mode?: Mode;
	/** The one key that is accepted; without it any key is. */
	readonly apiKey?: string;
	/** What goes wrong, and how often. */
	readonly faults?: readonly FaultInput[];
	/** Realtime sessions at once; without it there is no limit. */
	readonly quota?: number;
	/** Whether more than 10 POST or 50 GET a second, and bodies of 1 GB, are refused. */
	readonly limits?: boolean;
	/** Milliseconds that a batch job takes for so many seconds of audio. */
	readonly processingTime?: (duration: number) => number;
	/** Milliseconds that a finished job is kept; a week unless told otherwise. */
	readonly retention?: number;
	/** The status of a job that expired: the service's documents name both. */
	readonly expiredStatus?: 404 | 410;
	/** Seconds that a request waits for a job at most, whatever its `wait` says; 60 unless told otherwise. */
	readonly waitCap?: number;
	/** So many jobs in a row share the millisecond in which they were made. */
	readonly ties?: number;
	/** Which of the two documented forms results of add-ons have. */
	readonly shape?: Shape;
	/** Time for everything but `wait`. Its `sleep` must not return before its time: sessions end by it. */
	readonly clock?: Clock;
	/** Folder for what each realtime session sends, as `<session id>.raw`. */
	readonly saveAudioTo?: string;
	/** Called with an object for each request and session. */
	readonly log?: (line: object) => void;
}

export interface EmulatorStatistics {
	readonly realtime: {
		readonly sessions: number;
		readonly framesReceived: number;
		readonly samplesReceived: number;
	};
	readonly batch: {readonly jobs: number; readonly bytesReceived: number};
}

export interface Emulator extends AsyncDisposable {
	readonly port: number;
	readonly batchUrl: string;
	readonly realtimeUrl: string;
	statistics(): EmulatorStatistics;
	/** Replaces what is to go wrong from here on. @throws TypeError that says what is wrong with it */
	setFaults(faults: readonly FaultInput[]): void;
	/** What is still to go wrong. */
	pendingFaults(): ReadonlyArray<Fault & {readonly left: number}>;
	/** Ends every session and job, and removes what was uploaded. */
	close(): Promise<void>;
}
