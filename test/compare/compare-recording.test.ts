import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import type {AudioSource} from '../../src/audio/source.ts';
import {comparisonDocument} from '../../src/commands/compare-document.ts';
import {comparisonLines} from '../../src/commands/compare-report.ts';
import type {CompareEvent} from '../../src/compare/compare-events.ts';
import {type CompareOptions, compareRecording} from '../../src/compare/compare-recording.ts';
import {figuresOf} from '../../src/compare/figures.ts';
import type {FaultInput} from '../../src/emulator/faults.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {openSource} from '../../src/realtime/sources.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {AuthenticationError} from '../../src/speechmatics/errors.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {JOB_CONFIG} from '../helpers/batch-run.ts';
import {FakeService} from '../helpers/fake-socket.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {SAMPLE} from '../helpers/program.ts';
import {word} from '../helpers/results.ts';

const START = {
	transcriptionConfig: {language: 'en', model: 'enhanced', enable_partials: true, max_delay: 0.7},
};

/** What is said in the sample: 39 words. */
const SAID = `Good morning, everyone. Let's begin today's meeting. The new version is out, and 14 customers have it.
What did they say about it? They like the captions, but want a faster search. Good, that's our plan for next week.`;

describe('against the emulator', () => {
	let emulator: Awaited<ReturnType<typeof startEmulator>>;
	beforeEach(async () => {
		emulator = await startEmulator({processingTime: () => 0});
	});
	afterEach(() => emulator.close());

	function options(faults: readonly FaultInput[], more: Partial<CompareOptions> = {}): CompareOptions {
		emulator.setFaults(faults);
		return {
			path: SAMPLE,
			seconds: 14.5,
			job: JOB_CONFIG,
			start: START,
			batchClient: new BatchClient({url: emulator.batchUrl, apiKey: 'right', retries: 0}),
			newRealtimeClient: () => new RealtimeClient({url: emulator.realtimeUrl, apiKey: 'right'}),
			openSource: (signal) => openSource({from: 'file', path: SAMPLE}, {signal, emit: () => {}}),
			clock: systemClock,
			emit: () => {},
			signal: new AbortController().signal,
			pace: 'max',
			...more,
		};
	}

	/*
	 * By hand. Of the 39 words, batch hears one wrongly ("customers"), so its rate is 1 / 39. Realtime hears one wrongly
	 * ("morning"), misses two ("about", "plan") and puts one in ("engine" behind "search"), so its rate is 4 / 39. Between
	 * the two all five places differ; batch has 39 words too, so realtime's rate against it is 5 / 39.
	 */
	test('the error rates of the report are those counted by hand', async () => {
		const comparison = await compareRecording(
			options(
				[
					{fault: 'mishear', by: 'batch', word: 'customers', as: 'costumers'},
					{fault: 'mishear', by: 'realtime', word: 'morning', as: 'mourning'},
					{fault: 'mishear', by: 'realtime', word: 'about'},
					{fault: 'mishear', by: 'realtime', word: 'plan'},
					{fault: 'mishear', by: 'realtime', word: 'search', as: 'search engine'},
				],
				{reference: SAID},
			),
		);
		const about = {
			rates: {},
			reference: 'said.txt',
			requests: {job: JOB_CONFIG, start: START},
			simulated: true,
		};
		const {differences} = comparisonDocument(comparison, about);
		expect(differences.batchAgainstReference).toMatchObject({
			...{substitutions: 1, deletions: 0, insertions: 0, hits: 38, words: 39, rate: 1 / 39},
			changes: [{before: 'costumers', after: 'customers'}],
		});
		expect(differences.realtimeAgainstReference).toMatchObject({
			...{substitutions: 1, deletions: 2, insertions: 1, hits: 36, words: 39, rate: 4 / 39},
			changes: [
				{before: 'mourning', after: 'morning'},
				{before: '', after: 'about'},
				{before: 'engine', after: ''},
				{before: '', after: 'plan'},
			],
		});
		expect(differences.realtimeAgainstBatch).toMatchObject({
			...{substitutions: 2, deletions: 2, insertions: 1, hits: 35, words: 39, rate: 5 / 39},
		});
		const report = comparisonLines(comparison, {...about, columns: 80});
		expect(report.filter((line) => /^word error rate/.test(line))[0]).toMatch(/ 2\.6 % +10\.3 %$/);
		expect(report).toContain('Realtime against batch: word error rate 12.8 % of 39 words (2 replaced, 2');
		// The places in the sample where these words are spoken.
		const starts = differences.realtimeAgainstReference!.changes.map(({start}) => Math.floor(start));
		expect(starts).toEqual([0, 8, 11, 13]);
	});

	// A refusal may be lost with the connection in the middle of an upload; the client then asks once more.
	test.each([
		['batch', {fault: 'status', status: 403}, 'authentication'],
		['realtime', {fault: 'error', type: 'invalid_model'}, 'service'],
	] as const)('where %s fails, the other one goes on', async (mode, fault, cause) => {
		const comparison = await compareRecording(options([{...fault, times: 9}], {reference: SAID}));
		const other = mode === 'batch' ? 'realtime' : 'batch';
		expect(comparison[mode]).toMatchObject({phase: 'failed', cause, transcript: undefined});
		expect(comparison[mode].reason).toMatch(/\w/);
		expect(comparison[other]).toMatchObject({phase: 'done', words: 39});
		expect(Object.keys(comparison.findings!)).toEqual([`${other}AgainstReference`]);
	});

	test('a recording that cannot be read fails both, each with its reason', async () => {
		const path = '/nowhere/none.wav';
		const comparison = await compareRecording(
			options([], {path, openSource: (signal) => openSource({from: 'file', path}, {signal, emit: () => {}})}),
		);
		expect(comparison.batch).toMatchObject({phase: 'failed', cause: 'input'});
		expect(comparison.realtime).toMatchObject({phase: 'failed', cause: 'input'});
	});

	test('stops both when it is told to, and is over then', async () => {
		const stop = new AbortController();
		const events: CompareEvent[] = [];
		const comparison = await compareRecording(
			options([{fault: 'hang', on: 'jobs.show'}], {
				pace: '1',
				signal: stop.signal,
				emit: (event) => {
					events.push(event);
					const isUnderWay = events.some(({type}) => type === 'submitted');
					if (isUnderWay && event.type === 'live' && event.event.type === 'level') stop.abort();
				},
			}),
		);
		expect(comparison.batch.phase).toBe('stopped');
		expect(comparison.realtime.phase).toBe('stopped');
		expect(comparison.findings).toEqual({});
		expect(events.at(-1)?.type).toBe('ended');
	});

	test('sends nothing where it was stopped before', async () => {
		const comparison = await compareRecording(options([], {signal: AbortSignal.abort()}));
		expect([comparison.batch.phase, comparison.realtime.phase]).toEqual(['stopped', 'stopped']);
		expect(emulator.statistics()).toMatchObject({realtime: {sessions: 0}, batch: {jobs: 0}});
	});
});

describe('by a clock', () => {
	/** Two seconds in pieces of 100 ms. */
	const source: AudioSource = {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
		live: false,
		async *chunks() {
			for (let index = 0; index < 20; index++) yield new Uint8Array(3200);
		},
		async stop() {},
	};
	const metadata = {start_time: 0, end_time: 1, transcript: ''};

	test('each figure is counted from the moment both began', async () => {
		const clock = new ManualClock();
		const service = new FakeService().behave();
		const behave = service.onSend!;
		service.onSend = (data) => {
			behave(data);
			const {length} = service.frames;
			if (typeof data === 'string') return;
			const results = [word('Good', 0.1, {end: 0.4})];
			if (length === 5) service.say({message: 'AddPartialTranscript', metadata, results});
			if (length === 12) service.say({message: 'AddTranscript', metadata, results});
		};
		const done = {format: '2.9', metadata: {}, results: [word('Good', 0.1)]};
		const running = compareRecording({
			path: 'talk.wav',
			seconds: 2,
			job: JOB_CONFIG,
			start: START,
			batchClient: {
				async submitJob() {
					await clock.sleep(300);
					return {id: 'j1', url: '', requestId: undefined, outcome: undefined, transcript: undefined};
				},
				async waitForCompletion() {
					await clock.sleep(400);
					return {id: 'j1', status: 'done', url: '', requestId: undefined};
				},
				getTranscript: (async () => done) as unknown as BatchClient['getTranscript'],
			},
			newRealtimeClient: () =>
				new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: service.connect, clock}),
			openSource: async () => source,
			clock,
			emit: () => {},
			signal: new AbortController().signal,
		});
		await clock.advance(60_000);
		const {batch, realtime} = figuresOf(await running);
		expect(batch).toEqual({firstWord: 0.7, wholeText: 0.7, realTimeFactor: 0.35, speed: 2 / 0.7, words: 1});
		expect(realtime).toMatchObject({
			...{firstWord: 0.5, firstPartial: 0.5, firstFinal: 1.2, wholeText: 2, realTimeFactor: 1, speed: 1},
		});
		expect(realtime.latency?.count).toBe(1);
		expect(realtime.latency?.p50).toBeCloseTo(0.8, 6);
	});

	test('a refused key is told as one', async () => {
		const refuse = () => Promise.reject(new AuthenticationError('The key is refused', {status: 401}));
		const comparison = await compareRecording({
			path: 'talk.wav',
			job: JOB_CONFIG,
			start: START,
			batchClient: {submitJob: refuse, waitForCompletion: refuse, getTranscript: refuse},
			newRealtimeClient: () =>
				new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: refuse, clock: systemClock}),
			openSource: async () => source,
			clock: systemClock,
			emit: () => {},
			signal: new AbortController().signal,
		});
		expect(comparison.batch).toMatchObject({cause: 'authentication', reason: 'The key is refused'});
		expect(comparison.realtime).toMatchObject({cause: 'authentication', reason: 'The key is refused'});
	});
});
