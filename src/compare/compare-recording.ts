/**
 * The comparison engine: one recording goes both ways at the same moment, as a batch job and as a stream at its own
 * speed. What becomes of one way is nothing to the other. Nothing is kept of it here.
 */
import {AudioError, type AudioSource} from '../audio/source.ts';
import type {FailureCause} from '../batch/events.ts';
import {causeOf} from '../batch/setback.ts';
import {messageOf} from '../platform/message-of.ts';
import {LiveSession, type SessionStart} from '../realtime/session.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {Clock} from '../speechmatics/clock.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {CompareEvent, CompareHappening, Mode} from './compare-events.ts';
import {type Comparison, NEW_COMPARISON, reduceComparison} from './comparison.ts';
import {findingsOf} from './findings.ts';

export interface CompareOptions {
	/** The recording. */
	readonly path: string;
	/** Its length, where it is known beforehand. */
	readonly seconds?: number | undefined;
	/** What was said in it, where that is known. */
	readonly reference?: string | undefined;
	/** What is asked of each service; `sameRequests` makes them alike. */
	readonly job: JobConfig;
	readonly start: SessionStart;
	readonly batchClient: Pick<BatchClient, 'submitJob' | 'waitForCompletion' | 'getTranscript'>;
	/** A client serves one connection. */
	readonly newRealtimeClient: () => RealtimeClient;
	/** Opens the recording as audio to stream. */
	readonly openSource: (signal: AbortSignal) => Promise<AudioSource>;
	readonly clock: Clock;
	readonly emit: (event: CompareEvent) => void;
	/** Aborting stops both. A job that was submitted goes on at the service. */
	readonly signal: AbortSignal;
	/** `max` streams as fast as the service takes it: the words are the same, the times mean nothing. Default: `1`. */
	readonly pace?: '1' | 'max';
}

type Tell = (happening: CompareHappening) => void;

/** Runs both ways to their ends. Does not throw: what failed says so in its side of the result. */
export async function compareRecording(options: CompareOptions): Promise<Comparison> {
	const {path: file, seconds, reference, clock, emit, signal} = options;
	const begun = clock.now();
	let comparison = NEW_COMPARISON;
	const tell: Tell = (happening) => {
		const event: CompareEvent = {...happening, at: (clock.now() - begun) / 1000};
		comparison = reduceComparison(comparison, event);
		emit(event);
	};
	tell({type: 'began', file, seconds});
	await Promise.all([
		guarded('batch', tell, signal, () => transcribe(options, tell)),
		guarded('realtime', tell, signal, () => stream(options, tell)),
	]);
	const {batch, realtime} = comparison;
	const findings = findingsOf({batch: batch.transcript, realtime: realtime.transcript, reference});
	tell({type: 'ended', findings});
	return comparison;
}

async function guarded(
	mode: Mode,
	tell: Tell,
	signal: AbortSignal,
	work: () => Promise<void>,
): Promise<void> {
	try {
		signal.throwIfAborted();
		await work();
	} catch (error) {
		if (signal.aborted) tell({type: 'stopped', mode});
		else tell({type: 'failed', mode, reason: messageOf(error), cause: failureOf(error)});
	}
}

async function transcribe({path, job, batchClient, signal}: CompareOptions, tell: Tell): Promise<void> {
	const submitted = await batchClient.submitJob(path, {
		config: job,
		signal,
		onUploadProgress: (sentBytes, totalBytes) => tell({type: 'uploading', sentBytes, totalBytes}),
	});
	const {id: jobId, requestId} = submitted;
	tell({type: 'submitted', jobId, requestId});
	await batchClient.waitForCompletion(submitted, {signal});
	tell({type: 'job-done'});
	const transcript = await batchClient.getTranscript(submitted, {signal});
	tell({type: 'transcribed', mode: 'batch', transcript});
}

async function stream(options: CompareOptions, tell: Tell): Promise<void> {
	const {newRealtimeClient, openSource, start, clock, signal, pace = '1'} = options;
	const session: LiveSession = new LiveSession({
		newClient: newRealtimeClient,
		openSource: (stop) => openSource(stop),
		opening: 'opening audio',
		start,
		pace,
		emit: (event) => tell({type: 'live', heard: session.now, event}),
		stop: signal,
		clock,
	});
	const {reason, error, transcript} = await session.run();
	if (reason === 'failed') throw error;
	if (reason === 'stopped') throw signal.reason;
	if (transcript === undefined) throw new AudioError('there is no audio in the recording');
	tell({type: 'transcribed', mode: 'realtime', transcript});
}

function failureOf(error: unknown): FailureCause {
	return error instanceof AudioError ? 'input' : causeOf(error);
}
