import type {
	BatchClientOptions,
	Job,
	JobReference,
	ListOptions,
	RemoteMedia,
	RequestOptions,
	SubmitOptions,
	SubmittedJob,
	WaitOptions,
} from './batch-options.ts';
import {BatchTransport, type Call} from './batch-transport.ts';
import {parseEndpoint} from './endpoints.ts';
import {ConfigurationError, JobGoneError, ResponseError, TranscriptNotReadyError} from './errors.ts';
import type {HttpResponse} from './http.ts';
import {readPage, walkJobs} from './job-list.ts';
import {throwIfFailed, waitForJob} from './job-wait.ts';
import {Features, JobResponse, Transcript, type TranscriptFormat, Usage} from './jobs.ts';
import type {MediaInput} from './media.ts';
import {parsed, requestIdOf} from './responses.ts';
import {formatParameter, submit} from './submission.ts';

export type * from './batch-options.ts';
export {defaultJobConfig} from './submission.ts';

type TranscriptOptions = RequestOptions & {
	/** Seconds the service may hold the answer until the job is finished. Default: it answers at once. */
	readonly wait?: number;
};

/** The Speechmatics Batch API. Stateless but for its configuration: one client serves any number of jobs at once. */
export class BatchClient implements AsyncDisposable {
	readonly #transport: BatchTransport;

	/** @throws AuthenticationError when there is no key, ConfigurationError when the address is none */
	constructor(options: BatchClientOptions = {}) {
		this.#transport = new BatchTransport(options);
	}

	get url(): URL {
		return this.#transport.url;
	}

	/**
	 * Uploads a recording and makes a job of it, or lets the service fetch it. Sent once only: after a connection that
	 * broke, a second try could make a second job to pay for. Only a refused key (401) is safe to follow up with a
	 * refreshed one.
	 *
	 * @param input may be absent where the config has `fetch_data`
	 * @throws ConfigurationError before anything is sent; AuthenticationError, RateLimitedError, ResponseError,
	 * ConnectionError, TimeoutError
	 */
	async submitJob(
		input: MediaInput | RemoteMedia | undefined,
		options: SubmitOptions = {},
	): Promise<SubmittedJob> {
		return submit(this.#transport, input, options);
	}

	/**
	 * Reads the state of a job.
	 *
	 * @param options.wait seconds the service may hold the answer until the job is finished; 0 answers at once
	 * @throws ResponseError with status 404 for an unknown job, JobExpiredError for one no longer kept
	 */
	async getJob(job: JobReference, {wait = 0, signal}: RequestOptions & {wait?: number} = {}): Promise<Job> {
		return this.#jobIn(job, await this.#read(job, [], {wait}, signal));
	}

	/** Lists jobs, newest first. A row that cannot be understood is left out. */
	async listJobs(options: ListOptions = {}): Promise<Job[]> {
		return [...(await readPage(this.#transport, options)).jobs];
	}

	/**
	 * Goes through all jobs the service keeps, newest first, each once. Pages are fetched as they are needed.
	 *
	 * @throws UnexpectedResponseError where more than a page of jobs was made within one millisecond
	 */
	listAllJobs(
		options: RequestOptions & {includeDeleted?: boolean} = {},
	): AsyncGenerator<Job, void, undefined> {
		return walkJobs((createdBefore) =>
			readPage(this.#transport, {...options, ...(createdBefore && {createdBefore})}),
		);
	}

	/**
	 * Deletes a job and what the service keeps of it.
	 *
	 * @param options.force also ends a job that is still running
	 * @throws JobRunningError without `force` while the job runs, JobExpiredError when it is no longer kept
	 */
	async deleteJob(job: JobReference, {force, signal}: RequestOptions & {force?: boolean} = {}): Promise<Job> {
		const call = this.#callFor(job, [], {force}, signal);
		return this.#jobIn(job, await this.#transport.repeatable({...call, method: 'DELETE'}));
	}

	/**
	 * Fetches a finished transcript: typed json-v2, or the service's own `txt` or `srt` as text.
	 *
	 * @throws TranscriptNotReadyError while the job runs, JobRejectedError, JobGoneError, JobExpiredError; ResponseError
	 * with status 404 for an unknown job
	 */
	async getTranscript(
		job: JobReference,
		options?: TranscriptOptions & {format?: 'json-v2'},
	): Promise<Transcript>;
	async getTranscript(
		job: JobReference,
		options: TranscriptOptions & {format: 'txt' | 'srt'},
	): Promise<string>;
	async getTranscript(
		job: JobReference,
		options?: TranscriptOptions & {format?: TranscriptFormat},
	): Promise<Transcript | string>;
	async getTranscript(
		job: JobReference,
		{format = 'json-v2', wait = 0, signal}: TranscriptOptions & {format?: TranscriptFormat} = {},
	): Promise<Transcript | string> {
		const fetch = () => this.#read(job, ['transcript'], {wait, format: formatParameter(format)}, signal);
		const response = await fetch().catch(async (error: unknown) => {
			if (!(error instanceof ResponseError) || error.status !== 404 || error instanceof JobGoneError)
				throw error;
			await this.#explainMissingTranscript(job, error, signal);
			return fetch();
		});
		return format === 'json-v2' ? parsed(Transcript, response) : response.text;
	}

	/** The result of an alignment job: its text with times in it. Only where the contract has alignment. */
	async getAlignment(
		job: JobReference,
		{tags, signal}: RequestOptions & {tags?: 'word_start_and_end' | 'one_per_line'} = {},
	): Promise<string> {
		return (await this.#read(job, ['alignment'], {tags}, signal)).text;
	}

	/** What the service noted while it worked on a job. @throws ResponseError with status 501 where it keeps none */
	async getLog(job: JobReference, {signal}: RequestOptions = {}): Promise<string> {
		return (await this.#read(job, ['log'], {}, signal)).text;
	}

	/** The recording of a job as it was uploaded, whole in memory. Not every service has it. */
	async getData(
		job: JobReference,
		{signal}: RequestOptions = {},
	): Promise<{bytes: Uint8Array; contentType: string | undefined}> {
		const {bytes, text, headers} = await this.#read(job, ['data'], {}, signal);
		return {bytes: bytes ?? new TextEncoder().encode(text), contentType: headers['content-type']};
	}

	/**
	 * What was used, by whole UTC days up to yesterday.
	 *
	 * @param options.since first day, `YYYY-MM-DD`; default: that of the first job
	 * @param options.until last day; default: yesterday
	 */
	async getUsage({
		since,
		until,
		signal,
	}: RequestOptions & {since?: string; until?: string} = {}): Promise<Usage> {
		for (const [name, day] of Object.entries({since, until})) {
			if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
				throw new ConfigurationError(`${name} must be a day such as 2026-01-31, not "${day}"`);
		}
		return parsed(Usage, await this.#transport.repeatable({path: ['usage'], query: {since, until}, signal}));
	}

	/** What the service can do: languages, locales, domains, translations. It asks for no key. */
	async getFeatures({signal}: RequestOptions = {}): Promise<Features> {
		const base = new URL(this.url);
		base.pathname = base.pathname.replace(/\/v2$/, '');
		const call: Call = {base, path: ['v1', 'discovery', 'features'], isPublic: true, signal};
		return parsed(Features, await this.#transport.repeatable(call));
	}

	/**
	 * Waits until a job is finished. The service holds each request until then; where it does not, it is asked
	 * again after growing pauses.
	 *
	 * @throws JobRejectedError, JobGoneError (also JobExpiredError), TimeoutError after `timeout`
	 */
	async waitForCompletion(job: JobReference, options: WaitOptions = {}): Promise<Job> {
		const signal = this.#transport.signal(options.signal);
		const read = (wait: number) => this.getJob(job, {signal, wait});
		return waitForJob(read, this.#transport, {...options, signal});
	}

	/** Submits a recording, waits, and fetches its transcript. Throws what the three steps throw. */
	async transcribe(
		input: MediaInput | RemoteMedia | undefined,
		options?: SubmitOptions & WaitOptions & {format?: 'json-v2'},
	): Promise<Transcript>;
	async transcribe(
		input: MediaInput | RemoteMedia | undefined,
		options: SubmitOptions & WaitOptions & {format: 'txt' | 'srt'},
	): Promise<string>;
	async transcribe(
		input: MediaInput | RemoteMedia | undefined,
		options: SubmitOptions & WaitOptions = {},
	): Promise<Transcript | string> {
		const job = await this.submitJob(input, options);
		if (job.outcome === 'done' && job.transcript !== undefined) return job.transcript;
		await this.waitForCompletion(job, options);
		return this.getTranscript(job, {signal: options.signal, format: options.format ?? 'json-v2'});
	}

	/** Ends every request of this client that is under way. */
	close(): void {
		this.#transport.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.close();
	}

	/** A 404 says neither whether there is such a job nor how it stands. Returns where the transcript has just come. */
	async #explainMissingTranscript(
		job: JobReference,
		{status, detail, requestId}: ResponseError,
		signal: AbortSignal | undefined,
	): Promise<void> {
		const state = await this.getJob(job, {signal});
		throwIfFailed(state);
		if (state.status !== 'done') throw new TranscriptNotReadyError(state.id, {status, detail, requestId});
	}

	#jobIn(reference: JobReference, response: HttpResponse): Job {
		const url = this.#callFor(reference, []).base ?? this.url;
		return {...parsed(JobResponse, response).job, url: url.href, requestId: requestIdOf(response)};
	}

	#read(
		job: JobReference,
		path: readonly string[],
		query: Call['query'],
		signal?: AbortSignal,
	): Promise<HttpResponse> {
		return this.#transport.repeatable(this.#callFor(job, path, query, signal));
	}

	#callFor(job: JobReference, path: readonly string[], query?: Call['query'], signal?: AbortSignal): Call {
		const {id, url} = typeof job === 'string' ? {id: job} : job;
		if (id === '') throw new ConfigurationError('The id of a job is empty');
		const base = url === undefined ? undefined : parseEndpoint(url, ['https:', 'http:']);
		return {base, jobId: id, path: ['jobs', id, ...path], ...(query && {query}), signal};
	}
}
