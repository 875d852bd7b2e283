import {expect, test} from 'bun:test';
import type {AudioSource} from '../../src/audio/source.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {LiveView} from '../../src/realtime/live-view.ts';
import {LiveSession} from '../../src/realtime/session.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {FakeService} from '../helpers/fake-socket.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

/** Bytes of 100 ms. */
const PIECE = 3200;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A session of which the test says what is captured. */
function setUp({live = true} = {}) {
	const service = new FakeService().behave();
	const clock = new ManualClock();
	const events: RealtimeEvent[] = [];
	const recorded: number[] = [];
	const waiting: Array<(value: number | undefined) => void> = [];
	const source: AudioSource = {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
		live,
		async *chunks() {
			for (;;) {
				const value = await new Promise<number | undefined>((resolve) => waiting.push(resolve));
				if (value === undefined) return;
				yield new Uint8Array(PIECE).fill(value);
			}
		},
		async stop() {
			waiting.shift()?.(undefined);
		},
	};
	const stop = new AbortController();
	let wallClock = 0;
	const session = new LiveSession({
		newClient: () => new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: service.connect}),
		openSource: async () => source,
		opening: 'starting microphone',
		start: {transcriptionConfig: {language: 'en', model: 'enhanced'}},
		pace: 'max',
		emit: (event) => events.push(event),
		recorder: {append: (bytes) => recorded.push(bytes[0]!)},
		stop: stop.signal,
		clock,
		wallClock: () => wallClock,
	});
	const over = session.run();
	return {
		session,
		service,
		clock,
		events,
		recorded,
		/** What is captured next: 100 ms of one value. */
		async hear(value: number) {
			while (waiting.length === 0) await turn();
			waiting.shift()!(value);
			for (let turns = 0; turns < 5; turns++) await turn();
		},
		async pass(milliseconds: number) {
			wallClock += milliseconds;
			await clock.advance(milliseconds);
		},
		async end() {
			stop.abort();
			return over;
		},
	};
}

test('a pause sends and records nothing, makes final what was said, and leaves a mark on the same timeline', async () => {
	const {session, service, events, recorded, hear, pass, end} = setUp();
	await hear(1);
	while (service.frames.length < 1) await turn();
	session.pause(true);
	session.pause(true);
	await turn();
	expect(service.messages.at(-1)).toMatchObject({message: 'ForceEndOfUtterance'});
	const before = session.now;
	for (let piece = 0; piece < 5; piece++) await hear(2);
	await pass(42_000);
	expect([session.now, service.frames.length]).toEqual([before, 1]);
	session.pause(false);
	await hear(3);
	await hear(3);
	await end();
	expect(service.frames.map(([value]) => value)).toEqual([1, 3, 3]);
	expect(recorded).toEqual([1, 3, 3]);
	expect(events.filter(({type}) => type === 'paused')).toEqual([
		{type: 'paused', paused: true},
		{type: 'paused', paused: false},
	]);
	expect(events).toContainEqual({type: 'mark', time: 0.1, text: 'paused 42 s'});
	// That nothing came is nothing to be told: the user wanted it.
	expect(events.filter(({type}) => type === 'gap')).toEqual([]);
});

test('a recording is not paused', async () => {
	const {session, events, hear, end} = setUp({live: false});
	await hear(1);
	session.pause(true);
	await end();
	expect(events.filter(({type}) => type === 'paused')).toEqual([]);
});

test('a view knows that it is paused, until the session is over', () => {
	const view = new LiveView();
	view.apply({type: 'state', state: 'listening'}, 0);
	view.apply({type: 'paused', paused: true}, 0);
	expect(view.paused).toBe(true);
	view.apply({type: 'state', state: 'ended'}, 0);
	expect(view.paused).toBe(false);
});
