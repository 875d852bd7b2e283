import {describe, expect, test} from 'bun:test';
import type {CompareEvent, CompareHappening} from '../../src/compare/compare-events.ts';
import {elapsedOf, NEW_COMPARISON, reduceComparison} from '../../src/compare/comparison.ts';
import {costOf, costText, figuresOf} from '../../src/compare/figures.ts';
import {guideOf} from '../../src/compare/guide.ts';
import {sameRequests} from '../../src/compare/requests.ts';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {JOB_CONFIG} from '../helpers/batch-run.ts';
import {mark, word} from '../helpers/results.ts';

const transcript = (...results: RecognitionResult[]): Transcript => ({format: '2.9', metadata: {}, results});

/** Events at their moments, folded. */
function after(...happenings: ReadonlyArray<readonly [at: number, happening: CompareHappening]>) {
	return happenings.reduce(
		(state, [at, happening]) => reduceComparison(state, {...happening, at} as CompareEvent),
		NEW_COMPARISON,
	);
}

const piece = (type: 'partial' | 'final', text: string, results: RecognitionResult[], latency?: number) =>
	({
		type: 'live',
		heard: 2,
		event: {type, text, startTime: 0, endTime: 1, results, ...(latency !== undefined && {latency})},
	}) as const;

const BEGAN = [0, {type: 'began', file: 'a.wav', seconds: 4}] as const;

describe('a comparison', () => {
	test('knows how far each way is, and what can be read of it', () => {
		const state = after(
			BEGAN,
			[0.1, {type: 'uploading', sentBytes: 25, totalBytes: 100}],
			[0.2, {type: 'live', heard: 0, event: {type: 'state', state: 'connecting'}}],
			[0.3, {type: 'live', heard: 0, event: {type: 'state', state: 'listening'}}],
			[0.9, piece('partial', 'Good mor', [word('Good', 0), word('mor', 0.5)])],
			[1.5, piece('final', 'Good morning', [word('Good', 0), word('morning', 0.5)], 0.5)],
			[1.9, piece('final', ',', [mark(',', 1)], 0.9)],
			[2.1, piece('final', 'all', [word('all', 1)], 0.7)],
			[2.2, piece('partial', 'of', [word('of', 2)])],
		);
		expect(state.batch).toMatchObject({phase: 'uploading', progress: 0.25});
		expect(state.realtime).toMatchObject({
			phase: 'streaming',
			progress: 0.5,
			text: 'Good morning, all',
			partial: 'of',
			words: 3,
			firstPartialAt: 0.9,
			firstWordAt: 0.9,
			firstFinalAt: 1.5,
		});
		expect(figuresOf(state).realtime.latency).toEqual({p50: 0.7, p95: 0.9, count: 3});
	});

	test('measures from its beginning, and against the length of the recording', () => {
		const state = after(
			BEGAN,
			[0.5, {type: 'submitted', jobId: 'j1'}],
			[0.9, {type: 'job-done'}],
			[1, {type: 'transcribed', mode: 'batch', transcript: transcript(word('Good', 0), mark('.', 1))}],
			[5, {type: 'transcribed', mode: 'realtime', transcript: transcript(word('Good', 0))}],
		);
		const {batch, realtime} = figuresOf(state);
		expect(batch).toEqual({firstWord: 1, wholeText: 1, realTimeFactor: 0.25, speed: 4, words: 1});
		expect(realtime).toMatchObject({firstWord: 5, firstPartial: undefined, realTimeFactor: 1.25});
		expect(state.batch).toMatchObject({phase: 'done', jobId: 'j1', text: 'Good.'});
		expect([elapsedOf(state.batch, 9), elapsedOf({endedAt: undefined}, 9)]).toEqual([1, 9]);
	});

	test('says why a way failed, and keeps what was final', () => {
		const state = after(
			BEGAN,
			[1, piece('final', 'Good', [word('Good', 0)])],
			[2, {type: 'failed', mode: 'realtime', reason: 'It broke', cause: 'service'}],
			[3, {type: 'stopped', mode: 'batch'}],
		);
		expect(state.realtime).toMatchObject({phase: 'failed', reason: 'It broke', text: 'Good', endedAt: 2});
		expect(state.batch).toMatchObject({phase: 'stopped', wholeTextAt: undefined});
		expect(figuresOf(state).realtime.wholeText).toBeUndefined();
	});

	test('takes the length of the recording from what was streamed where nobody knows it before', () => {
		const state = after(
			[0, {type: 'began', file: 'a.aac'}],
			[1, piece('final', 'Good', [word('Good', 0)])],
			[3, {type: 'transcribed', mode: 'realtime', transcript: transcript(word('Good', 0))}],
		);
		expect(state.seconds).toBe(2);
	});
});

describe('the cost', () => {
	test('is hours by the rate that was set, and nothing without one', () => {
		expect(costOf({seconds: 1800}, {batch: 0.3}, 'batch')).toBeCloseTo(0.15, 10);
		expect(costOf({seconds: 1800}, {batch: 0.3}, 'realtime')).toBeUndefined();
		expect(costOf({seconds: undefined}, {batch: 0.3}, 'batch')).toBeUndefined();
		expect(costOf({seconds: 1800}, {batch: 0}, 'batch')).toBe(0);
	});

	test.each([
		[0, 'EUR', '0.00 EUR'],
		[12.345, 'EUR', '12.35 EUR'],
		[0.15, undefined, '0.15'],
		[0.00123, undefined, '0.0012'],
	])('%p %p is written %p', (amount, currency, text) => expect(costText(amount, currency)).toBe(text));
});

describe('the guide', () => {
	const both = after(
		BEGAN,
		[0.9, piece('partial', 'Good', [word('Good', 0)])],
		[1, {type: 'transcribed', mode: 'batch', transcript: transcript(word('Good', 0))}],
		[4.2, {type: 'transcribed', mode: 'realtime', transcript: transcript(word('Good', 0))}],
	);
	const why = (rows: ReturnType<typeof guideOf>, work: string) => rows.find((row) => row.work === work);

	test('is told with the numbers of the run', () => {
		const rows = guideOf(both, {batch: 3600, realtime: 1800, currency: 'EUR'});
		expect(why(rows, 'captions while people speak')).toMatchObject({
			mode: 'realtime',
			why: expect.stringContaining('first word after 0.9 s'),
		});
		expect(why(rows, 'archives, long or many files')?.why).toStartWith(
			'whole text after 1.0 s, realtime 4.2 s',
		);
		expect(why(rows, 'the lowest bill')).toMatchObject({
			mode: 'realtime',
			why: 'batch 4.00 EUR, realtime 2.00 EUR for this recording',
		});
	});

	test('names no number that was not measured, and no price', () => {
		const text = JSON.stringify(guideOf(NEW_COMPARISON, {batch: 1}));
		expect(text).not.toMatch(/undefined|NaN|lowest bill| \d+\.\d s\b/);
	});
});

describe('what is asked of both', () => {
	const start = {transcriptionConfig: {language: 'en', model: 'enhanced'}};
	const job = {
		...JOB_CONFIG,
		summarization_config: {},
		transcription_config: {...JOB_CONFIG.transcription_config, diarization: 'speaker' as const},
	};

	test('is no add-on, and no speakers unless somebody wants them', () => {
		const origins = new Map([['diarization', {kind: 'default'} as const]]);
		const asked = sameRequests({config: job, origins}, {start: {...start, audioEventsConfig: {}}});
		expect(asked.job).toEqual({
			type: 'transcription',
			transcription_config: {...job.transcription_config, diarization: 'none'},
		});
		expect(asked.start).toEqual(start);
	});

	test('is who spoke where that was said', () => {
		const origins = new Map([['diarization', {kind: 'flag', flag: '--diarization'} as const]]);
		expect(sameRequests({config: job, origins}, {start}).job.transcription_config.diarization).toBe(
			'speaker',
		);
	});
});
