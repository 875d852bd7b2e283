/** The realtime engine: one live session from its first sample to the last word. */
import {levelOf} from '../audio/level.ts';
import {paced} from '../audio/pace.ts';
import type {AudioSource} from '../audio/source.ts';
import type {Clock} from '../speechmatics/clock.ts';
import {
	type AudioFormat,
	BYTES_PER_SAMPLE,
	DEFAULT_MODEL,
	type RealtimeTranscriptionConfig,
} from '../speechmatics/config.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {AddPartialTranscript, AddTranscript, RecognitionStarted} from '../speechmatics/messages.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {StartOptions} from '../speechmatics/realtime-start.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {attachesToPrevious, type Delimiter, delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import type {EndReason, RealtimeEvent, TranscriptPiece} from './events.ts';

/** As `RealtimeClient.start` takes it, beside the audio format. */
export type SessionStart = Required<Pick<StartOptions, 'transcriptionConfig'>> &
	Pick<StartOptions, 'translationConfig' | 'audioEventsConfig'>;

export interface SessionOptions {
	readonly client: RealtimeClient;
	readonly openSource: () => Promise<AudioSource>;
	/** What opening the source is called while it lasts. */
	readonly opening: 'starting microphone' | 'opening audio';
	/** What is asked of the service. */
	readonly start: SessionStart;
	/** `max` sends a file as fast as the service takes it; `1` at the speed it was spoken. Live sources set their own. */
	readonly pace: '1' | 'max';
	readonly emit: (event: RealtimeEvent) => void;
	/** Aborting ends the source; what was captured until then is still sent, and its last words are waited for. */
	readonly stop: AbortSignal;
	readonly clock: Clock;
}

export interface SessionResult {
	readonly reason: EndReason;
	/** Why it failed. */
	readonly error?: unknown;
	/** All that was final, in the form of a batch transcript; `undefined` where the session never started. */
	readonly transcript: Transcript | undefined;
}

/** Runs a session to its end. Does not throw: whatever happens, the words that were final are in the result. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
	const {client, emit, start} = options;
	const config = start.transcriptionConfig;
	const finals: RecognitionResult[] = [];
	let started: RecognitionStarted | undefined;
	let source: AudioSource | undefined;
	let reason: EndReason;
	let failure: {error?: unknown} = {};
	// A connection that breaks must end the wait for a source that may stay silent for ever.
	const broken = new AbortController();
	client.on('Closed', () => broken.abort());
	const over = AbortSignal.any([options.stop, broken.signal]);
	listen(client, emit, finals, () => delimiterOf(started?.language_pack_info));
	try {
		emit({type: 'state', state: options.opening});
		source = await options.openSource();
		options.stop.throwIfAborted();
		emit({type: 'state', state: 'connecting'});
		started = await client.start({...start, audioFormat: source.format});
		emit({
			type: 'started',
			sessionId: client.sessionId,
			model: config.model ?? DEFAULT_MODEL,
			language: config.language,
			simulated: isSimulated(started.orchestrator_version),
			...(started.language_pack_info && {languagePack: started.language_pack_info}),
		});
		emit({type: 'state', state: 'listening'});
		// A source that fails (a microphone pulled out) has still given words that are on their way.
		const lost = await stream(source, options, over).catch((error: unknown) => ({error}));
		reason = options.stop.aborted ? 'stopped' : 'source';
		emit({type: 'state', state: 'finishing'});
		await client.stop();
		if (lost) throw lost.error;
	} catch (error) {
		if (started === undefined && options.stop.aborted) {
			reason = 'stopped';
		} else {
			reason = 'failed';
			failure = {error};
			emit({type: 'error', reason: error instanceof Error ? error.message : String(error)});
		}
	} finally {
		client.close();
		await source?.stop().catch(() => {});
	}
	emit({type: 'state', state: 'ended'});
	emit({type: 'ended', reason, ...counts(client, source)});
	return {reason, ...failure, transcript: started && transcriptOf(finals, started, config)};
}

function listen(
	client: RealtimeClient,
	emit: (event: RealtimeEvent) => void,
	finals: RecognitionResult[],
	delimiter: () => Delimiter,
): void {
	const piece = (
		{metadata, results}: AddTranscript | AddPartialTranscript,
		spoken = results,
	): TranscriptPiece => ({
		text: joinResults(spoken, delimiter()),
		startTime: metadata.start_time,
		endTime: metadata.end_time,
		results,
	});
	client.on('AddPartialTranscript', (message) => {
		// A mark at its start belongs to the last final, and would stand alone here.
		const first = message.results.findIndex((result) => !attachesToPrevious(result));
		const spoken = finals.length === 0 || first < 0 ? message.results : message.results.slice(first);
		emit({type: 'partial', ...piece(message, spoken)});
	});
	client.on('AddTranscript', (message) => {
		finals.push(...message.results);
		emit({type: 'final', ...piece(message)});
	});
	client.on('Warning', ({type, reason}) => emit({type: 'warning', kind: type, reason}));
	client.on('Info', ({type, reason}) => emit({type: 'info', kind: type, reason}));
}

/** Sends what the source gives until it ends or `over` aborts, which asks it to end. */
async function stream(
	source: AudioSource,
	{client, pace, clock, emit}: SessionOptions,
	over: AbortSignal,
): Promise<void> {
	const endSource = () => void source.stop().catch(() => {});
	if (over.aborted) endSource();
	over.addEventListener('abort', endSource, {once: true});
	const bytesPerSecond = source.bytesPerSecond ?? bytesPerSecondOf(source.format);
	const ownSpeed = pace === '1' && !source.live && bytesPerSecond !== undefined;
	const chunks = source.chunks();
	for await (const chunk of ownSpeed ? paced(chunks, bytesPerSecond, clock, over) : chunks) {
		if (source.format.type === 'raw') emit({type: 'level', ...levelOf(chunk, source.format.encoding)});
		await client.sendAudio(chunk);
	}
}

function bytesPerSecondOf(format: AudioFormat): number | undefined {
	return format.type === 'raw' ? format.sample_rate * BYTES_PER_SAMPLE[format.encoding] : undefined;
}

function counts(client: RealtimeClient, source: AudioSource | undefined) {
	const {sentFrames, sentBytes} = client;
	const format = source?.format;
	return {
		sentFrames,
		sentBytes,
		...(format?.type === 'raw' && {sentSamples: sentBytes / BYTES_PER_SAMPLE[format.encoding]}),
		...(source?.capturedSamples !== undefined && {capturedSamples: source.capturedSamples()}),
	};
}

/** A live session's words in the shape of a batch transcript, so that both are written by the same code. */
function transcriptOf(
	results: RecognitionResult[],
	{orchestrator_version, language_pack_info}: RecognitionStarted,
	config: RealtimeTranscriptionConfig,
): Transcript {
	return {
		format: '2.9',
		metadata: {
			created_at: new Date().toISOString(),
			type: 'transcription',
			transcription_config: config,
			...(language_pack_info && {language_pack_info}),
			...(orchestrator_version && {orchestrator_version}),
		},
		results,
	};
}
