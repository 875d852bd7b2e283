/** How a comparison stands, folded from its events. Pure; times are seconds since it began. */
import type {FailureCause} from '../batch/events.ts';
import type {RealtimeEvent} from '../realtime/events.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {contentOf, type Delimiter, delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import type {CompareEvent} from './compare-events.ts';
import type {Findings} from './findings.ts';

type EndPhase = 'done' | 'failed' | 'stopped';

interface Side {
	/** From 0 to 1, while it can be told. */
	readonly progress: number | undefined;
	/** The first word that could be read, and all of them. */
	readonly firstWordAt: number | undefined;
	readonly wholeTextAt: number | undefined;
	/** When it was over, however that came. */
	readonly endedAt: number | undefined;
	/** Words so far, marks not counted. */
	readonly words: number;
	/** What is final so far. */
	readonly text: string;
	/** Why it failed, in one sentence, and what kind of failure that is. */
	readonly reason: string | undefined;
	readonly cause: FailureCause | undefined;
	/** Once it is done. */
	readonly transcript: Transcript | undefined;
}

export interface BatchSide extends Side {
	readonly phase: 'waiting' | 'uploading' | 'processing' | 'fetching' | EndPhase;
	readonly jobId: string | undefined;
	readonly requestId: string | undefined;
}

export interface RealtimeSide extends Side {
	readonly phase: 'waiting' | 'connecting' | 'streaming' | 'reconnecting' | 'finishing' | EndPhase;
	/** Words that may still change. */
	readonly partial: string;
	readonly firstPartialAt: number | undefined;
	readonly firstFinalAt: number | undefined;
	/** Seconds of the recording that were streamed. */
	readonly heard: number;
	/** Seconds from the end of a word until it was final, of each final. */
	readonly latencies: readonly number[];
	readonly delimiter: Delimiter;
	/** The next word is joined to it. */
	readonly last: RecognitionResult | undefined;
}

export interface Comparison {
	readonly file: string;
	/** Length of the recording, as soon as it is known. */
	readonly seconds: number | undefined;
	/** True where the emulator answered. */
	readonly simulated: boolean;
	readonly batch: BatchSide;
	readonly realtime: RealtimeSide;
	/** Once both have come to their end. */
	readonly findings: Findings | undefined;
}

const NOTHING_YET: Side = {
	progress: undefined,
	firstWordAt: undefined,
	wholeTextAt: undefined,
	endedAt: undefined,
	words: 0,
	text: '',
	reason: undefined,
	cause: undefined,
	transcript: undefined,
};

/** Before its first event. */
export const NEW_COMPARISON: Comparison = {
	file: '',
	seconds: undefined,
	simulated: false,
	batch: {...NOTHING_YET, phase: 'waiting', jobId: undefined, requestId: undefined},
	realtime: {
		...NOTHING_YET,
		phase: 'waiting',
		partial: '',
		firstPartialAt: undefined,
		firstFinalAt: undefined,
		heard: 0,
		latencies: [],
		delimiter: ' ',
		last: undefined,
	},
	findings: undefined,
};

/** The state after an event. */
export function reduceComparison(state: Comparison, event: CompareEvent): Comparison {
	const batch = (change: Partial<BatchSide>) => ({...state, batch: {...state.batch, ...change}});
	switch (event.type) {
		case 'began':
			return {...NEW_COMPARISON, file: event.file, seconds: event.seconds};
		case 'uploading': {
			const {sentBytes, totalBytes} = event;
			return batch({phase: 'uploading', progress: totalBytes > 0 ? sentBytes / totalBytes : undefined});
		}
		case 'submitted': {
			const {jobId, requestId} = event;
			return batch({phase: 'processing', progress: undefined, jobId, requestId});
		}
		case 'job-done':
			return batch({phase: 'fetching'});
		case 'live':
			return afterLive(state, event);
		case 'transcribed':
			return afterTranscript(state, event);
		case 'failed': {
			const {mode, reason, cause, at} = event;
			return ended(state, mode, {phase: 'failed', reason, cause, endedAt: at});
		}
		case 'stopped':
			return ended(state, event.mode, {phase: 'stopped', endedAt: event.at});
		case 'ended':
			return {...state, findings: event.findings};
	}
}

/** Seconds that one way has taken, or took. @param now seconds since the comparison began */
export function elapsedOf({endedAt}: Pick<Side, 'endedAt'>, now: number): number {
	return endedAt ?? now;
}

function ended(
	state: Comparison,
	mode: 'batch' | 'realtime',
	change: Partial<Side> & {readonly phase: EndPhase},
): Comparison {
	if (mode === 'batch') return {...state, batch: {...state.batch, ...change}};
	return {...state, realtime: {...state.realtime, partial: '', ...change}};
}

function afterTranscript(
	state: Comparison,
	{mode, transcript, at}: Extract<CompareEvent, {type: 'transcribed'}>,
): Comparison {
	const {results, metadata, job} = transcript;
	const words = results.filter(({type}) => type !== 'punctuation').length;
	const seconds = state.seconds ?? (mode === 'realtime' ? state.realtime.heard || undefined : job?.duration);
	const known = {
		...state,
		seconds: seconds ?? undefined,
		simulated: state.simulated || isSimulated(metadata.orchestrator_version),
	};
	return ended(known, mode, {
		phase: 'done',
		progress: 1,
		firstWordAt: state[mode].firstWordAt ?? (words > 0 ? at : undefined),
		wholeTextAt: at,
		endedAt: at,
		words,
		text: joinResults(results, delimiterOf(metadata.language_pack_info)),
		transcript,
	});
}

const LIVE_PHASES: Readonly<
	Record<Extract<RealtimeEvent, {type: 'state'}>['state'], RealtimeSide['phase'] | undefined>
> = {
	'starting microphone': 'waiting',
	'opening audio': 'waiting',
	connecting: 'connecting',
	listening: 'streaming',
	reconnecting: 'reconnecting',
	'rolling over': 'streaming',
	'recording only': 'reconnecting',
	finishing: 'finishing',
	ended: undefined,
};

function afterLive(state: Comparison, {event, heard, at}: Extract<CompareEvent, {type: 'live'}>): Comparison {
	const {realtime, seconds} = state;
	const progress = seconds === undefined || seconds === 0 ? undefined : Math.min(1, heard / seconds);
	const after = (change: Partial<RealtimeSide>): Comparison => ({
		...state,
		realtime: {...realtime, heard, progress, ...change},
	});
	switch (event.type) {
		case 'state':
			return after({phase: LIVE_PHASES[event.state] ?? realtime.phase});
		case 'started':
			return {
				...after({delimiter: delimiterOf(event.languagePack)}),
				simulated: state.simulated || event.simulated,
			};
		case 'partial': {
			if (event.text === '') return after({partial: ''});
			const {firstPartialAt = at, firstWordAt = at} = realtime;
			return after({partial: event.text, firstPartialAt, firstWordAt});
		}
		case 'final':
			return event.results.length === 0 ? after({partial: ''}) : after(afterFinal(realtime, event, at));
		default:
			return after({});
	}
}

function afterFinal(
	{words, text, last, delimiter, latencies, firstFinalAt, firstWordAt}: RealtimeSide,
	{results, latency}: Extract<RealtimeEvent, {type: 'final'}>,
	at: number,
): Partial<RealtimeSide> {
	const joined = joinResults(last === undefined ? results : [last, ...results], delimiter);
	const count = results.filter(({type}) => type !== 'punctuation').length;
	return {
		partial: '',
		words: words + count,
		text: text + (last === undefined ? joined : joined.slice(contentOf(last).length)),
		last: results.findLast((result) => contentOf(result) !== '') ?? last,
		firstFinalAt: firstFinalAt ?? (count > 0 ? at : undefined),
		firstWordAt: firstWordAt ?? (count > 0 ? at : undefined),
		latencies: latency === undefined ? latencies : [...latencies, latency],
	};
}
