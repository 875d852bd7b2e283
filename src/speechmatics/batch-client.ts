import {randomUUID} from 'node:crypto';
import type {z} from 'zod';
import {type Credentials, credentialsFromEnvironment, staticKey} from './auth.ts';
import {type Clock, systemClock} from './clock.ts';
import {DEFAULT_LANGUAGE, DEFAULT_MODEL, JobConfig} from './config.ts';
import {DEFAULT_BATCH_URL, endpointUrl, parseEndpoint} from './endpoints.ts';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	JobGoneError,
	JobRejectedError,
	TimeoutError,
	UnexpectedResponseError,
} from './errors.ts';
import {type HttpBody, type HttpRequest, type HttpResponse, type Send, sendOverNetwork} from './http.ts';
import {
	CreatedJob,
	JobDetails,
	JobListResponse,
	JobResponse,
	Transcript,
	type TranscriptFormat,
} from './jobs.ts';
import {type MediaInput, openMedia} from './media.ts';
import {jobBody} from './multipart.ts';
import {requestIdOf, responseError} from './responses.ts';
import {DEFAULT_RETRIES, spread, withRetries} from './retry.ts';

export interface BatchClientOptions {
	/** Default: `SPEECHMATICS_API_KEY`. */
	readonly apiKey?: string;
	/** Instead of `apiKey`. */
	readonly credentials?: Credentials;
	/** Default: `SPEECHMATICS_BATCH_URL`, else the service in the EU. */
	readonly url?: string;
	/** How often a GET or DELETE that failed for a passing reason is repeated. Default: 5. */
	readonly retries?: number;
	readonly send?: Send;
	readonly clock?: Clock;
	/** Numbers from 0 to 1, for the spread of retries. */
	readonly random?: () => number;
}

export interface RequestOptions {
	readonly signal?: AbortSignal | undefined;
}

export interface SubmitOptions extends RequestOptions {
	/** What to do with the recording. Default: transcribe English with the `enhanced` model. */
	readonly config?: JobConfig;
	/** Called as bytes of the recording leave this machine. */
	readonly onUploadProgress?: (sentBytes: number, totalBytes: number) => void;
}

export interface WaitOptions extends RequestOptions {
	/** Milliseconds until it is given up; the job itself goes on. Default: no limit. */
	readonly timeout?: number;
	/** Called with each state the service tells. */
	readonly onUpdate?: (job: JobDetails) => void;
}

export interface SubmittedJob {
	readonly id: string;
	readonly requestId: string | undefined;
}

/** Seconds the service is asked to hold a status request until the job is finished. Source: docs, "Synchronous". */
const LONG_POLL = 30;
/** Milliseconds a held request may take beyond what was asked before the connection counts as dead. */
const NO_PROGRESS_TIMEOUT = 60_000;
/** Where a server answers at once instead of holding the request: first and longest pause, milliseconds. */
const FIRST_POLL_PAUSE = 500;
const LONGEST_POLL_PAUSE = 5000;
const POLL_PAUSE_GROWTH = 1.6;

/** The Speechmatics Batch API. Stateless but for its configuration: one client serves any number of jobs at once. */
export class BatchClient implements AsyncDisposable {
	readonly url: URL;
	readonly #credentials: Credentials;
	readonly #send: Send;
	readonly #clock: Clock;
	readonly #random: () => number;
	readonly #retries: number;
	readonly #closed = new AbortController();

	/**
	 * @throws AuthenticationError when there is no key, ConfigurationError when the address is none
	 */
	constructor(options: BatchClientOptions = {}) {
		this.url = parseEndpoint(options.url ?? process.env.SPEECHMATICS_BATCH_URL ?? DEFAULT_BATCH_URL, [
			'https:',
			'http:',
		]);
		this.#credentials =
			options.credentials ??
			(options.apiKey === undefined ? credentialsFromEnvironment(process.env) : staticKey(options.apiKey));
		this.#send = options.send ?? sendOverNetwork;
		this.#clock = options.clock ?? systemClock;
		this.#random = options.random ?? Math.random;
		this.#retries = options.retries ?? DEFAULT_RETRIES;
	}

	/**
	 * Uploads a recording and makes a job of it. Sent once only: after a connection that broke, a second try could
	 * make a second job to pay for.
	 *
	 * @throws ConfigurationError before anything is sent; AuthenticationError, ResponseError, ConnectionError,
	 * TimeoutError
	 */
	async submitJob(input: MediaInput, options: SubmitOptions = {}): Promise<SubmittedJob> {
		const config = checkedConfig(options.config ?? defaultJobConfig());
		const media = await openMedia(input);
		const body = jobBody(JSON.stringify(config), media);
		const response = await this.#request('POST', endpointUrl(this.url, ['jobs']), {
			body,
			signal: options.signal,
			onUploadProgress: progressOf(body, media.size, options.onUploadProgress),
		}).catch((error: unknown) => this.#explainBrokenUpload(error, options.signal));
		return {id: parsed(CreatedJob, response).id, requestId: requestIdOf(response)};
	}

	/**
	 * Reads the state of a job.
	 *
	 * @param options.wait seconds the service may hold the answer until the job is finished; 0 answers at once
	 * @throws ResponseError with status 404 for an unknown job, 410 for one no longer kept
	 */
	async getJob(id: string, options: RequestOptions & {wait?: number} = {}): Promise<JobDetails> {
		const url = endpointUrl(this.url, ['jobs', id], {wait: options.wait ?? 0});
		return parsed(JobResponse, await this.#repeatable('GET', url, options.signal)).job;
	}

	/**
	 * Lists jobs, newest first. A row that cannot be understood is left out.
	 *
	 * @param options.limit 1–100
	 * @param options.createdBefore RFC 3339; jobs made at or after it are left out
	 */
	async listJobs(
		options: RequestOptions & {limit?: number; createdBefore?: string; includeDeleted?: boolean} = {},
	): Promise<JobDetails[]> {
		const url = endpointUrl(this.url, ['jobs'], {
			// The default size differs between the vendor's own pages, so it is always said.
			limit: options.limit ?? 100,
			created_before: options.createdBefore,
			include_deleted: options.includeDeleted,
		});
		const {jobs} = parsed(JobListResponse, await this.#repeatable('GET', url, options.signal));
		return jobs.flatMap((row) => JobDetails.safeParse(row).data ?? []);
	}

	/**
	 * Deletes a job and what the service keeps of it.
	 *
	 * @param options.force also ends a job that is still running; without it the service answers 423
	 */
	async deleteJob(id: string, options: RequestOptions & {force?: boolean} = {}): Promise<JobDetails> {
		const url = endpointUrl(this.url, ['jobs', id], {force: options.force});
		return parsed(JobResponse, await this.#repeatable('DELETE', url, options.signal)).job;
	}

	/**
	 * Fetches a finished transcript: typed json-v2, or the service's own `txt` or `srt` as text.
	 *
	 * @throws ResponseError with status 404 when the job is unknown or not finished, 410 when it is no longer kept
	 */
	async getTranscript(id: string, options?: RequestOptions & {format?: 'json-v2'}): Promise<Transcript>;
	async getTranscript(id: string, options: RequestOptions & {format: 'txt' | 'srt'}): Promise<string>;
	async getTranscript(
		id: string,
		{format = 'json-v2', signal}: RequestOptions & {format?: TranscriptFormat} = {},
	): Promise<Transcript | string> {
		// On-prem workers know json-v2 by another name, so the default goes unnamed.
		const query = {wait: 0, format: format === 'json-v2' ? undefined : format};
		const url = endpointUrl(this.url, ['jobs', id, 'transcript'], query);
		const response = await this.#repeatable('GET', url, signal);
		return format === 'json-v2' ? parsed(Transcript, response) : response.text;
	}

	/**
	 * Waits until a job is finished. The service holds each request until then; where it does not, it is asked
	 * again after growing pauses.
	 *
	 * @throws JobRejectedError, JobGoneError, TimeoutError after `timeout`
	 */
	async waitForCompletion(id: string, options: WaitOptions = {}): Promise<JobDetails> {
		const {timeout = Number.POSITIVE_INFINITY, signal, onUpdate} = options;
		const deadline = this.#clock.now() + timeout;
		let pause = FIRST_POLL_PAUSE;
		for (;;) {
			const asked = this.#clock.now();
			const wait = Math.ceil(Math.min(LONG_POLL, (deadline - asked) / 1000));
			const job = await this.getJob(id, {signal, wait});
			onUpdate?.(job);
			if (job.status === 'done') return job;
			if (job.status === 'rejected') {
				throw new JobRejectedError(id, job.errors?.map(({message}) => message) ?? []);
			}
			if (job.status === 'deleted' || job.status === 'expired') throw new JobGoneError(id, job.status);

			const now = this.#clock.now();
			if (now >= deadline) {
				throw new TimeoutError(
					`Job ${id} was not finished after ${Math.round(timeout / 1000)} s; it goes on`,
				);
			}
			const held = now - asked >= (wait * 1000) / 2;
			if (held) continue;
			await this.#clock.sleep(Math.min(spread(pause, this.#random), deadline - now), signal);
			pause = Math.min(pause * POLL_PAUSE_GROWTH, LONGEST_POLL_PAUSE);
		}
	}

	/** Uploads a recording, waits, and fetches its transcript. Throws what the three steps throw. */
	async transcribe(input: MediaInput, options: SubmitOptions & WaitOptions = {}): Promise<Transcript> {
		const {id} = await this.submitJob(input, options);
		await this.waitForCompletion(id, options);
		return this.getTranscript(id, {signal: options.signal});
	}

	/** Ends every request of this client that is under way. */
	close(): void {
		this.#closed.abort(new ConfigurationError('The client was closed'));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.close();
	}

	/**
	 * A server that refuses the key may close the connection in the middle of the upload, and its 401 is then lost
	 * with it. Reading the job list tells whether that was it.
	 */
	async #explainBrokenUpload(error: unknown, signal: AbortSignal | undefined): Promise<never> {
		if (error instanceof ConnectionError) {
			const list = endpointUrl(this.url, ['jobs'], {limit: 1});
			await this.#request('GET', list, {signal}).catch((second: unknown) => {
				if (second instanceof AuthenticationError) throw second;
			});
		}
		throw error;
	}

	#repeatable(method: 'GET' | 'DELETE', url: URL, signal?: AbortSignal): Promise<HttpResponse> {
		const attempt = () => this.#request(method, url, {signal});
		return withRetries(attempt, {
			clock: this.#clock,
			random: this.#random,
			retries: this.#retries,
			signal,
		});
	}

	async #request(
		method: HttpRequest['method'],
		url: URL,
		{signal, ...rest}: Partial<HttpRequest>,
	): Promise<HttpResponse> {
		const authorization = await this.#credentials.authorization();
		const held = Number(url.searchParams.get('wait') ?? 0) * 1000;
		const response = await this.#send({
			...rest,
			method,
			url,
			headers: {
				Accept: 'application/json, text/plain',
				'X-Request-Id': randomUUID(),
				...(authorization === undefined ? {} : {Authorization: authorization}),
			},
			signal: signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]),
			noProgressTimeout: NO_PROGRESS_TIMEOUT + held,
		});
		if (response.status >= 200 && response.status < 300) return response;
		throw responseError(response, url, authorization !== undefined);
	}
}

/** What is sent when the caller asks for nothing special. */
export function defaultJobConfig(): JobConfig {
	return {
		type: 'transcription',
		transcription_config: {language: DEFAULT_LANGUAGE, model: DEFAULT_MODEL},
	};
}

function checkedConfig(config: JobConfig): JobConfig {
	const result = JobConfig.safeParse(config);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw new ConfigurationError(`The job config is wrong at ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Counts the recording's own bytes: those of the multipart frame around it are of no interest to anyone. */
function progressOf(
	body: HttpBody,
	size: number,
	report: SubmitOptions['onUploadProgress'],
): ((sent: number) => void) | undefined {
	if (report === undefined) return undefined;
	const frame = body.length - size;
	return (sent) => report(Math.max(0, Math.min(size, sent - frame)), size);
}

function parsed<Schema extends z.ZodType>(schema: Schema, response: HttpResponse): z.output<Schema> {
	const requestId = requestIdOf(response);
	let json: unknown;
	try {
		json = JSON.parse(response.text);
	} catch (cause) {
		throw new UnexpectedResponseError('The service answered with something that is not JSON', {
			requestId,
			cause,
		});
	}
	const result = schema.safeParse(json);
	if (result.success) return result.data;
	const where = result.error.issues[0]?.path.join('.') ?? '';
	throw new UnexpectedResponseError(`The service's answer cannot be understood (at "${where}")`, {
		requestId,
		cause: result.error,
	});
}
