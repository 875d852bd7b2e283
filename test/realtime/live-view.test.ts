import {describe, expect, test} from 'bun:test';
import {LiveView} from '../../src/realtime/live-view.ts';
import {TranscriptLines} from '../../src/realtime/transcript-lines.ts';
import {mark, word} from '../helpers/results.ts';

const piece = (text: string, ...results: ReturnType<typeof word>[]) => ({
	text,
	startTime: 0,
	endTime: 1,
	results,
});

describe('lines', () => {
	test('end with the sentence, even when its mark comes later, and with the speaker', () => {
		const lines = new TranscriptLines();
		lines.add([word('Good', 0, {speaker: 'S1'}), word('morning', 1, {speaker: 'S1'})]);
		lines.add([mark('.', 1.5, {speaker: 'S1'})]);
		lines.add([word('Yes', 2, {speaker: 'S1'}), word('No', 3, {speaker: 'S2'})]);
		expect(lines.lines).toMatchObject([
			{start: 0, speaker: 'S1', text: 'Good morning.'},
			{start: 2, speaker: 'S1', text: 'Yes'},
			{start: 3, speaker: 'S2', text: 'No'},
		]);
	});
});

describe('lines of several kinds', () => {
	const texts = (lines: TranscriptLines) => lines.lines.map(({text}) => text);

	test('that never end are cut at a word', () => {
		const lines = new TranscriptLines();
		for (let index = 0; index < 1000; index++) lines.add([word('word', index)]);
		expect(Math.max(...texts(lines).map(({length}) => length))).toBeLessThan(420);
		expect(texts(lines).join(' ').split(' ')).toHaveLength(1000);
	});

	test('a note stands where it belongs, although the words before it come later', () => {
		const lines = new TranscriptLines();
		lines.add([word('Before', 0)]);
		lines.note('mark', 2, 2, 'here');
		expect(lines.settled).toBe(0);
		lines.add([word('the', 1), word('mark', 1.5), word('After', 2.5), mark('.', 3)]);
		expect(texts(lines)).toEqual(['Before the mark', 'here', 'After.']);
		lines.note('gap', 0.8, 0.9, 'late');
		expect(texts(lines)).toEqual(['Before the mark', 'late', 'here', 'After.']);
	});

	test('two channels that speak at once each go on with their own sentence', () => {
		const lines = new TranscriptLines();
		const on = (channel: string, result: ReturnType<typeof word>) => ({...result, channel});
		lines.add([on('Me', word('How', 0))]);
		lines.add([on('Them', word('Well', 0.2))]);
		lines.add([on('Me', word('are', 0.5)), on('Me', word('you', 1)), on('Me', mark('?', 1.5))]);
		lines.add([on('Them', mark(',', 0.7)), on('Them', word('hello', 0.9))]);
		expect(lines.lines).toMatchObject([
			{speaker: 'Me', text: 'How are you?'},
			{speaker: 'Them', text: 'Well, hello'},
		]);
		expect(lines.settled).toBe(0);
		lines.add([on('Me', word('Yes', 30))]);
		expect(lines.settled).toBe(2);
	});

	test('a name is given to what a speaker said and will say', () => {
		const lines = new TranscriptLines();
		lines.add([word('One', 0, {speaker: 'S1'}), word('Two', 1, {speaker: 'S2'})]);
		lines.name('S1', 'Ann');
		lines.add([word('Three', 2, {speaker: 'S1'})]);
		expect(lines.lines).toMatchObject([
			{speaker: 'Ann', label: 'S1'},
			{speaker: 'S2', label: 'S2'},
			{speaker: 'Ann', label: 'S1'},
		]);
	});

	test('after a silence the next word begins a line, and a mark still goes to its word', () => {
		const lines = new TranscriptLines();
		lines.add([word('One', 0)]);
		lines.endSentences();
		lines.add([mark(',', 0.5), word('two', 3)]);
		expect(texts(lines)).toEqual(['One, two']);
		lines.endSentences();
		lines.add([word('three', 9)]);
		expect(texts(lines)).toEqual(['One, two', 'three']);
	});
});

describe('a live view', () => {
	const begun = () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		return view;
	};
	const started = (connection: number) =>
		({
			type: 'started',
			sessionId: `s${connection}`,
			requestId: `r${connection}`,
			connection,
			offset: 0,
			model: 'm',
			language: 'en',
			simulated: false,
		}) as const;

	test('keeps its lines over a reconnect, and tells about it', () => {
		const view = begun();
		view.apply(started(1), 1);
		view.apply({type: 'state', state: 'listening'}, 2);
		view.apply({type: 'final', ...piece('One', word('One', 0))}, 3);
		view.apply(
			{type: 'state', state: 'reconnecting', reason: 'it was lost', attempt: 2, retryInSeconds: 4},
			1000,
		);
		expect([view.reason, view.attempt, view.retryAt]).toEqual(['it was lost', 2, 5000]);
		view.apply(started(2), 6000);
		view.apply({type: 'state', state: 'listening'}, 6000);
		view.apply({type: 'final', ...piece('two', word('two', 1))}, 6001);
		expect([view.reason, view.attempt, view.retryAt]).toEqual([undefined, undefined, undefined]);
		expect([view.connections, view.sessionId, view.listeningSince]).toEqual([2, 's2', 2]);
		expect(view.lines.map(({text}) => text)).toEqual(['One two']);
	});

	test('tells what is heard, missed and marked', () => {
		const view = begun();
		view.apply({type: 'audio-event', kind: 'applause', is: 'started', time: 1}, 0);
		view.apply({type: 'audio-event', kind: 'applause', is: 'ended', time: 3}, 0);
		view.apply({type: 'audio-event', kind: 'applause', is: 'started', time: 5}, 0);
		view.apply({type: 'audio-event', kind: 'applause', is: 'ended', time: 9}, 0);
		view.apply({type: 'gap', from: 20, seconds: 12.2, reason: 'the lid was closed'}, 0);
		view.apply({type: 'gap', from: 40, seconds: 300, reason: 'asleep'}, 0);
		view.apply({type: 'mark', time: 400, text: 'decision'}, 0);
		expect(view.lines).toMatchObject([
			{kind: 'event', text: '[applause]', start: 1, end: 9},
			{kind: 'gap', text: 'gap 12 s: the lid was closed', start: 20},
			{kind: 'gap', text: 'gap 5:00 min: asleep'},
			{kind: 'mark', text: 'decision'},
		]);
	});

	test('tells of the microphone, the recording, the quota and the latency', () => {
		const view = begun();
		view.apply({type: 'microphone', is: 'opened'}, 0);
		view.apply({type: 'microphone', is: 'muted'}, 0);
		view.apply({type: 'recording', path: '/r.wav'}, 0);
		view.apply({type: 'usage', usage: 1, quota: 2}, 0);
		view.apply({type: 'changed', config: {max_delay: 1}}, 0);
		view.apply({type: 'changed', config: {enable_partials: true}}, 0);
		view.apply({type: 'final', ...piece('One', word('One', 0)), latency: 0.8}, 0);
		expect([view.microphone, view.muted, view.recording]).toEqual(['opened', true, '/r.wav']);
		expect([view.usage, view.changed]).toEqual([
			{usage: 1, quota: 2},
			{max_delay: 1, enable_partials: true},
		]);
		expect(view.latency(10)).toEqual({p50: 0.8, p95: 0.8, count: 1});
		view.apply({type: 'microphone', is: 'unmuted'}, 0);
		view.apply({type: 'microphone', is: 'lost', reason: 'pulled out'}, 0);
		expect([view.microphone, view.muted]).toEqual(['lost', false]);
	});

	test('says which line a partial goes on with', () => {
		const view = begun();
		view.apply({type: 'final', ...piece('Good', word('Good', 0))}, 0);
		view.apply({type: 'partial', ...piece('morning', word('morning', 1))}, 0);
		expect(view.tails).toEqual([
			{stable: '', unstable: 'morning', line: view.lines[0], space: ' ', speaker: undefined},
		]);
		view.apply({type: 'final', ...piece('morning.', word('morning', 1), mark('.', 1.5))}, 0);
		view.apply({type: 'partial', ...piece('Next', mark('.', 1.5), word('Next', 2))}, 0);
		expect(view.tails).toEqual([
			{stable: '', unstable: 'Next', line: undefined, space: '', speaker: undefined},
		]);
	});
	test('joins words as their language does', () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		const languagePack = {word_delimiter: ''};
		view.apply(
			{
				type: 'started',
				sessionId: 'x',
				connection: 1,
				offset: 0,
				model: 'm',
				language: 'cmn',
				simulated: false,
				languagePack,
			},
			1,
		);
		view.apply({type: 'final', ...piece('你好', word('你', 0), word('好', 1))}, 2);
		expect(view.lines.map(({text}) => text)).toEqual(['你好']);
	});

	test('replaces the partial, and takes from it the words that are final', () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		view.apply({type: 'state', state: 'listening'}, 500);
		view.apply({type: 'partial', ...piece('Good mourning')}, 600);
		view.apply({type: 'partial', ...piece('Good morning')}, 700);
		expect([view.partial, view.isRunning, view.listeningSince]).toEqual(['Good morning', true, 500]);
		view.apply({type: 'final', ...piece('Good', word('Good', 0))}, 800);
		expect(view.partial).toBe('morning');
		expect(view.lines.map(({text}) => text)).toEqual(['Good']);
		view.apply({type: 'final', ...piece('morning.', word('morning', 1), mark('.', 1.5))}, 900);
		expect(view.partial).toBe('');
	});

	test('keeps the text after the end, and begins anew with the next session', () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		view.apply({type: 'final', ...piece('Kept', word('Kept', 0))}, 1);
		view.apply({type: 'error', reason: 'it broke'}, 2);
		view.apply({type: 'state', state: 'ended'}, 3);
		expect([view.lines.length, view.problem, view.isRunning]).toEqual([1, 'it broke', false]);
		view.apply({type: 'state', state: 'starting microphone'}, 4);
		expect([view.lines.length, view.problem, view.isRunning]).toEqual([0, undefined, true]);
	});
});

test('an append and a look cost the same after a day as at the beginning', () => {
	const view = new LiveView();
	view.apply({type: 'state', state: 'listening'}, 0);
	let time = 0;
	/** Milliseconds of ten thousand finals, each drawn. */
	const measure = () => {
		const begin = performance.now();
		for (let index = 0; index < 10_000; index++) {
			const results = [word('one', time), word('two', time + 0.4), word('three', time + 0.8)];
			time += 1.2;
			if (index % 4 === 3) results.push(mark('.', time));
			view.apply({type: 'final', ...piece('', ...results), latency: 1}, time * 1000);
			view.apply({type: 'partial', ...piece('', word('next', time))}, time * 1000);
			view.lines.at(-1);
			view.tails.at(-1);
			void view.settled;
		}
		return performance.now() - begin;
	};
	measure();
	const early = measure();
	for (let round = 0; round < 10; round++) measure();
	const late = measure();
	expect(view.lines.length).toBeGreaterThan(30_000);
	// Were it to grow with the length, it would be twelve times as much.
	expect(late).toBeLessThan(early * 5 + 20);
});
