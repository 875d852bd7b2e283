/** The batch engine: many recordings, a few at a time, each from its upload to its outputs. */
import {type OutputFormat, renderTranscript} from '../captions/render.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import {AuthenticationError, ConfigurationError} from '../speechmatics/errors.ts';
import type {BatchEvent, FailureCause} from './events.ts';
import {destinationsOf, writeOutputs} from './outputs.ts';
import type {Recording, Unusable} from './recordings.ts';

export interface BatchOptions {
	readonly recordings: readonly Recording[];
	/** Named by the user and not usable: reported as failed, in the same events. */
	readonly unusable: readonly Unusable[];
	readonly client: BatchClient;
	readonly jobConfig: JobConfig;
	readonly formats: readonly OutputFormat[];
	/** `print`: the text goes into the `done` event; `files`: into a folder, or beside each recording. */
	readonly output: {readonly to: 'print'} | {readonly to: 'files'; readonly folder: string | undefined};
	/** How many recordings are under way at once. */
	readonly concurrency: number;
	readonly emit: (event: BatchEvent) => void;
	/** Aborting sends nothing more; jobs that were made already go on at the service. */
	readonly signal: AbortSignal;
	/** Milliseconds from an arbitrary start. */
	readonly now: () => number;
}

/** @returns how it ended, which is also the last event */
export async function runBatch(options: BatchOptions): Promise<Extract<BatchEvent, {type: 'finished'}>> {
	const {recordings, unusable, emit, signal, now} = options;
	const started = now();
	let done = 0;
	let failed = 0;
	const fail = (file: string, reason: string, cause: FailureCause, jobId?: string) => {
		failed += 1;
		emit({type: 'failed', file, reason, cause, ...(jobId !== undefined && {jobId})});
	};

	for (const {path, reason} of unusable) fail(path, reason, 'input');
	for (const {path, name, size} of recordings) emit({type: 'queued', file: path, name, bytes: size});

	// A key that is refused once is refused for every recording: the rest is not even uploaded.
	const refused = new AbortController();
	const stop = AbortSignal.any([signal, refused.signal]);
	const life = {
		...options,
		destinations: destinationsOf(
			recordings.map(({path}) => path),
			folderOf(options),
		),
	};
	const waiting = [...recordings];

	const worker = async () => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
			const job: {id?: string} = {};
			try {
				stop.throwIfAborted();
				await transcribeRecording(next, {...life, signal: stop}, job);
				done += 1;
			} catch (error) {
				const cause = signal.aborted ? 'interrupted' : causeOf(stop.aborted ? stop.reason : error);
				const reason = signal.aborted ? 'interrupted' : messageOf(stop.aborted ? stop.reason : error);
				fail(next.path, reason, cause, job.id);
				if (cause === 'authentication') refused.abort(error);
			}
		}
	};
	await Promise.all(Array.from({length: options.concurrency}, worker));

	const finished = {
		type: 'finished',
		done,
		failed,
		interrupted: signal.aborted,
		seconds: (now() - started) / 1000,
	} as const;
	emit(finished);
	return finished;
}

type LifeOptions = BatchOptions & {readonly destinations: ReturnType<typeof destinationsOf>};

/** One recording's life. `job.id` is set as soon as there is one, so that a failure can name it. */
async function transcribeRecording(
	{path, size}: Recording,
	options: LifeOptions,
	job: {id?: string},
): Promise<void> {
	const {client, emit, signal, formats, now} = options;
	const started = now();
	emit({type: 'uploading', file: path, sentBytes: 0, totalBytes: size});
	const {id: jobId, requestId} = await client.submitJob(path, {
		config: options.jobConfig,
		signal,
		onUploadProgress: (sentBytes, totalBytes) => emit({type: 'uploading', file: path, sentBytes, totalBytes}),
	});
	job.id = jobId;
	emit({type: 'submitted', file: path, jobId, requestId});
	await client.waitForCompletion(jobId, {signal});
	const transcript = await client.getTranscript(jobId, {signal});

	emit({type: 'saving', file: path, jobId});
	let outputs: string[] = [];
	let text: {text: string} | undefined;
	if (options.output.to === 'print') {
		text = {text: formats.map((format) => renderTranscript(transcript, format)).join('')};
	} else {
		outputs = await writeOutputs(transcript, formats, options.destinations.get(path)!).catch(
			(error: Error) => {
				throw new OutputError(`The transcript cannot be saved: ${error.message}`);
			},
		);
	}
	emit({type: 'done', file: path, jobId, outputs, ...text, seconds: (now() - started) / 1000});
}

class OutputError extends Error {
	override readonly name = 'OutputError';
}

function folderOf({output}: BatchOptions): string | undefined {
	return output.to === 'files' ? output.folder : undefined;
}

function causeOf(error: unknown): FailureCause {
	if (error instanceof AuthenticationError) return 'authentication';
	if (error instanceof ConfigurationError) return 'input';
	if (error instanceof OutputError) return 'output';
	return 'service';
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
