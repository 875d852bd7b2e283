/** Batch jobs: what they are, how they live, and the list of them. Nothing here knows HTTP. */
import {randomBytes} from 'node:crypto';
import {AudioError} from '../audio/source.ts';
import {systemClock} from '../speechmatics/clock.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import {Deferred} from '../speechmatics/deferred.ts';
import type {Spoken} from './recogniser/spoken.ts';
import {durationOf, recogniseFile} from './stored-audio.ts';

export interface Job {
	readonly id: string;
	/** Milliseconds since 1970. No two jobs share it, so that the list can be paged by it. */
	readonly createdAt: number;
	readonly dataName: string;
	readonly config: JobConfig;
	status: 'running' | 'done' | 'rejected' | 'deleted';
	/** Seconds. */
	duration: number;
	spoken: readonly Spoken[];
	errors: Array<{timestamp: string; message: string}>;
	finishedAt: number | undefined;
	/** Settles when the job is no longer running. */
	readonly finished: Deferred;
}

export interface Recording {
	readonly path: string;
	/** The name it was uploaded under. */
	readonly name: string;
}

export interface JobStoreOptions {
	/** How long a job of so many seconds of audio takes, in milliseconds. */
	readonly processingTime: (duration: number) => number;
	/** Called with a recording that is not needed any more. */
	readonly onDone: (path: string) => Promise<void>;
	readonly log: (line: object) => void;
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

	/**
	 * Accepts a job and begins with it.
	 *
	 * @param recording absent where the service is asked to fetch it
	 * @throws AudioError when the recording is none; there is no job then
	 */
	async create(config: JobConfig, recording?: Recording): Promise<Job> {
		const duration = recording === undefined ? 0 : await durationOf(recording.path);
		this.#lastCreatedAt = Math.max(Date.now(), this.#lastCreatedAt + 1);
		const job: Job = {
			id: this.#newId(),
			createdAt: this.#lastCreatedAt,
			dataName: recording?.name ?? '',
			config,
			status: 'running',
			duration,
			spoken: [],
			errors: [],
			finishedAt: undefined,
			finished: new Deferred(),
		};
		this.#jobs.set(job.id, job);
		if (recording === undefined) {
			this.#reject(job, 'unable to fetch audio: the emulator reaches no other machine');
		} else {
			const stop = new AbortController();
			const work = this.#process(job, recording, stop.signal).finally(() => this.#running.delete(job.id));
			this.#running.set(job.id, {stop, work});
		}
		return job;
	}

	get(id: string): Job | undefined {
		return this.#jobs.get(id);
	}

	/** Jobs made before a moment (milliseconds since 1970), newest first. */
	list({before, limit, deleted}: {before: number; limit: number; deleted: boolean}): Job[] {
		return [...this.#jobs.values()]
			.reverse()
			.filter(({createdAt, status}) => createdAt < before && (deleted || status !== 'deleted'))
			.slice(0, limit);
	}

	delete(job: Job): void {
		this.#running.get(job.id)?.stop.abort();
		this.#finish(job, 'deleted');
		job.spoken = [];
	}

	/** Ends everything that waits or works. */
	async close(): Promise<void> {
		const running = [...this.#running.values()];
		for (const {stop} of running) stop.abort();
		for (const job of this.#jobs.values()) job.finished.resolve();
		await Promise.all(running.map(({work}) => work));
	}

	async #process(job: Job, {path}: Recording, signal: AbortSignal): Promise<void> {
		const begun = performance.now();
		try {
			const {spoken, duration} = await recogniseFile(path, signal);
			job.duration = duration;
			const rest = this.#options.processingTime(duration) - (performance.now() - begun);
			if (rest > 0) await systemClock.sleep(rest, signal);
			job.spoken = spoken;
			this.#finish(job, 'done');
		} catch (error) {
			if (signal.aborted) return;
			if (!(error instanceof AudioError)) this.#options.log({type: 'fault', message: String(error)});
			this.#reject(job, 'unable to read audio');
		} finally {
			await this.#options.onDone(path);
		}
	}

	#reject(job: Job, message: string): void {
		job.errors.push({timestamp: new Date().toISOString(), message});
		this.#finish(job, 'rejected');
	}

	#finish(job: Job, status: Job['status']): void {
		job.status = status;
		job.finishedAt = Date.now();
		job.finished.resolve();
	}

	/** Ten lowercase letters and digits, as the service's. */
	#newId(): string {
		const id = Array.from(randomBytes(10), (byte) => (byte % 36).toString(36)).join('');
		return this.#jobs.has(id) ? this.#newId() : id;
	}
}
