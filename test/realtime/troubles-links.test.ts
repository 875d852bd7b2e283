/** Links that are lost at bad moments, and users who stop then. */
import {describe, expect, test} from 'bun:test';
import {AudioError} from '../../src/audio/source.ts';
import {ConnectionError} from '../../src/speechmatics/errors.ts';
import type {SpeakerIdentity} from '../../src/speechmatics/messages.ts';
import type {Fate} from '../helpers/coded-network.ts';
import {codedRun, expectEveryWord, finalWords, gaps} from '../helpers/coded-run.ts';

const refused = new ConnectionError('Could not connect to eu.rt.test');
const times = (count: number, fate: Fate) => Array.from({length: count}, () => fate);

describe('a connection that is away', () => {
	test('for less than audio is kept: each word once', async () => {
		const run = codedRun({
			blocks: 400,
			fates: [{ends: {at: 105, code: 1006}}, ...times(8, {refused}), {}],
			endsAfter: 180,
		});
		expect((await run.ended()).reason).toBe('source');
		expect(run.network.asked.length).toBe(10);
		expectEveryWord(run.events, 400);
		expect(gaps(run.events)).toEqual([]);
	});

	test('for longer than audio is kept: one gap with its length, and the words after it in their place', async () => {
		const fates = [{ends: {at: 105, code: 1006}}, ...times(10, {refused}), {ends: {at: 1, code: 1006}}, {}];
		const run = codedRun({blocks: 400, fates, endsAfter: 180, options: {keepAudio: 20}});
		expect((await run.ended()).reason).toBe('source');
		const told = gaps(run.events);
		expect(told.length).toBeGreaterThan(0);
		// Where the link is lost again at once, more may be lost: never is the same told twice.
		for (const [index, gap] of told.entries()) {
			const before = told[index - 1];
			if (before !== undefined) expect(gap.from).toBeGreaterThanOrEqual(before.from + before.seconds - 0.01);
		}
		const words = finalWords(run.events);
		for (const {text, start} of words) expect(start).toBeCloseTo((Number(text.slice(1)) - 1) * 0.4, 1);
		const missing = 400 - words.length;
		const lost = told.reduce((sum, {seconds}) => sum + seconds, 0);
		expect(Math.abs(missing * 0.4 - lost)).toBeLessThan(1);
		expect(new Set(words.map(({text}) => text)).size).toBe(words.length);
	});

	test('for good: it is given up after hours, and says why', async () => {
		const run = codedRun({fates: [{ends: {at: 20, code: 1006}}, {refused}]});
		await run.pass(5);
		// The network alone is asked: this is about hours.
		run.source.pause(3 * 3_600_000);
		const result = await run.ended(3 * 3600);
		expect(result).toMatchObject({reason: 'failed', error: refused});
		expect(run.clock.now()).toBeGreaterThan(2 * 3600_000);
	}, 60_000);
});

test('a link that dies while the last words are awaited: their audio is sent again', async () => {
	for (const fate of [
		{ends: {at: 'end', code: 1006}},
		{ends: {at: 'end', code: 1011, error: {type: 'unknown_error', reason: 'Oops'}}},
	] as const) {
		const run = codedRun({fates: [fate, {}], endsAfter: 20});
		expect((await run.ended()).reason).toBe('source');
		expect(run.network.asked).toHaveLength(2);
		expectEveryWord(run.events, 50);
	}
});

describe('who stops', () => {
	test('while the first connection hangs is let go at once', async () => {
		const run = codedRun({fates: [{hangs: true}]});
		await run.pass(3);
		run.stop();
		expect(await run.ended(0.5)).toMatchObject({reason: 'stopped', transcript: undefined});
		expect(run.events.filter(({type}) => type === 'error')).toEqual([]);
	});

	test('while a first try is to be repeated is let go at once', async () => {
		const run = codedRun({
			fates: [{ends: {at: 'start', error: {type: 'quota_exceeded', reason: 'No'}, code: 4005}}],
		});
		await run.pass(3);
		run.stop();
		expect(await run.ended(0.5)).toMatchObject({reason: 'stopped'});
	});

	test('while reconnecting gets the words of what was said, if the network comes back within 2 minutes', async () => {
		const run = codedRun({fates: [{ends: {at: 100, code: 1006}}, ...times(12, {refused}), {}]});
		await run.pass(25);
		run.stop();
		await run.pass(0.2);
		expect(run.result()).toBeUndefined();
		// Whoever waits is not made to wait for the end of a pause.
		expect(run.clock.now() - run.network.asked.at(-1)!).toBeLessThanOrEqual(200);
		expect((await run.ended(130)).reason).toBe('stopped');
		expectEveryWord(run.events, 50);
	});

	test('while reconnecting does not wait for longer than that', async () => {
		const run = codedRun({fates: [{ends: {at: 100, code: 1006}}, {refused}]});
		// However long it was away before.
		await run.pass(600);
		run.stop();
		await run.pass(90);
		expect(run.result()).toBeUndefined();
		expect(await run.ended(60)).toMatchObject({reason: 'failed', error: refused});
		expect(run.result()?.transcript?.results.length).toBeGreaterThan(10);
	});

	test('while a reconnect hangs waits no longer either', async () => {
		const run = codedRun({fates: [{ends: {at: 100, code: 1006}}, {startsAfter: 10 * 3600_000}]});
		await run.pass(15);
		run.stop();
		expect((await run.ended(200)).reason).toBe('failed');
	});
});

test('a source that fails while reconnecting: what was said before still becomes words', async () => {
	const run = codedRun({fates: [{ends: {at: 100, code: 1006}}, ...times(5, {refused}), {}], blocks: 25});
	await run.pass(12);
	run.source.fail(new AudioError('The microphone was lost.'));
	expect(await run.ended(130)).toMatchObject({
		reason: 'failed',
		error: {message: 'The microphone was lost.'},
	});
	expectEveryWord(run.events, 25);
});

test('speakers are asked for at the end, by the connection that is the last', async () => {
	const told: Array<readonly SpeakerIdentity[]> = [];
	const run = codedRun({
		fates: [{ends: {at: 100, code: 1006}}, {}],
		endsAfter: 25,
		options: {
			start: {transcriptionConfig: {language: 'en', model: 'enhanced', diarization: 'speaker'}},
			onSpeakers: (speakers) => told.push(speakers),
		},
	});
	await run.ended();
	// Its S1 need not be the S1 of the connection before.
	expect(told).toEqual([[{label: 'S1.2', speaker_identifiers: ['one']}]]);
});

describe('a change', () => {
	test('is sent to the connection that stands, and later ones begin with it', async () => {
		const run = codedRun({fates: [{ends: {at: 100, code: 1006}}, {}], endsAfter: 25});
		await run.pass(5);
		run.session.change({max_delay: 2});
		await run.ended();
		expect(run.network.sessions[0]!.changes).toEqual([{max_delay: 2}]);
		expect(run.network.starts[1]!.transcription_config).toMatchObject({max_delay: 2});
		expectEveryWord(run.events, 50);
	});

	test('while a connection begins reaches it once it stands', async () => {
		const run = codedRun({fates: [{startsAfter: 5000}], endsAfter: 25});
		await run.pass(2);
		run.session.change({max_delay: 2});
		await run.ended();
		expect(run.network.sessions[0]!.changes).toEqual([{max_delay: 2}]);
	});

	test('that is none is refused, and harms nothing', async () => {
		const run = codedRun({fates: [{ends: {at: 20, code: 1006}}, ...times(4, {refused}), {}], endsAfter: 25});
		await run.pass(3);
		expect(() => run.session.change({max_delay: 100})).toThrow('max_delay');
		expect((await run.ended()).reason).toBe('source');
		expectEveryWord(run.events, 50);
	});
});

test('a short absence of the microphone does not hide that the machine slept later', async () => {
	const run = codedRun({endsAfter: 40});
	await run.pass(2);
	run.tell({type: 'microphone', is: 'back', device: 'any', seconds: 3});
	await run.pass(3);
	run.source.pause(300_000);
	await run.ended();
	expect(gaps(run.events)).toMatchObject([{seconds: 3}, {seconds: 300}]);
	expectEveryWord(run.events, 50);
});

test('two channels are sent again in step: each word of each, once', async () => {
	const run = codedRun({
		fates: [{ends: {at: 151, code: 1006}}, {ends: {at: 90, code: 1006}}, {}],
		endsAfter: 40,
		channels: {Me: 0, Them: 0.25},
	});
	expect((await run.ended()).reason).toBe('source');
	for (const channel of ['Me', 'Them']) {
		const own = run.events.filter((event) => event.type !== 'final' || event.channel === channel);
		expect(finalWords(own).map(({text}) => text)).toEqual(Array.from({length: 50}, (_, at) => `w${at + 1}`));
	}
	expect(run.network.asked).toHaveLength(3);
	expect(gaps(run.events)).toEqual([]);
});
