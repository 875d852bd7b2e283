import {describe, expect, test} from 'bun:test';
import {RollOver} from '../../src/realtime/roll-over.ts';
import {AuthenticationError, ConnectionError} from '../../src/speechmatics/errors.ts';
import type {Fate} from '../helpers/coded-network.ts';
import {codedRun, expectEveryWord, finalWords, gaps} from '../helpers/coded-run.ts';

const refused = new ConnectionError('Could not connect to eu.rt.test');
const times = (count: number, fate: Fate) => Array.from({length: count}, () => fate);

describe('the moment to hand over', () => {
	const LOUD = -20;
	const QUIET = -60;

	/** Seconds at which it says so, hearing a level every 100 ms. */
	function firstMoment(rollOver: RollOver, from: number, to: number, level: (time: number) => number) {
		for (let tenth = from * 10; tenth < to * 10; tenth++) {
			if (rollOver.heard(tenth / 10, level(tenth / 10))) return tenth / 10;
		}
		return undefined;
	}

	test('does not come before it is due, however quiet it is', () => {
		expect(firstMoment(new RollOver(0), 0, 47 * 3600, () => QUIET)).toBeUndefined();
	});

	test('is the first pause between words, once the service has warned', () => {
		const rollOver = new RollOver(0);
		rollOver.limitIsNear(100);
		expect(firstMoment(rollOver, 100, 300, (time) => (time >= 130 ? QUIET : LOUD))).toBeCloseTo(130.4, 5);
	});

	test('comes before 48 h also where the service says nothing', () => {
		const moment = firstMoment(new RollOver(1000), 1000 + 47 * 3600, 1000 + 48 * 3600, () => QUIET);
		expect(moment).toBeLessThan(1000 + 48 * 3600 - 45 * 60);
	});

	test('does not wait for a pause for ever', () => {
		const rollOver = new RollOver(0);
		rollOver.limitIsNear(100);
		expect(firstMoment(rollOver, 100, 300, () => LOUD)).toBeCloseTo(220.1, 5);
	});

	test('comes anew for the next connection', () => {
		const rollOver = new RollOver(0);
		rollOver.limitIsNear(1);
		expect(rollOver.heard(200, LOUD)).toBe(true);
		rollOver.restart(200);
		expect(firstMoment(rollOver, 200, 2000, () => QUIET)).toBeUndefined();
	});
});

describe('a session that rolls over', () => {
	test('has two connections for a moment, and each word once', async () => {
		const run = codedRun({blocks: 100, fates: [{warnAfter: 100}, {}], endsAfter: 60});
		await run.ended();
		expect(run.network.asked).toHaveLength(2);
		expect(run.network.mostOpen).toBe(2);
		expectEveryWord(run.events, 100);
	});

	test('while the old connection breaks: its last words come by another one, in their order', async () => {
		const run = codedRun({
			blocks: 100,
			fates: [{warnAfter: 100, ends: {at: 'end', code: 1006}}, {}, {}],
			endsAfter: 60,
		});
		await run.ended();
		expect(run.network.asked).toHaveLength(3);
		expectEveryWord(run.events, 100);
	});

	test('while the last words of the old connection cannot be had: a gap, and the words go on', async () => {
		const last = {warnAfter: 100, ends: {at: 'end', code: 1006}} as const;
		const run = codedRun({blocks: 100, fates: [last, {}, {refused}], endsAfter: 300});
		await run.pass(180);
		const [gap] = gaps(run.events);
		expect(gap!.from).toBeGreaterThan(5);
		expect(gap!.from + gap!.seconds).toBeLessThan(13);
		const words = finalWords(run.events);
		expect(words.at(-1)!.text).toBe('w100');
		const missing = 100 - words.length;
		expect(Math.abs(missing * 0.4 - gap!.seconds)).toBeLessThan(0.5);
		expect((await run.ended()).reason).toBe('source');
		expect(gaps(run.events)).toHaveLength(1);
	});

	test('while both connections break', async () => {
		const run = codedRun({
			blocks: 200,
			fates: [{warnAfter: 100, ends: {at: 'end', code: 1006}}, {ends: {at: 60, code: 1006}}, {refused}, {}],
			endsAfter: 100,
		});
		await run.ended();
		expectEveryWord(run.events, 200);
		expect(gaps(run.events)).toEqual([]);
	});

	test('while the next connection takes 14 s to start', async () => {
		const run = codedRun({blocks: 100, fates: [{warnAfter: 100}, {startsAfter: 9900}, {}], endsAfter: 60});
		await run.ended();
		expectEveryWord(run.events, 100);
		expect(gaps(run.events)).toEqual([]);
	});

	test('and whose next connection breaks as soon as it has taken over', async () => {
		const late = {startsAfter: 9000, ends: {at: 5, code: 1006}} as const;
		const run = codedRun({blocks: 100, fates: [{warnAfter: 100}, late, {}], endsAfter: 60});
		await run.ended();
		expect(run.network.asked).toHaveLength(3);
		expectEveryWord(run.events, 100);
	});

	test('where the service has no room for two: the old connection ends first, and nothing is lost', async () => {
		const full = {
			ends: {at: 'start', error: {type: 'quota_exceeded', reason: 'Concurrent Quota Exceeded'}, code: 4005},
		} as const;
		const run = codedRun({blocks: 100, fates: [{warnAfter: 100}, full, full, {}], endsAfter: 60});
		await run.pass(14);
		expect(run.network.open).toBe(0);
		await run.ended();
		expect(run.network.asked).toHaveLength(4);
		expectEveryWord(run.events, 100);
		expect(gaps(run.events)).toEqual([]);
	});

	test('while no new connection can be opened for a minute: the old one goes on until then', async () => {
		const run = codedRun({
			blocks: 250,
			fates: [{warnAfter: 100}, ...times(9, {refused}), {}],
			endsAfter: 150,
			// Far less than a minute: what the old connection makes words of need not be kept.
			options: {keepAudio: 20},
		});
		await run.pass(35);
		expect(run.network.open).toBe(1);
		expect(run.states().at(-1)).toStartWith('rolling over');
		await run.pass(45);
		expect(run.states().at(-1)).toBe('listening');
		expect(run.events.findLast((event) => event.type === 'started')).toMatchObject({connection: 2});
		await run.ended();
		expectEveryWord(run.events, 250);
		expect(gaps(run.events)).toEqual([]);
	});

	test('while no new connection can be opened, and then the old one breaks too', async () => {
		const run = codedRun({
			blocks: 250,
			fates: [{warnAfter: 100, ends: {at: 200, code: 1006}}, ...times(14, {refused}), {}],
			endsAfter: 150,
		});
		await run.ended();
		expectEveryWord(run.events, 250);
		expect(gaps(run.events)).toEqual([]);
	});

	test('with a key that is no longer accepted: the old connection goes on to the end', async () => {
		const fates = [
			{warnAfter: 100},
			{refused: new AuthenticationError('The key is not accepted', {status: 401})},
		];
		const run = codedRun({blocks: 100, fates, endsAfter: 60});
		await run.pass(20);
		expect(run.states()).toContain('rolling over');
		expect(run.states().at(-1)).toBe('listening');
		run.session.change({max_delay: 2});
		expect(run.network.sessions[0]!.changes).toEqual([{max_delay: 2}]);
		expect((await run.ended()).reason).toBe('source');
		expectEveryWord(run.events, 100);
	});

	test('and is stopped before the next connection stands ends as soon as the old one has told all', async () => {
		const run = codedRun({blocks: 50, fates: [{warnAfter: 100}, {hangs: true}]});
		await run.pass(25);
		run.stop();
		expect((await run.ended(2)).reason).toBe('stopped');
		expectEveryWord(run.events, 50);
		expect(run.network.open).toBe(0);
	});

	test('leaves no connection behind when it fails', async () => {
		const run = codedRun({
			blocks: 250,
			fates: [{warnAfter: 100, ends: {at: 150, code: 4001}}, {startsAfter: 8000}, {}],
			endsAfter: 150,
		});
		expect((await run.ended(30)).reason).toBe('failed');
		await run.pass(30);
		expect(run.network.open).toBe(0);
	});
});
