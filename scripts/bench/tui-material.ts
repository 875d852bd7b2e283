/** Made-up recordings and words for the screens, and services that nothing answers. */
import type {BatchEvent} from '../../src/batch/events.ts';
import type {Entry} from '../../src/history/entry.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import type {HistoryIndex, HistoryServices, Services} from '../../src/tui/services.ts';
import {mark, word} from '../../test/helpers/results.ts';

const WORDS = (
	'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna ' +
	'aliqua velit'
).split(' ');
const SENTENCE = 12;
/** Seconds. */
const WORD = 0.4;
const MEGABYTE = 1_000_000;

/** Enough to open the app; nothing may be started with them. */
export function idleServices(): Services {
	return {
		demo: false,
		batch: {
			engine: {limits: {uploads: 4, running: 50}, rates: {submissions: 1, reads: 1}, clock: systemClock},
			order: {output: {to: 'files'}},
			takeOver: () => [],
		},
		realtimeStart: {transcriptionConfig: {language: 'en', max_delay: 2}},
		formats: ['txt'],
		outputDir: undefined,
		samplePath: undefined,
		warnings: [],
	} as unknown as Services;
}

/** So many recordings in all states, most of them waiting or done. */
export function* queuedRows(count: number): Generator<BatchEvent> {
	for (let index = 0; index < count; index++) {
		const name = `talk-${String((index * 7919) % count).padStart(5, '0')}.wav`;
		const file = `/recordings/${name}`;
		yield {
			type: 'queued',
			file,
			name,
			bytes: (1 + (index % 90)) * MEGABYTE,
			audioSeconds: 60 + (index % 5000),
		};
		const jobId = `job${index}`;
		const expected = {seconds: 90, isSure: true};
		if (index % 5 === 1) yield {type: 'submitted', file, jobId, requestId: 'r', expected};
		if (index % 5 === 2)
			yield {
				type: 'done',
				file,
				jobId,
				outputs: [`/recordings/${name}.txt`],
				seconds: 40,
				realTimeFactor: 0.05,
			};
		if (index % 50 === 3) yield {type: 'failed', file, reason: 'This is no recording.', cause: 'input'};
	}
}

/** A little more of an upload. @param index of the frame */
export function progressOf(file: string, index: number): BatchEvent {
	return {
		type: 'uploading',
		file,
		sentBytes: ((index * 65_536) % (80 * MEGABYTE)) + 1,
		totalBytes: 80 * MEGABYTE,
	};
}

/** Sentences of two speakers. @param from the first word's number */
export function* finalsOf(words: number, from = 0): Generator<RealtimeEvent> {
	for (let at = from; at < from + words; at += SENTENCE) yield pieceOf('final', at, SENTENCE, true);
}

/** What is not final grows to a sentence, and begins anew. @param index of the frame */
export function partialOf(index: number): RealtimeEvent {
	return pieceOf('partial', 1_000_000, 1 + (index % 20), false);
}

export function transcriptOf(words: number): Transcript {
	const results = [...finalsOf(words)].flatMap((event) => (event.type === 'final' ? event.results : []));
	return {
		format: '2.9',
		job: {id: 'job', duration: words * WORD},
		metadata: {transcription_config: {language: 'en', operating_point: 'enhanced'}},
		results: results as RecognitionResult[],
	};
}

/** So many recordings that were transcribed, without an index to be asked: only the drawing is measured. */
export function historyOf(count: number): HistoryServices {
	const entries = Array.from({length: count}, (_, index) => entryOf(index));
	const index = {
		entries: (_filter: unknown, {offset, limit}: {offset: number; limit: number}) => ({
			entries: entries.slice(offset, offset + limit),
			total: count,
		}),
		refresh: async () => ({read: 0, removed: 0}),
	};
	return {open: async () => index as unknown as HistoryIndex};
}

function entryOf(index: number): Entry {
	const name = `talk-${index}.wav`;
	return {
		id: index.toString(16).padStart(16, '0'),
		kind: index % 3 === 0 ? 'live' : 'batch',
		name,
		startedAt: Date.UTC(2026, 0, 1) - index * 3_600_000,
		seconds: 60 + (index % 5000),
		language: 'en',
		model: 'enhanced',
		speakers: index % 4,
		words: 100 + index,
		state: 'finished',
		paths: {transcript: name, audio: [], outputs: [], folder: undefined},
		jobId: undefined,
		sessionId: undefined,
		reference: undefined,
	};
}

function pieceOf(type: 'final' | 'partial', from: number, count: number, ends: boolean): RealtimeEvent {
	const speaker = Math.floor(from / SENTENCE) % 4 < 3 ? 'S1' : 'S2';
	const spoken = Array.from({length: count}, (_, index) => from + index);
	const text = spoken.map((index) => WORDS[index % WORDS.length]!);
	const end = (from + count) * WORD;
	return {
		type,
		text: text.join(' '),
		startTime: from * WORD,
		endTime: end,
		results: [
			...text.map((content, index) =>
				word(content, (from + index) * WORD, {end: (from + index + 1) * WORD, speaker}),
			),
			...(ends ? [mark('.', end, {speaker})] : []),
		],
		...(type === 'final' && {latency: 1.2}),
	};
}
