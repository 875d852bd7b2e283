/** The batch REST API: requests in, answers out. What jobs are is in `jobs.ts`. */
import {randomUUID} from 'node:crypto';
import {rm} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {join} from 'node:path';
import {AudioError} from '../audio/source.ts';
import {JobConfig} from '../speechmatics/config.ts';
import {TRANSCRIPT_FORMATS, type TranscriptFormat} from '../speechmatics/jobs.ts';
import {answer, answerJson, Refusal} from './answers.ts';
import {type Job, JobStore} from './jobs.ts';
import {jobDetails, transcriptAs} from './server-formats.ts';
import {receiveUpload} from './upload.ts';

/** Seconds a GET waits for a running job unless told otherwise. Source: batch API, synchronous mode. */
const DEFAULT_WAIT = 2;
/** The service caps the wait and does not say where; its examples go up to this. Seconds. */
const LONGEST_WAIT = 60;
const LARGEST_PAGE = 100;

export interface BatchApiOptions {
	/** Private folder for uploads. */
	readonly folder: string;
	readonly processingTime: (duration: number) => number;
	readonly log: (line: object) => void;
}

export class BatchApi {
	readonly #folder: string;
	readonly #jobs: JobStore;
	#bytesReceived = 0;

	constructor({folder, processingTime, log}: BatchApiOptions) {
		this.#folder = folder;
		this.#jobs = new JobStore({processingTime, log, onDone: (path) => rm(path, {force: true})});
	}

	/** Bytes of recordings, without the multipart around them. */
	statistics(): {jobs: number; bytesReceived: number} {
		return {jobs: this.#jobs.count, bytesReceived: this.#bytesReceived};
	}

	/**
	 * Answers a request whose path lies under `/v2/jobs`.
	 *
	 * @param path what follows `/v2/jobs`, in segments
	 * @throws Refusal
	 */
	async handle(
		request: IncomingMessage,
		response: ServerResponse,
		path: readonly string[],
		query: URLSearchParams,
	) {
		const [id, part, ...more] = path;
		const method = request.method ?? '';
		if (more.length > 0 || (part !== undefined && part !== 'transcript')) throw new Refusal(404, 'Not Found');
		if (id === undefined && method === 'POST') return this.#create(request, response, query);
		if (id === undefined && method === 'GET') return this.#list(response, query);
		if (id !== undefined && part === undefined && method === 'GET') return this.#show(response, id, query);
		if (id !== undefined && part === undefined && method === 'DELETE')
			return this.#delete(response, id, query);
		if (id !== undefined && part !== undefined && method === 'GET')
			return this.#transcript(response, id, query);
		throw new Refusal(405, 'Method Not Allowed');
	}

	close(): Promise<void> {
		return this.#jobs.close();
	}

	async #create(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
		const wait = waitOf(query, 0);
		const format = formatOf(query);
		const {config: configText, file} = await receiveUpload(request, join(this.#folder, randomUUID()));
		this.#bytesReceived += file?.size ?? 0;
		try {
			const config = configOf(configText);
			if (file === undefined && config.fetch_data === undefined) throw new Refusal(400, 'Missing data_file');
			if (file?.size === 0) throw new AudioError('the file is empty');
			const job = await this.#jobs.create(config, file);
			if (!query.has('wait')) return answerJson(response, 201, {id: job.id});
			await ended(job, wait, response);
			const embedded = job.status === 'done' ? {[format]: transcriptAs(format, job)} : {};
			const status = job.status === 'running' ? 'created' : job.status;
			return answerJson(response, 201, {id: job.id, status, ...embedded});
		} catch (error) {
			if (file !== undefined) await rm(file.path, {force: true});
			if (error instanceof AudioError) throw new Refusal(400, 'Job rejected due to invalid audio');
			throw error;
		}
	}

	#list(response: ServerResponse, query: URLSearchParams): void {
		const before = query.get('created_before');
		const jobs = this.#jobs.list({
			before: before === null ? Number.POSITIVE_INFINITY : Date.parse(before),
			limit: integer(query, 'limit', {fallback: LARGEST_PAGE, least: 1, most: LARGEST_PAGE}),
			deleted: query.get('include_deleted') === 'true',
		});
		if (before !== null && Number.isNaN(Date.parse(before))) {
			throw new Refusal(422, 'created_before in query must be of type date-time');
		}
		answerJson(response, 200, {jobs: jobs.map(jobDetails)});
	}

	async #show(response: ServerResponse, id: string, query: URLSearchParams) {
		const job = this.#existing(id, 'Job Expired');
		await ended(job, waitOf(query, DEFAULT_WAIT), response);
		answerJson(response, 200, {job: jobDetails(job)});
	}

	#delete(response: ServerResponse, id: string, query: URLSearchParams): void {
		const job = this.#existing(id, 'Job Expired');
		if (job.status === 'running' && query.get('force') !== 'true') throw new Refusal(423, 'Resource Locked');
		this.#jobs.delete(job);
		answerJson(response, 200, {job: jobDetails(job)});
	}

	async #transcript(response: ServerResponse, id: string, query: URLSearchParams) {
		const format = formatOf(query);
		const job = this.#existing(id, 'File Expired', 'File deleted from the storage');
		await ended(job, waitOf(query, DEFAULT_WAIT), response);
		if (job.status !== 'done') throw new Refusal(404, 'Transcription not ready');
		const transcript = transcriptAs(format, job);
		if (typeof transcript === 'string') answer(response, 200, 'text/plain; charset=utf-8', transcript);
		else answer(response, 200, 'application/vnd.speechmatics.v2+json', JSON.stringify(transcript));
	}

	#existing(id: string, gone: string, detail?: string): Job {
		const job = this.#jobs.get(id);
		if (job === undefined) throw new Refusal(404, 'Job not found');
		if (job.status === 'deleted') throw new Refusal(410, gone, detail);
		return job;
	}
}

function configOf(text: string | undefined): JobConfig {
	const invalid = (detail: string) => new Refusal(400, 'Job rejected', `Job config JSON is invalid${detail}`);
	if (text === undefined) throw invalid('');
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw invalid('');
	}
	const config = JobConfig.safeParse(value);
	if (config.success) return config.data;
	const issue = config.error.issues[0];
	throw invalid(issue === undefined ? '' : `. Error: ${issue.path.join('.')}: ${issue.message}`);
}

function formatOf(query: URLSearchParams): TranscriptFormat {
	const wanted = query.get('format') ?? 'json-v2';
	const format = TRANSCRIPT_FORMATS.find((known) => known === wanted);
	if (format === undefined) throw new Refusal(404, 'Format Not Supported');
	return format;
}

function waitOf(query: URLSearchParams, fallback: number): number {
	return Math.min(LONGEST_WAIT, integer(query, 'wait', {fallback, least: 0, most: Number.MAX_SAFE_INTEGER}));
}

function integer(
	query: URLSearchParams,
	name: string,
	range: {fallback: number; least: number; most: number},
): number {
	const text = query.get(name);
	if (text === null) return range.fallback;
	if (!/^-?\d+$/.test(text)) throw new Refusal(422, `${name} in query must be of type int64`);
	const value = Number(text);
	if (value < range.least)
		throw new Refusal(422, `${name} in query should be greater than or equal to ${range.least}`);
	if (value > range.most)
		throw new Refusal(422, `${name} in query should be less than or equal to ${range.most}`);
	return value;
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
