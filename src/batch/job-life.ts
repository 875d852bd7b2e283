/** The life of one recording, from its upload to its outputs. */
import {type OutputFormat, renderTranscript} from '../captions/render.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {BatchEvent} from './events.ts';
import {type Destination, writeOutputs} from './outputs.ts';
import type {Recording} from './recordings.ts';

export interface JobOptions {
	readonly client: BatchClient;
	readonly jobConfig: JobConfig;
	readonly formats: readonly OutputFormat[];
	/** `print`: the text goes into the `done` event; `files`: into a folder, or beside each recording. */
	readonly output: {readonly to: 'print'} | {readonly to: 'files'; readonly folder: string | undefined};
	readonly emit: (event: BatchEvent) => void;
	/** Called with the transcript as it came, before it is saved. */
	readonly onTranscript?: ((file: string, transcript: Transcript) => void) | undefined;
	/** Milliseconds from an arbitrary start. */
	readonly now: () => number;
}

/** The outputs could not be written; the job is done, and can be fetched again. */
export class OutputError extends Error {
	override readonly name = 'OutputError';
}

/**
 * Uploads, waits, fetches and saves, telling each step.
 *
 * @param destination asked only when there is something to save
 * @param onJob called as soon as there is a job, so that a failure can name it
 * @throws what the client throws, OutputError, or the signal's reason
 */
export async function transcribeRecording(
	{path, size}: Recording,
	options: JobOptions,
	{
		signal,
		destination,
		onJob,
	}: {signal: AbortSignal; destination: () => Destination; onJob: (jobId: string) => void},
): Promise<void> {
	const {client, emit, formats, now} = options;
	const started = now();
	emit({type: 'uploading', file: path, sentBytes: 0, totalBytes: size});
	const {id: jobId, requestId} = await client.submitJob(path, {
		config: options.jobConfig,
		signal,
		onUploadProgress: (sentBytes, totalBytes) => emit({type: 'uploading', file: path, sentBytes, totalBytes}),
	});
	onJob(jobId);
	emit({type: 'submitted', file: path, jobId, requestId});
	await client.waitForCompletion(jobId, {signal});
	const transcript = await client.getTranscript(jobId, {signal});
	options.onTranscript?.(path, transcript);

	emit({type: 'saving', file: path, jobId});
	const done = {type: 'done', file: path, jobId} as const;
	if (options.output.to === 'print') {
		const text = formats.map((format) => renderTranscript(transcript, format)).join('');
		emit({...done, outputs: [], text, seconds: (now() - started) / 1000});
		return;
	}
	const outputs = await writeOutputs(transcript, formats, destination()).catch((error: Error) => {
		throw new OutputError(`The transcript cannot be saved: ${error.message}`);
	});
	emit({...done, outputs, seconds: (now() - started) / 1000});
}
