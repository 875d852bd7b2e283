import {describe, expect, test} from 'bun:test';
import {AudioError, type AudioSource} from '../../src/audio/source.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {runSession, type SessionOptions} from '../../src/realtime/session.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {FakeService} from '../helpers/fake-socket.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {mark, word} from '../helpers/results.ts';

/** Gives chunks of 100 ms until there are `count`, or for ever, until stopped. */
function fakeSource({count = Number.POSITIVE_INFINITY, live = false} = {}): AudioSource & {stopped: boolean} {
	return {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
		live,
		stopped: false,
		async *chunks() {
			for (let index = 0; index < count && !this.stopped; index++) {
				await new Promise((resolve) => setImmediate(resolve));
				yield new Uint8Array(3200);
			}
		},
		async stop() {
			this.stopped = true;
		},
	};
}

function setUp(service: FakeService, source: AudioSource, more: Partial<SessionOptions> = {}) {
	const events: RealtimeEvent[] = [];
	const options: SessionOptions = {
		newClient: () => new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: service.connect}),
		openSource: async () => source,
		opening: 'opening audio',
		start: {transcriptionConfig: {language: 'en', model: 'enhanced'}},
		pace: 'max',
		emit: (event) => events.push(event),
		stop: new AbortController().signal,
		clock: systemClock,
		...more,
	};
	return {events, session: runSession(options)};
}

const states = (events: readonly RealtimeEvent[]) =>
	events.flatMap((event) => (event.type === 'state' ? [event.state] : []));

const transcript = (message: string, ...results: ReturnType<typeof word>[]) => ({
	message,
	metadata: {start_time: 0, end_time: 1, transcript: ''},
	results,
});

describe('a session', () => {
	test('tells its states, its partials and finals, and keeps what was final', async () => {
		const service = new FakeService().behave();
		const behave = service.onSend!;
		service.onSend = (data) => {
			if (typeof data === 'string' && data.includes('EndOfStream')) {
				service.say(transcript('AddPartialTranscript', word('Yet', 0)));
				service.say(transcript('AddTranscript', word('Yes', 0)));
				service.say(transcript('AddTranscript', mark('.', 0.5)));
			}
			behave(data);
		};
		const {events, session} = setUp(service, fakeSource({count: 3}));
		const {reason, transcript: kept} = await session;
		expect(reason).toBe('source');
		expect(states(events)).toEqual(['opening audio', 'connecting', 'listening', 'finishing', 'ended']);
		expect(events.filter(({type}) => type === 'partial' || type === 'final')).toMatchObject([
			{type: 'partial', text: 'Yet'},
			{type: 'final', text: 'Yes'},
			{type: 'final', text: '.'},
		]);
		expect(kept?.results).toHaveLength(2);
		expect(events.at(-1)).toEqual({
			type: 'ended',
			reason: 'source',
			sentFrames: 3,
			sentBytes: 9600,
			sentSamples: 4800,
			connections: 1,
		});
	});

	test('that is stopped sends what was captured, then EndOfStream, and waits for the last words', async () => {
		const service = new FakeService().behave();
		const stop = new AbortController();
		const source = fakeSource({live: true});
		const {session} = setUp(service, source, {stop: stop.signal});
		while (service.frames.length < 5) await new Promise((resolve) => setImmediate(resolve));
		stop.abort();
		expect((await session).reason).toBe('stopped');
		expect(source.stopped).toBe(true);
		expect(service.messages.at(-1)).toEqual({message: 'EndOfStream', last_seq_no: service.frames.length});
	});

	test('sends a file at its own speed when asked to', async () => {
		const clock = new ManualClock();
		const {session} = setUp(new FakeService().behave(), fakeSource({count: 10}), {pace: '1', clock});
		let isOver = false;
		void session.then(() => {
			isOver = true;
		});
		while (!isOver) await clock.advance(50);
		expect(clock.now()).toBe(1000);
	});

	test('that is told to go away for good says why, keeps its finals and stops the source', async () => {
		const service = new FakeService().behave();
		const source = fakeSource();
		const {events, session} = setUp(service, source);
		while (service.frames.length < 2) await new Promise((resolve) => setImmediate(resolve));
		service.say(transcript('AddTranscript', word('Kept', 0)));
		service.say({message: 'Error', type: 'not_authorised', reason: 'Not Authorized'});
		service.drop(4001);
		const result = await session;
		expect(result.reason).toBe('failed');
		expect(result.transcript?.results).toHaveLength(1);
		expect(source.stopped).toBe(true);
		expect(events.find(({type}) => type === 'error')).toMatchObject({
			reason: expect.stringContaining('does not accept the API key'),
		});
	});

	test('whose source fails still waits for the words of what was sent', async () => {
		const service = new FakeService().behave();
		const source = fakeSource({live: true});
		const chunks = source.chunks.bind(source);
		source.chunks = async function* () {
			for await (const chunk of chunks()) {
				yield chunk;
				throw new AudioError('The microphone was lost.');
			}
		};
		const {events, session} = setUp(service, source);
		expect(await session).toMatchObject({reason: 'failed', error: {message: 'The microphone was lost.'}});
		expect(service.messages.at(-1)).toEqual({message: 'EndOfStream', last_seq_no: 1});
		expect(states(events).at(-2)).toBe('finishing');
	});

	test('whose source cannot be opened never connects', async () => {
		const service = new FakeService();
		const {session} = setUp(service, fakeSource(), {
			openSource: async () => {
				throw new AudioError('No microphone was found.');
			},
		});
		expect(await session).toMatchObject({reason: 'failed', transcript: undefined});
		expect(service.url).toBeUndefined();
	});
});
