import {describe, expect, test} from 'bun:test';
import {ChannelTimeline} from '../../src/audio/channel-timeline.ts';
import {openChannels} from '../../src/audio/channels.ts';
import {FakeMicrophone} from '../helpers/fake-microphone.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

const RATE = 16_000;
const TENTH = 1_600;

/** 100 ms of one value. */
function tenth(value: number): Uint8Array {
	return new Uint8Array(new Int16Array(TENTH).fill(value).buffer);
}

function samplesOf(pieces: readonly Uint8Array[]): number {
	return pieces.reduce((sum, piece) => sum + piece.length / 2, 0);
}

describe('a timeline', () => {
	test('puts the first sound where it was spoken, with zeros before', () => {
		const timeline = new ChannelTimeline(RATE);
		const pieces = timeline.take(tenth(900), 10 * TENTH);
		expect(samplesOf(pieces)).toBe(10 * TENTH);
		expect(pieces.at(-1)).toEqual(tenth(900));
		expect(pieces.slice(0, -1).every((piece) => piece.every((byte) => byte === 0))).toBe(true);
	});

	test('lets a little jitter be', () => {
		const timeline = new ChannelTimeline(RATE);
		timeline.take(tenth(0), TENTH);
		expect(timeline.take(tenth(0), 5 * TENTH)).toHaveLength(1);
		expect(timeline.take(tenth(0), 3 * TENTH)).toHaveLength(1);
		expect(timeline.fill(8 * TENTH, 0.4)).toHaveLength(0);
	});

	test('fills a quiet channel, and puts what comes afterwards at its time', () => {
		const timeline = new ChannelTimeline(RATE);
		timeline.take(tenth(900), TENTH);
		expect(samplesOf(timeline.fill(11 * TENTH, 1))).toBe(8 * TENTH);
		expect(samplesOf(timeline.fill(12 * TENTH, 1.1))).toBe(TENTH);
		timeline.take(tenth(900), 15 * TENTH);
		expect(timeline.position).toBe(15 * TENTH);
	});

	test.each([
		['fast', 1.01, -1],
		['slow', 0.99, 1],
	])('a device whose clock is %s is corrected in the pauses, and loses no word', (_name, speed, _sign) => {
		const timeline = new ChannelTimeline(RATE);
		let spoken = 0;
		let passed = 0;
		for (let chunk = 1; chunk <= 3_000; chunk++) {
			const pause = chunk % 40 > 30;
			if (!pause) spoken++;
			const pieces = timeline.take(tenth(pause ? 1 : 900), Math.round((chunk * TENTH) / speed));
			passed += pieces.filter((piece) => piece[0] === 900 % 256).length;
			expect(Math.abs(timeline.position - (chunk * TENTH) / speed) / RATE).toBeLessThan(0.6);
		}
		expect(passed).toBe(spoken);
	});
});

/** Two fake sources as channels, and all that comes out of them. */
async function twoChannels(them = new FakeMicrophone('Monitor')) {
	const clock = new ManualClock();
	const me = new FakeMicrophone('Desk');
	const ended: Array<[string, string | undefined]> = [];
	const channels = await openChannels(
		[
			{label: 'Me', open: async () => me},
			{label: 'Them', open: async () => them},
		],
		{clock, onEnded: (label, failure) => ended.push([label, failure?.message])},
	);
	const heard: Record<string, number[]> = {Me: [], Them: []};
	const reading = (async () => {
		for await (const {channel, bytes} of channels.channels()) {
			heard[channel]!.push(...new Int16Array(bytes.slice().buffer));
		}
	})();
	reading.catch(() => {});
	const run = async (tenths: number, values: {me?: number; them?: number}) => {
		for (let tenth = 0; tenth < tenths; tenth++) {
			await clock.advance(100);
			if (values.me !== undefined) me.say(values.me);
			if (values.them !== undefined) them.say(values.them);
			await new Promise((resolve) => setImmediate(resolve));
		}
	};
	return {channels, me, them, run, heard, reading, ended};
}

const at = (heard: number[], seconds: number) => heard[Math.round(seconds * RATE)];

test('two sources come out under their names, at the same times', async () => {
	const {channels, run, heard, reading} = await twoChannels();
	await run(20, {me: 500, them: 700});
	await channels.stop();
	await reading;
	expect(channels.format).toEqual({type: 'raw', encoding: 'pcm_s16le', sample_rate: RATE});
	expect(heard.Me).toEqual(Array(2 * RATE).fill(500));
	expect(heard.Them).toEqual(Array(2 * RATE).fill(700));
});

test('one that is away gets zeros meanwhile, and is where it belongs when it is back', async () => {
	const {channels, run, heard, reading} = await twoChannels();
	await run(10, {me: 500, them: 700});
	await run(30, {me: 500});
	await run(10, {me: 500, them: 700});
	await channels.stop();
	await reading;
	expect(heard.Me).toHaveLength(5 * RATE);
	expect(heard.Them).toHaveLength(5 * RATE);
	expect([0.95, 1.05, 3.95, 4.05].map((seconds) => at(heard.Them!, seconds))).toEqual([700, 0, 0, 700]);
});

test('zeros come while one is away, not only when it is back', async () => {
	const {run, heard} = await twoChannels();
	await run(10, {me: 500, them: 700});
	await run(30, {me: 500});
	expect(heard.Them!.length).toBeGreaterThan(3.5 * RATE);
});

test('one that breaks is told of, and the other goes on; both end with the same length', async () => {
	const {channels, them, run, heard, reading, ended} = await twoChannels();
	await run(10, {me: 500, them: 700});
	them.die('gone');
	await run(10, {me: 500});
	expect(ended).toEqual([['Them', 'Them: gone']]);
	await channels.stop();
	await reading;
	expect(heard.Me).toHaveLength(2 * RATE);
	expect(heard.Them).toHaveLength(2 * RATE);
});

test('all that break are an error', async () => {
	const {me, them, run, reading} = await twoChannels();
	await run(5, {me: 500, them: 700});
	them.die('gone');
	me.die('gone too');
	await expect(reading).rejects.toThrow('Me: gone too');
});

test('a channel of another rate is brought to that of the first', async () => {
	const {channels, run, heard, reading} = await twoChannels(new FakeMicrophone('Monitor', 48_000));
	await run(10, {me: 500, them: 700});
	await channels.stop();
	await reading;
	expect(heard.Them).toHaveLength(RATE);
	expect(new Set(heard.Them)).toEqual(new Set([700]));
});

test('one that cannot be opened is named, and the other is stopped', async () => {
	const me = new FakeMicrophone();
	const opening = openChannels([
		{label: 'Me', open: async () => me},
		{
			label: 'Them',
			open: async () => {
				throw new Error('No input device is called "pulse".');
			},
		},
	]);
	await expect(opening).rejects.toThrow('Them: No input device is called "pulse".');
	expect(me.stopped).toBe(true);
});
