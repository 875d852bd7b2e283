/** The batch engine: recordings wait in a queue, a few at a time are under way. Lives as long as its table does. */
import {AuthenticationError, ConfigurationError} from '../speechmatics/errors.ts';
import type {FailureCause} from './events.ts';
import {type JobOptions, OutputError, transcribeRecording} from './job-life.ts';
import {type Destination, destinationsOf} from './outputs.ts';
import type {Recording, Unusable} from './recordings.ts';

export interface QueueOptions extends JobOptions {
	/** How many recordings are under way at once. */
	readonly concurrency: number;
}

/** Why a recording's work was ended from outside. */
class Ended extends Error {
	readonly outcome: 'cancelled' | 'interrupted';

	constructor(outcome: Ended['outcome']) {
		super(outcome);
		this.outcome = outcome;
	}
}

interface Running {
	readonly end: AbortController;
	jobId?: string;
}

export class BatchQueue {
	readonly #options: QueueOptions;
	readonly #recordings = new Map<string, Recording>();
	readonly #waiting = new Set<string>();
	readonly #running = new Map<string, Running>();
	#idle: (() => void) | undefined;
	#refusal: unknown;
	#stopped = false;

	constructor(options: QueueOptions) {
		this.#options = options;
	}

	/** Recordings that wait or are under way. */
	get unfinished(): number {
		return this.#waiting.size + this.#running.size;
	}

	/** Puts recordings into the queue; those that wait or run already are left as they are. */
	add(recordings: readonly Recording[], unusable: readonly Unusable[] = []): void {
		for (const {path, reason} of unusable) this.#fail(path, reason, 'input');
		for (const recording of recordings) {
			const {path, name, size} = recording;
			if (this.#waiting.has(path) || this.#running.has(path)) continue;
			this.#recordings.set(path, recording);
			this.#waiting.add(path);
			this.#options.emit({type: 'queued', file: path, name, bytes: size});
		}
		this.#fill();
	}

	/** Puts one recording into the queue again, after a failure or as a new job. */
	retry(file: string): void {
		const recording = this.#recordings.get(file);
		this.#refusal = undefined;
		if (recording !== undefined) this.add([recording]);
	}

	/** Takes one recording out, and deletes the job it may have at the service. */
	cancel(file: string): void {
		if (this.#waiting.delete(file)) this.#options.emit({type: 'cancelled', file});
		this.#running.get(file)?.end.abort(new Ended('cancelled'));
	}

	/** Sends nothing more. Jobs that were made already go on at the service. */
	stop(): void {
		this.#stopped = true;
		for (const {end} of this.#running.values()) end.abort(new Ended('interrupted'));
		this.#fill();
	}

	/** Resolves when nothing waits and nothing runs. */
	async settled(): Promise<void> {
		while (this.unfinished > 0) {
			await new Promise<void>((resolve) => {
				this.#idle = resolve;
			});
		}
	}

	#fill(): void {
		for (const file of this.#waiting) {
			if (!this.#stopped && this.#refusal === undefined && this.#running.size >= this.#options.concurrency) {
				return;
			}
			this.#waiting.delete(file);
			if (this.#stopped) this.#fail(file, 'interrupted', 'interrupted');
			// A key that is refused once is refused for every recording: the rest is not even uploaded.
			else if (this.#refusal !== undefined) this.#fail(file, messageOf(this.#refusal), 'authentication');
			else void this.#run(this.#recordings.get(file)!);
		}
		if (this.unfinished === 0) this.#idle?.();
	}

	async #run(recording: Recording): Promise<void> {
		const {path} = recording;
		const running: Running = {end: new AbortController()};
		this.#running.set(path, running);
		try {
			await transcribeRecording(recording, this.#options, {
				signal: running.end.signal,
				destination: () => this.#destinationOf(path),
				onJob: (jobId) => {
					running.jobId = jobId;
				},
			});
		} catch (error) {
			this.#tellFailure(path, error, running);
		}
		this.#running.delete(path);
		this.#fill();
	}

	#tellFailure(file: string, error: unknown, {end, jobId}: Running): void {
		const ended = end.signal.reason instanceof Ended ? end.signal.reason : undefined;
		if (ended?.outcome === 'cancelled') {
			this.#options.emit({type: 'cancelled', file, ...(jobId !== undefined && {jobId})});
			if (jobId !== undefined) this.#options.client.deleteJob(jobId, {force: true}).catch(() => {});
		} else if (ended !== undefined) {
			this.#fail(file, 'interrupted', 'interrupted', jobId);
		} else {
			if (error instanceof AuthenticationError) this.#refusal = error;
			this.#fail(file, messageOf(error), causeOf(error), jobId);
		}
	}

	#fail(file: string, reason: string, cause: FailureCause, jobId?: string): void {
		this.#options.emit({type: 'failed', file, reason, cause, ...(jobId !== undefined && {jobId})});
	}

	/** Decided at the end, when it is known which recordings could meet under one name. */
	#destinationOf(path: string): Destination {
		const {output} = this.#options;
		const folder = output.to === 'files' ? output.folder : undefined;
		return destinationsOf([...this.#recordings.keys()], folder).get(path)!;
	}
}

function causeOf(error: unknown): FailureCause {
	if (error instanceof AuthenticationError) return 'authentication';
	if (error instanceof ConfigurationError) return 'input';
	if (error instanceof OutputError) return 'output';
	return 'service';
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
