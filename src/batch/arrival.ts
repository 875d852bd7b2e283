/** What is done with a transcript that has arrived: it is kept, learned from and handed over. */
import {localDay} from '../platform/local-time.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {deliver, OutputError, printed} from './delivery.ts';
import type {RecordingRecord} from './ledger/records.ts';
import type {StepOptions} from './step-options.ts';

/**
 * Saves a transcript, so that it is not asked for again.
 *
 * @param processingSeconds since the job was made, where this process made it
 * @returns seconds of processing for a second of audio, where they are known
 * @throws OutputError
 */
export async function keep(
	transcript: Transcript,
	{account, config, seconds}: RecordingRecord,
	reference: string,
	processingSeconds: number | undefined,
	{estimates, ledger, transcripts}: Pick<StepOptions, 'estimates' | 'ledger' | 'transcripts'>,
): Promise<number | undefined> {
	const audioSeconds = transcript.job?.duration ?? seconds;
	await transcripts.save(reference, transcript).catch((error: Error) => {
		throw new OutputError(`The transcript cannot be saved: ${error.message}`);
	});
	ledger.jobs.fetched(account, reference, {audioSeconds, processingSeconds});
	if (audioSeconds === undefined || audioSeconds <= 0 || processingSeconds === undefined) return undefined;
	const {model, language} = config.transcription_config;
	estimates.add({model, language, audioSeconds, processingSeconds});
	return processingSeconds / audioSeconds;
}

/** Where a transcript went. */
export type HandedOver =
	| {readonly text: string}
	/** By path, the SHA-256 of what is there now. */
	| {readonly written: ReadonlyMap<string, string>};

/**
 * Gives a transcript to whoever wants it, as a text or in files.
 *
 * @throws OutputError
 */
export async function handOver(
	transcript: Transcript,
	{id, file, name, delivery}: RecordingRecord,
	jobId: string,
	options: Pick<StepOptions, 'emit' | 'ledger' | 'onTranscript' | 'wallClock'>,
): Promise<HandedOver> {
	const {emit, ledger, onTranscript, wallClock} = options;
	onTranscript?.(file, transcript);
	emit({type: 'saving', file, jobId});
	if (delivery.to === 'print') return {text: printed(transcript, delivery)};
	const about = {name, job: jobId, date: localDay(wallClock())};
	const written = await deliver(transcript, delivery, about, {
		before: ledger.recordings.outputsOf(id),
		isKnown: (path) => ledger.recordings.isOutput(path),
	});
	return {written};
}
