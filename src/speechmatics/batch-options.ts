/** What a caller gives to the batch client, and what it gives back. */
import type {Credentials} from './auth.ts';
import type {AnyJobConfig} from './batch-config.ts';
import type {Clock} from './clock.ts';
import type {Send} from './http.ts';
import type {JobDetails, Transcript, TranscriptFormat} from './jobs.ts';
import type {Log} from './log.ts';
import type {MediaInput} from './media.ts';

export interface BatchClientOptions {
	/** Default: `SPEECHMATICS_API_KEY`. */
	readonly apiKey?: string;
	/** Instead of `apiKey`. */
	readonly credentials?: Credentials;
	/** Default: `SPEECHMATICS_BATCH_URL`, else the service in the EU. */
	readonly url?: string;
	/** How often a GET or DELETE that failed for a passing reason is repeated. Default: 5. */
	readonly retries?: number;
	/** Milliseconds until a connection must stand. Default: 30 000. */
	readonly connectTimeout?: number;
	/** Milliseconds without a byte in either direction after which a request fails. Default: 60 000. */
	readonly noProgressTimeout?: number;
	/** Milliseconds for a whole request, uploads included. Default: no limit. */
	readonly requestTimeout?: number;
	/** PEM certificates to trust instead of the system's, for a service with one of its own. */
	readonly ca?: string;
	/** Names the program in the vendor's statistics (`sm-app`). */
	readonly app?: string;
	/** Called with what happens; never with a secret. */
	readonly log?: Log;
	readonly send?: Send;
	readonly clock?: Clock;
	/** Numbers from 0 to 1, for the spread of retries. */
	readonly random?: () => number;
}

export interface RequestOptions {
	readonly signal?: AbortSignal | undefined;
}

export interface ListOptions extends RequestOptions {
	/** 1–100. Default: 100. */
	readonly limit?: number;
	/** RFC 3339; jobs made at or after it are left out. */
	readonly createdBefore?: string;
	readonly includeDeleted?: boolean;
}

/** A recording that the service fetches by itself. */
export interface RemoteMedia {
	readonly url: string;
	/** Whole header lines for the fetch, `Name: value`. */
	readonly authHeaders?: readonly string[];
}

export interface SubmitOptions extends RequestOptions {
	/** What to do with the recording. Default: transcribe English with the `enhanced` model. */
	readonly config?: AnyJobConfig;
	/** The text of an alignment job. */
	readonly text?: MediaInput;
	/** Seconds the service may hold the answer until the job is finished. Default: it answers at once. */
	readonly wait?: number;
	/** In which form the transcript is wanted. Default: `json-v2`. */
	readonly format?: TranscriptFormat;
	/** For on-prem workers: how many engines work on the job. */
	readonly parallelEngines?: number;
	/** For on-prem workers: for whom they do. */
	readonly userId?: string;
	/** Called as bytes of the recording leave this machine. */
	readonly onUploadProgress?: (sentBytes: number, totalBytes: number) => void;
}

export interface WaitOptions extends RequestOptions {
	/** Milliseconds until it is given up; the job itself goes on. Default: no limit. */
	readonly timeout?: number;
	/** Called with each state the service tells. */
	readonly onUpdate?: (job: Job) => void;
}

/**
 * A job by its id, or with the address of the service that has it: a job exists only in the region that made it, so
 * what is kept for later should hold both.
 */
export type JobReference = string | {readonly id: string; readonly url?: string};

export interface SubmittedJob {
	readonly id: string;
	/** The service that has the job. */
	readonly url: string;
	readonly requestId: string | undefined;
	/** How the wait ended, where one was asked for: `created` (it still runs), `done`, `rejected` or `deleted`. */
	readonly outcome: string | undefined;
	/** The transcript, where one was waited for and the service sent it along. */
	readonly transcript: Transcript | string | undefined;
}

export type Job = JobDetails & {
	/** The service that has the job. */
	readonly url: string;
	readonly requestId: string | undefined;
};
