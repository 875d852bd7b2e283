/** The batch REST API: requests in, answers out. What jobs are is in `jobs.ts`. */
import {randomUUID} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {rm, stat} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {join} from 'node:path';
import {AudioError} from '../audio/source.ts';
import type {Clock} from '../speechmatics/clock.ts';
import type {Shape} from './add-ons.ts';
import {alignedText, alignmentOf, newAlignment, tagsOf} from './alignment.ts';
import {answer, answerJson, Refusal} from './answers.ts';
import {fetchRecording} from './fetching.ts';
import {configOf} from './job-config.ts';
import {type Job, JobStore, type JobStoreOptions, serviceId, workerId} from './jobs.ts';
import type {Identity} from './keys.ts';
import type {Mode} from './mode.ts';
import {notify} from './notifications.ts';
import {ObjectUrls} from './object-urls.ts';
import {formatOf, integer, LARGEST_PAGE, momentOf, waitOf} from './queries.ts';
import {jobDetails, transcriptAs} from './server-formats.ts';
import {receiveUpload} from './upload.ts';
import {usageOf} from './usage.ts';

/** Jobs under way at once. Source: docs, batch limits. */
const MOST_RUNNING = 20_000;
/** Bytes of a body that is refused. Source: docs, batch limits; they do not say how. */
const TOO_LARGE = 1_000_000_000;
/** Recordings up to this are kept as long as their jobs, so that they can be had again. Bytes. */
const KEPT_RECORDING = 32_000_000;

const PLAIN = 'text/plain; charset=utf-8';
const PARTS = ['transcript', 'log', 'data', 'text', 'alignment', 'object-urls'];

export interface BatchApiOptions {
	/** Private folder for uploads. */
	readonly folder: string;
	readonly mode: Mode;
	readonly clock: Clock;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly processingTime: (duration: number) => number;
	readonly retention: number;
	/** How a job that expired is answered. */
	readonly expiredStatus: 404 | 410;
	readonly ties: number;
	/** Seconds that a request waits for a job at most. */
	readonly waitCap: number;
	readonly limits: boolean;
	readonly shape: Shape;
	readonly log: (line: object) => void;
	readonly mishearings: JobStoreOptions['mishearings'];
}

/** A request, as the router found it. */
export interface BatchRequest {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly query: URLSearchParams;
	readonly identity: Identity;
	/** The body at the speed it is to be read. */
	readonly body: AsyncIterable<Uint8Array>;
}

export class BatchApi {
	readonly #options: BatchApiOptions;
	readonly #jobs: JobStore;
	readonly #urls: ObjectUrls;
	#bytesReceived = 0;

	constructor(options: BatchApiOptions) {
		this.#options = options;
		this.#urls = new ObjectUrls(options.now);
		const {clock, folder, log, mode} = options;
		const onFailure = (job: Job) => (message: string) => this.#jobs.addError(job, message);
		this.#jobs = new JobStore({
			...options,
			newId: mode === 'batch-worker' ? workerId : serviceId,
			fetch: async (job, signal) => {
				const path = join(folder, randomUUID());
				const {url = '', auth_headers} = job.config.fetch_data ?? {};
				const found = await fetchRecording({url, auth_headers}, path, {
					clock,
					signal,
					onFailure: onFailure(job),
				});
				return found ? path : undefined;
			},
			notify: (job, signal) => notify(job, {clock, signal, log, onFailure: onFailure(job)}),
			remove: (path) => rm(path, {force: true}),
			keeps: async (path) => (await stat(path)).size <= KEPT_RECORDING,
		});
	}

	/** Bytes of recordings, without the multipart around them. */
	statistics(): {jobs: number; bytesReceived: number} {
		return {jobs: this.#jobs.count, bytesReceived: this.#bytesReceived};
	}

	/** Jobs under way. */
	get running(): readonly Job[] {
		return this.#jobs.running;
	}

	/**
	 * Answers a request whose path lies under `/v2/jobs`.
	 *
	 * @param path what follows `/v2/jobs`, in segments
	 * @throws Refusal
	 */
	async handle(asked: BatchRequest, path: readonly string[]): Promise<void> {
		const [id, part, ...more] = path;
		const method = asked.request.method ?? '';
		if (more.length > 0) throw new Refusal(404, 'Not Found');
		if (id === undefined) {
			if (method === 'POST') return this.#create(asked);
			if (method === 'GET') return this.#list(asked);
		} else if (part === undefined) {
			if (method === 'GET') return this.#show(asked, id);
			if (method === 'DELETE' && this.#options.mode === 'saas') return this.#delete(asked, id);
		} else {
			if (!PARTS.includes(part)) throw new Refusal(404, 'Not Found');
			if (method === 'GET') return this.#part(asked, id, part);
		}
		throw new Refusal(405, 'Method Not Allowed');
	}

	/** Answers `GET /v2/usage`. @throws Refusal for a key that sees only some of the jobs */
	usage({response, query, identity}: BatchRequest): void {
		if (identity.clientRef !== undefined) throw new Refusal(403, 'Forbidden', 'Entitlement check failed');
		answerJson(response, 200, usageOf(this.#jobs.all(), query, this.#options.now()));
	}

	/** Whether a request may be answered without a key. */
	isOpen(method: string | undefined, url: URL): boolean {
		return this.#urls.admits(method, url);
	}

	close(): Promise<void> {
		return this.#jobs.close();
	}

	async #create({request, response, query, identity, body}: BatchRequest): Promise<void> {
		const {folder, limits, mode, waitCap} = this.#options;
		if (limits && Number(request.headers['content-length']) >= TOO_LARGE)
			throw new Refusal(413, 'Request Entity Too Large');
		if (this.#jobs.running.length >= MOST_RUNNING)
			throw new Refusal(429, 'Max concurrent running jobs exceeded');
		const waits = query.has('wait') && mode === 'saas';
		const wait = waits ? waitOf(query, waitCap, 0) : 0;
		const format = formatOf(query);
		const {config: asked, file, text} = await receiveUpload(request, body, join(folder, randomUUID()));
		this.#bytesReceived += file?.size ?? 0;
		try {
			const {config, alignment: aligns} = configOf(asked);
			const fetches = config.fetch_data !== undefined && config.fetch_data !== null;
			if (file === undefined && !fetches) throw new Refusal(400, 'Missing data_file');
			if (file !== undefined && fetches)
				throw new Refusal(400, 'Job rejected', 'data_file and fetch_data exclude each other');
			if (file?.size === 0) throw new AudioError('the file is empty');
			const alignment = aligns && newAlignment(aligns, text);
			const job = await this.#jobs.create(config, file, identity.clientRef, alignment);
			if (!waits) return answerJson(response, 201, {id: job.id});
			await ended(job, wait, response);
			const embeds = job.status === 'done' && job.alignment === undefined;
			const embedded = embeds ? {[format]: this.#transcriptAs(format, job)} : {};
			const status = job.status === 'running' ? 'created' : job.status;
			return answerJson(response, 201, {id: job.id, status, ...embedded});
		} catch (error) {
			if (file !== undefined) await rm(file.path, {force: true});
			if (error instanceof AudioError) throw new Refusal(400, 'Job rejected due to invalid audio');
			throw error;
		}
	}

	#list({response, query, identity}: BatchRequest): void {
		const {mode} = this.#options;
		const jobs = this.#jobs.list({
			before: momentOf(query, 'created_before') ?? Number.POSITIVE_INFINITY,
			limit: integer(query, 'limit', {fallback: LARGEST_PAGE, least: 1, most: LARGEST_PAGE}),
			deleted: mode === 'saas' && query.get('include_deleted') === 'true',
		});
		const visible = jobs.filter((job) => sees(identity, job));
		answerJson(response, 200, {jobs: visible.map((job) => this.#details(job))});
	}

	async #show(asked: BatchRequest, id: string): Promise<void> {
		const job = this.#existing(asked, id, 'Job Expired');
		await this.#wait(asked, job);
		answerJson(asked.response, 200, {job: this.#details(job)});
	}

	#delete(asked: BatchRequest, id: string): void {
		const job = this.#existing(asked, id, 'Job Expired');
		const force = asked.query.get('force') === 'true';
		if (job.status === 'running' && !force) throw new Refusal(423, 'Resource Locked');
		this.#jobs.delete(job);
		answerJson(asked.response, 200, {job: this.#details(job)});
	}

	async #part(asked: BatchRequest, id: string, part: string): Promise<void> {
		if (part === 'transcript') await this.#transcript(asked, id);
		else if (part === 'data') await this.#data(asked, id);
		else if (part === 'text') this.#text(asked, id);
		else if (part === 'alignment') await this.#alignment(asked, id);
		else if (part === 'object-urls') this.#objectUrls(asked, id);
		else this.#log(asked, id);
	}

	async #transcript(asked: BatchRequest, id: string): Promise<void> {
		const {response} = asked;
		const format = formatOf(asked.query);
		const job = this.#existing(asked, id, 'File Expired', 'File deleted from the storage');
		if (job.alignment !== undefined) throw new Refusal(404, 'Job is not of type transcription');
		await this.#wait(asked, job);
		if (job.status !== 'done') throw new Refusal(404, 'Transcription not ready');
		const transcript = this.#transcriptAs(format, job);
		if (typeof transcript === 'string') answer(response, 200, PLAIN, transcript);
		else answer(response, 200, 'application/vnd.speechmatics.v2+json', JSON.stringify(transcript));
	}

	#text(asked: BatchRequest, id: string): void {
		answer(asked.response, 200, PLAIN, alignmentOf(this.#existing(asked, id, 'File Expired')).text);
	}

	async #alignment(asked: BatchRequest, id: string): Promise<void> {
		const tags = tagsOf(asked.query);
		const job = this.#existing(asked, id, 'File Expired');
		alignmentOf(job);
		await this.#wait(asked, job);
		if (job.status !== 'done') throw new Refusal(404, 'Alignment not ready');
		answer(asked.response, 200, PLAIN, alignedText(job, tags));
	}

	#objectUrls(asked: BatchRequest, id: string): void {
		const job = this.#existing(asked, id, 'File Expired');
		answerJson(asked.response, 200, this.#urls.issue(job, asked.query, asked.request.headers.host ?? ''));
	}

	#log(asked: BatchRequest, id: string): void {
		const job = this.#existing(asked, id, 'File Expired');
		if (job.status === 'running') throw new Refusal(404, 'Log file not available', 'Could not read log file');
		const lines = [
			`simulated log of job ${id}`,
			`status ${job.status}`,
			...job.errors.map(({message}) => message),
		];
		answer(asked.response, 200, PLAIN, `${lines.join('\n')}\n`);
	}

	async #data(asked: BatchRequest, id: string): Promise<void> {
		const {recording} = this.#existing(asked, id, 'File Expired');
		if (recording === undefined)
			throw new Refusal(404, 'Job not found', 'The emulator does not keep large recordings');
		const chunks: Buffer[] = [];
		for await (const chunk of createReadStream(recording)) chunks.push(chunk);
		answer(asked.response, 200, 'application/octet-stream', Buffer.concat(chunks));
	}

	#existing({identity}: BatchRequest, id: string, gone: string, detail?: string): Job {
		const job = this.#jobs.get(id);
		if (job === undefined || !sees(identity, job)) throw new Refusal(404, 'Job not found');
		if (job.status === 'deleted') throw new Refusal(410, gone, detail);
		if (job.status === 'expired') throw new Refusal(this.#options.expiredStatus, gone, detail);
		return job;
	}

	#details(job: Job) {
		const details = jobDetails(job);
		if (this.#options.mode !== 'batch-worker') return details;
		return {...details, status: job.status.toUpperCase(), request_id: job.id};
	}

	#transcriptAs(format: ReturnType<typeof formatOf>, job: Job) {
		return transcriptAs(format, job, this.#options.shape);
	}

	async #wait({query, response}: BatchRequest, job: Job): Promise<void> {
		if (this.#options.mode === 'saas') await ended(job, waitOf(query, this.#options.waitCap), response);
	}
}

function sees({clientRef}: Identity, job: Job): boolean {
	return clientRef === undefined || clientRef === job.clientRef;
}

/** Resolves when the job is no longer running, after `seconds`, or when nobody waits for the answer any more. */
function ended(job: Job, seconds: number, response: ServerResponse): Promise<void> {
	if (job.status !== 'running' || seconds === 0) return Promise.resolve();
	return new Promise((resolve) => {
		const settle = () => {
			clearTimeout(timer);
			response.off('close', settle);
			resolve();
		};
		const timer = setTimeout(settle, seconds * 1000);
		response.once('close', settle);
		job.finished.promise.then(settle, settle);
	});
}
