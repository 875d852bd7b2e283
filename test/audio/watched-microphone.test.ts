import {expect, test} from 'bun:test';
import type {MicrophoneOptions} from '../../src/audio/microphone.ts';
import {type MicrophoneStatus, openWatchedMicrophone} from '../../src/audio/watched-microphone.ts';
import {FakeMicrophone} from '../helpers/fake-microphone.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

/** A watched microphone whose captures are, one after the other, those given; an error is a failed attempt. */
async function watched(
	captures: Array<FakeMicrophone | Error>,
	options: {device?: string; expectsSound?: boolean} = {},
) {
	const clock = new ManualClock();
	const statuses: MicrophoneStatus[] = [];
	const asked: MicrophoneOptions[] = [];
	const microphone = await openWatchedMicrophone({
		...options,
		clock,
		onStatus: (status) => statuses.push(status),
		async open(options) {
			asked.push(options);
			const next = captures.shift();
			if (next instanceof FakeMicrophone) return next;
			throw next ?? new Error('no more captures');
		},
	});
	const values: number[] = [];
	let ended = false;
	const reading = (async () => {
		for await (const chunk of microphone.chunks()) {
			values.push(new Int16Array(chunk.slice().buffer)[0]!);
		}
		ended = true;
	})();
	/** So many chunks, one every 100 ms. */
	const speak = async (into: FakeMicrophone, value: number, chunks: number) => {
		for (let index = 0; index < chunks; index++) {
			into.say(value);
			await clock.advance(100);
		}
	};
	const types = () => statuses.map(({type}) => type);
	return {microphone, clock, statuses, types, asked, values, speak, reading, hasEnded: () => ended};
}

test('what is heard passes as it is until it is stopped', async () => {
	const fake = new FakeMicrophone('Desk');
	const {microphone, speak, values, statuses, reading} = await watched([fake]);
	await speak(fake, 7, 30);
	fake.say(8);
	await microphone.stop();
	await reading;
	expect(values).toEqual([...Array(30).fill(7), 8]);
	expect(microphone.capturedSamples()).toBe(31 * 1_600);
	expect(statuses).toEqual([{type: 'opened', device: 'Desk', sampleRate: 16_000}]);
});

test('a capture that dies is opened again, and the samples of both are counted', async () => {
	const [first, second] = [new FakeMicrophone(), new FakeMicrophone()];
	const {microphone, clock, speak, values, statuses, reading, hasEnded} = await watched([first, second]);
	await speak(first, 1, 10);
	first.die('The microphone was unplugged.');
	await clock.advance(2_000);
	await speak(second, 2, 5);
	expect(hasEnded()).toBe(false);
	await microphone.stop();
	await reading;
	expect(values).toEqual([...Array(10).fill(1), ...Array(5).fill(2)]);
	expect(microphone.capturedSamples()).toBe(15 * 1_600);
	expect(statuses.slice(1)).toEqual([
		{type: 'lost', reason: 'The microphone was unplugged.'},
		{type: 'back', device: 'Fake', seconds: expect.closeTo(2, 5)},
	]);
});

test('one that gives nothing is lost after a second, and back without a new process if it goes on in time', async () => {
	const fake = new FakeMicrophone();
	const {clock, speak, types, asked} = await watched([fake]);
	await speak(fake, 1, 10);
	await clock.advance(800);
	expect(types()).toEqual(['opened']);
	await clock.advance(700);
	expect(types()).toEqual(['opened', 'lost']);
	await speak(fake, 2, 5);
	expect(types()).toEqual(['opened', 'lost', 'back']);
	expect(fake.killed).toBe(false);
	expect(asked).toHaveLength(1);
});

test('one that gives nothing for longer is killed and replaced', async () => {
	const [first, second] = [new FakeMicrophone(), new FakeMicrophone()];
	const {clock, speak, types} = await watched([first, second]);
	await speak(first, 1, 3);
	await clock.advance(4_000);
	expect(first.killed).toBe(true);
	await speak(second, 2, 3);
	expect(types()).toEqual(['opened', 'lost', 'back']);
});

test('a program that stood still does not call its microphone lost', async () => {
	class StandingClock extends ManualClock {
		override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
			await super.sleep(milliseconds * 8, signal);
		}
	}
	const fake = new FakeMicrophone();
	const statuses: MicrophoneStatus[] = [];
	const clock = new StandingClock();
	await openWatchedMicrophone({clock, open: async () => fake, onStatus: (status) => statuses.push(status)});
	await clock.advance(20_000);
	expect(statuses.map(({type}) => type)).toEqual(['opened']);
});

test('attempts go on with growing waits, for ever, under the name the device had', async () => {
	const first = new FakeMicrophone('USB Headset');
	const last = new FakeMicrophone('USB Headset');
	const failures = Array.from({length: 8}, () => new Error('No input device is called "USB Headset".'));
	const {clock, speak, asked, types} = await watched([first, ...failures, last], {device: '3'});
	first.die('gone');
	await clock.advance(28_000);
	await speak(last, 1, 1);
	expect(asked.map(({device}) => device)).toEqual(['3', ...Array(9).fill('USB Headset')]);
	expect(clock.sleeps.filter((wait) => wait !== 250)).toEqual([
		500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000,
	]);
	expect(types()).toEqual(['opened', 'lost', 'back']);
});

test('who asked for the default gets what is the default then', async () => {
	const [first, second] = [new FakeMicrophone('A'), new FakeMicrophone('B')];
	const {clock, asked, statuses, speak, microphone} = await watched([first, second]);
	first.die('unplugged');
	await clock.advance(1_000);
	await speak(second, 1, 1);
	expect(asked.map(({device}) => device)).toEqual([undefined, 'default']);
	expect(statuses.at(-1)).toMatchObject({type: 'back', device: 'B'});
	expect(microphone.device).toBe('B');
});

test('a device that comes back with another rate is brought to the first one', async () => {
	const [first, second] = [new FakeMicrophone(), new FakeMicrophone('Other', 48_000)];
	const {microphone, clock, speak, reading, values} = await watched([first, second]);
	await speak(first, 1, 2);
	first.die('gone');
	await clock.advance(500);
	await speak(second, 900, 10);
	await microphone.stop();
	await reading;
	expect(values.slice(2)).toEqual(Array(10).fill(900));
	expect(microphone.capturedSamples()).toBe(12 * 1_600);
});

test('while muted it gives zeros, and says so', async () => {
	const fake = new FakeMicrophone();
	const {microphone, speak, values, statuses} = await watched([fake]);
	await speak(fake, 5, 2);
	microphone.mute(true);
	await speak(fake, 5, 2);
	microphone.mute(true);
	microphone.mute(false);
	await speak(fake, 5, 1);
	expect(values).toEqual([5, 5, 0, 0, 5]);
	expect(statuses.slice(1)).toEqual([
		{type: 'muted', muted: true},
		{type: 'muted', muted: false},
	]);
});

test('only zeros are told once, and their end', async () => {
	const fake = new FakeMicrophone();
	const {speak, statuses} = await watched([fake]);
	await speak(fake, 0, 49);
	expect(statuses).toHaveLength(1);
	await speak(fake, 0, 100);
	await speak(fake, 3, 2);
	expect(statuses.slice(1)).toEqual([{type: 'silent', seconds: expect.closeTo(5, 5)}, {type: 'heard'}]);
});

test('silence is nothing to tell of where it is expected, or where the user muted it', async () => {
	const fake = new FakeMicrophone();
	const monitor = await watched([fake], {expectsSound: false});
	await monitor.speak(fake, 0, 100);
	expect(monitor.types()).toEqual(['opened']);
	const muted = new FakeMicrophone();
	const {microphone, speak, types} = await watched([muted]);
	microphone.mute(true);
	await speak(muted, 0, 100);
	expect(types()).toEqual(['opened', 'muted']);
});

test('it can be stopped while it is lost', async () => {
	const fake = new FakeMicrophone();
	const {microphone, clock, reading} = await watched([fake, new Error('gone')]);
	fake.die('gone');
	await clock.advance(400);
	await microphone.stop();
	await reading;
});

test('one that cannot be opened the first time is an error, and no second attempt', async () => {
	await expect(watched([new Error('No microphone was found.')])).rejects.toThrow('No microphone was found.');
});

test('audio that nobody takes for ten minutes ends it with an error', async () => {
	const fake = new FakeMicrophone();
	const microphone = await openWatchedMicrophone({clock: new ManualClock(), open: async () => fake});
	for (let chunk = 0; chunk <= 6_000; chunk++) fake.say(1);
	await new Promise((resolve) => setImmediate(resolve));
	await expect(Array.fromAsync(microphone.chunks())).rejects.toThrow('its audio was not taken for 600 s');
	expect(fake.stopped).toBe(true);
});
