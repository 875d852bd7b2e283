/** Batch jobs: what they are, how they live, and the list of them. Nothing here knows HTTP. */
import {randomBytes} from 'node:crypto';
import {AudioError} from '../audio/source.ts';
import type {Clock} from '../speechmatics/clock.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import {Deferred} from '../speechmatics/deferred.ts';
import type {Alignment} from './alignment.ts';
import type {MishearingFault} from './faults.ts';
import {languageProblem} from './language.ts';
import {misheard} from './mishearing.ts';
import type {Spoken} from './recogniser/spoken.ts';
import {durationOf, recogniseFile} from './stored-audio.ts';

export interface Job {
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly dataName: string;
	/** How its recording is heard, also where a text is to be aligned with it. */
	readonly config: JobConfig;
	/** Only of a job that aligns. */
	readonly alignment: Alignment | undefined;
	/** Of the temporary key it was made with. */
	readonly clientRef: string | undefined;
	status: 'running' | 'done' | 'rejected' | 'deleted' | 'expired';
	/** Seconds. */
	duration: number;
	spoken: readonly Spoken[];
	errors: Array<{timestamp: string; message: string}>;
	finishedAt: number | undefined;
	/** It was done once, whatever became of it. */
	succeeded: boolean;
	/** Where its recording is, while it is kept. */
	recording: string | undefined;
	/** Settles when the job is no longer running. */
	readonly finished: Deferred;
}

export interface Recording {
	readonly path: string;
	/** The name it was uploaded under. */
	readonly name: string;
}

export interface JobStoreOptions {
	readonly clock: Clock;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** How long a job of so many seconds of audio takes, in milliseconds. */
	readonly processingTime: (duration: number) => number;
	/** Milliseconds that a finished job is kept. */
	readonly retention: number;
	/** So many jobs in a row share the millisecond in which they were made. */
	readonly ties: number;
	readonly newId: () => string;
	/** Gets the recording that a job is to fetch. @returns where it is, or why there is none */
	readonly fetch: (job: Job, signal: AbortSignal) => Promise<string | undefined>;
	/** Called when a job is done or rejected. */
	readonly notify: (job: Job, signal: AbortSignal) => Promise<void>;
	/** Called with a recording that is not needed any more. */
	readonly remove: (path: string) => Promise<void>;
	/** Called when a job was processed. @returns whether its recording is kept until the job goes */
	readonly keeps: (path: string) => Promise<boolean>;
	readonly log: (line: object) => void;
	/** What the next job hears wrongly. */
	readonly mishearings: () => readonly MishearingFault[];
}

export class JobStore {
	readonly #jobs = new Map<string, Job>();
	readonly #options: JobStoreOptions;
	readonly #running = new Map<string, {stop: AbortController; work: Promise<void>}>();
	#lastCreatedAt = 0;

	constructor(options: JobStoreOptions) {
		this.#options = options;
	}

	get count(): number {
		return this.#jobs.size;
	}

	get running(): readonly Job[] {
		return [...this.#jobs.values()].filter(({status}) => status === 'running');
	}

	/**
	 * Accepts a job and begins with it.
	 *
	 * @param recording absent where the service is asked to fetch it
	 * @throws AudioError when the recording is none; there is no job then
	 */
	async create(
		config: JobConfig,
		recording?: Recording,
		clientRef?: string,
		alignment?: Alignment,
	): Promise<Job> {
		const duration = recording === undefined ? 0 : await durationOf(recording.path);
		const job: Job = {
			id: this.#newId(),
			createdAt: this.#nextMoment(),
			dataName: recording?.name ?? '',
			config,
			alignment,
			clientRef,
			status: 'running',
			duration,
			spoken: [],
			errors: [],
			finishedAt: undefined,
			succeeded: false,
			recording: recording?.path,
			finished: new Deferred(),
		};
		this.#jobs.set(job.id, job);
		const stop = new AbortController();
		const work = this.#live(job, this.#options.mishearings(), stop.signal).finally(() =>
			this.#running.delete(job.id),
		);
		this.#running.set(job.id, {stop, work});
		return job;
	}

	get(id: string): Job | undefined {
		const job = this.#jobs.get(id);
		if (job !== undefined) this.#age(job);
		return job;
	}

	/** Jobs made before a moment (milliseconds since 1970), newest first. */
	list({before, limit, deleted}: {before: number; limit: number; deleted: boolean}): Job[] {
		const jobs = [...this.#jobs.values()].reverse();
		for (const job of jobs) this.#age(job);
		const gone = (status: Job['status']) => status === 'deleted' || status === 'expired';
		return jobs
			.filter(({createdAt, status}) => createdAt < before && (deleted || !gone(status)))
			.slice(0, limit);
	}

	/** Every job that ever was. */
	all(): Iterable<Job> {
		return this.#jobs.values();
	}

	delete(job: Job): void {
		this.#running.get(job.id)?.stop.abort();
		this.#finish(job, 'deleted');
		this.#forget(job);
	}

	/** Ends everything that waits or works. */
	async close(): Promise<void> {
		const running = [...this.#running.values()];
		for (const {stop} of running) stop.abort();
		for (const job of this.#jobs.values()) job.finished.resolve();
		await Promise.all(running.map(({work}) => work));
	}

	async #live(job: Job, mishearings: readonly MishearingFault[], signal: AbortSignal): Promise<void> {
		await this.#process(job, mishearings, signal);
		if (signal.aborted) return this.#removeRecording(job);
		if (job.recording !== undefined && !(await this.#options.keeps(job.recording)))
			await this.#removeRecording(job);
		await this.#options.notify(job, signal);
	}

	async #process(job: Job, mishearings: readonly MishearingFault[], signal: AbortSignal): Promise<void> {
		const {clock} = this.#options;
		const begun = clock.now();
		try {
			job.recording ??= await this.#options.fetch(job, signal);
			if (job.recording === undefined) return this.#finish(job, 'rejected');
			const eachChannel = job.config.transcription_config?.diarization === 'channel';
			const {spoken, duration} = await recogniseFile(job.recording, signal, eachChannel);
			job.duration = duration;
			const rest = this.#options.processingTime(duration) - (clock.now() - begun);
			if (rest > 0) await clock.sleep(rest, signal);
			const problem = languageProblem(job.config, spoken.length > 0);
			if (problem !== undefined) return this.#reject(job, problem);
			job.spoken = misheard(spoken, mishearings);
			job.succeeded = true;
			this.#finish(job, 'done');
		} catch (error) {
			if (signal.aborted) return;
			if (!(error instanceof AudioError)) this.#options.log({type: 'fault', message: String(error)});
			this.#reject(job, 'unable to read audio');
		}
	}

	#reject(job: Job, message: string): void {
		this.addError(job, message);
		this.#finish(job, 'rejected');
	}

	addError(job: Job, message: string): void {
		job.errors.push({timestamp: new Date(this.#options.now()).toISOString(), message});
	}

	#finish(job: Job, status: Job['status']): void {
		job.status = status;
		job.finishedAt = this.#options.now();
		job.finished.resolve();
	}

	/** A finished job expires when its time has come; nobody can tell when that was noticed. */
	#age(job: Job): void {
		if (job.status !== 'done' && job.status !== 'rejected') return;
		if (this.#options.now() - (job.finishedAt ?? 0) < this.#options.retention) return;
		job.status = 'expired';
		this.#forget(job);
	}

	#forget(job: Job): void {
		job.spoken = [];
		if (job.alignment !== undefined) job.alignment.text = '';
		if (!this.#running.has(job.id)) void this.#removeRecording(job);
	}

	async #removeRecording(job: Job): Promise<void> {
		const path = job.recording;
		job.recording = undefined;
		if (path !== undefined) await this.#options.remove(path);
	}

	#nextMoment(): number {
		const isTie = this.count % this.#options.ties > 0;
		if (!isTie) this.#lastCreatedAt = Math.max(this.#options.now(), this.#lastCreatedAt + 1);
		return this.#lastCreatedAt;
	}

	#newId(): string {
		const id = this.#options.newId();
		return this.#jobs.has(id) ? this.#newId() : id;
	}
}

/** Ten lowercase letters and digits, as the hosted service's. */
export function serviceId(): string {
	return Array.from(randomBytes(10), (byte) => (byte % 36).toString(36)).join('');
}

/** Twenty hexadecimal digits, as the batch worker's. */
export function workerId(): string {
	return randomBytes(10).toString('hex');
}
