/** What the realtime client decides by itself, at a service in memory and on a clock that stands still. */
import {describe, expect, test} from 'bun:test';
import type {RealtimeTranscriptionConfig} from '../../src/speechmatics/config.ts';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	RealtimeError,
	TimeoutError,
} from '../../src/speechmatics/errors.ts';
import {SERVER_MESSAGES} from '../../src/speechmatics/messages.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {retryPolicy} from '../../src/speechmatics/realtime-retry.ts';
import {FakeService} from '../helpers/fake-socket.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error) => error,
	);
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A service that starts, and then says nothing. */
function quiet(): FakeService {
	const service = new FakeService();
	service.onSend = (data) => {
		if (typeof data === 'string' && data.includes('StartRecognition')) {
			service.say({message: 'RecognitionStarted', id: 's'});
		}
	};
	return service;
}

async function running(service: FakeService, config: Partial<RealtimeTranscriptionConfig> = {}) {
	const clock = new ManualClock();
	const client = new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: service.connect, clock});
	await client.start({transcriptionConfig: {language: 'en', ...config}});
	return {client, clock};
}

const CHANNELS: Partial<RealtimeTranscriptionConfig> = {
	diarization: 'channel',
	channel_diarization_labels: ['left', 'right'],
};

describe('time', () => {
	test('19: a start may take 10 s, and 30 s with a dictionary; notices before it count as nothing', async () => {
		for (const [additional_vocab, limit] of [
			[undefined, 10_000],
			[['gnocchi'], 30_000],
		] as const) {
			const service = new FakeService();
			const clock = new ManualClock();
			const client = new RealtimeClient({
				apiKey: 'k',
				url: 'ws://127.0.0.1:1',
				connect: service.connect,
				clock,
			});
			const config = {language: 'en', ...(additional_vocab && {additional_vocab: [...additional_vocab]})};
			let failure: unknown;
			const starting = failureOf(client.start({transcriptionConfig: config})).then((error) => {
				failure = error;
			});
			await clock.advance(limit - 1);
			service.say({message: 'Warning', type: 'validation_warning', reason: 'dropped'});
			expect(failure).toBeUndefined();
			await clock.advance(1);
			await starting;
			expect(failure).toBeInstanceOf(TimeoutError);
		}
	});

	test('22: a service that stops acknowledging fails the session, whatever else it says', async () => {
		const service = quiet();
		const {client, clock} = await running(service);
		const sending = failureOf(client.sendAudio(new Uint8Array(320_000)));
		await clock.advance(50_000);
		service.say({message: 'Info', type: 'x', reason: 'y'});
		await clock.advance(10_000);
		expect(await sending).toBeInstanceOf(TimeoutError);
	});

	test('22: who does not wait is refused before memory grows', async () => {
		const {client} = await running(quiet());
		const second = new Uint8Array(32_000);
		const sends = Array.from({length: 30}, () => failureOf(client.sendAudio(second)));
		expect(client.sentBytes).toBe(640_000);
		expect(await sends.at(-1)).toBeInstanceOf(ConfigurationError);
		client.close();
		expect(await sends[15]).toBeInstanceOf(ConnectionError);
	});

	test('29: pings while no audio comes, and notices that nobody answers', async () => {
		const service = quiet();
		const {client, clock} = await running(service);
		let error: unknown;
		client.on('Closed', (end) => {
			error = end.error;
		});
		await clock.advance(600_000);
		expect([service.pings, error]).toEqual([20, undefined]);
		service.pong();
		await clock.advance(120_000);
		expect(error).toBeInstanceOf(TimeoutError);
	});

	test('27: stop waits as long as messages come, and refuses audio meanwhile', async () => {
		const service = quiet();
		const {client, clock} = await running(service);
		const stopping = client.stop();
		for (let minute = 0; minute < 5; minute++) {
			await clock.advance(50_000);
			service.say({message: 'AddTranslation', language: 'de', results: []});
		}
		expect(await failureOf(client.sendAudio(new Uint8Array(2)))).toBeInstanceOf(ConfigurationError);
		service.say({message: 'EndOfTranscript'});
		await stopping;
		expect(await failureOf(client.sendAudio(new Uint8Array(2)))).toBeInstanceOf(ConfigurationError);
	});
});

describe('requests', () => {
	test('26: a forced end of utterance resolves with its answer, or with nothing after 1 s', async () => {
		const service = quiet();
		const {client, clock} = await running(service);
		await client.sendAudio(new Uint8Array(32_000));
		const forced = client.forceEndOfUtterance();
		expect(service.messages.at(-1)).toEqual({message: 'ForceEndOfUtterance', timestamp: 1});
		const end = {message: 'EndOfUtterance', metadata: {start_time: 1, end_time: 1}};
		service.say(end);
		service.say({...end, forced: true});
		expect(await forced).toMatchObject({forced: true});
		const unanswered = client.forceEndOfUtterance({timestamp: null});
		expect(service.messages.at(-1)).toEqual({message: 'ForceEndOfUtterance'});
		await clock.advance(1000);
		expect(await unanswered).toBeUndefined();
	});

	test('one final request for speakers answers all who asked; one that gave up keeps its answer', async () => {
		const service = quiet();
		const {client, clock} = await running(service, {diarization: 'speaker'});
		const late = failureOf(client.getSpeakers({timeout: 5}));
		const finals = [client.getSpeakers({final: true}), client.getSpeakers({final: true})];
		expect(service.messages.filter(({message}) => message === 'GetSpeakers')).toHaveLength(2);
		await clock.advance(5);
		expect(await late).toBeInstanceOf(TimeoutError);
		service.say({message: 'SpeakersResult', speakers: []});
		service.say({message: 'SpeakersResult', speakers: [{label: 'S1', speaker_identifiers: ['id']}]});
		for (const final of finals) expect(await final).toMatchObject([{label: 'S1'}]);
	});

	test('a config changes only where the service allows it', async () => {
		const service = quiet();
		const {client} = await running(service);
		client.setRecognitionConfig({max_delay: 1});
		expect(service.messages.at(-1)).toEqual({
			message: 'SetRecognitionConfig',
			transcription_config: {max_delay: 1},
		});
		for (const wrong of [{diarization: 'speaker'}, {language: 'de'}, {max_delay: 9}]) {
			expect(() => client.setRecognitionConfig(wrong)).toThrow(ConfigurationError);
		}
	});
});

test('28: channels count for themselves, and the session ends with the last of them', async () => {
	const service = quiet();
	const {client} = await running(service, CHANNELS);
	await client.sendChannelAudio('left', new Uint8Array([1, 2]));
	await client.sendChannelAudio('left', new Uint8Array(2));
	await client.sendChannelAudio('right', new Uint8Array(2));
	expect(service.messages[1]).toEqual({message: 'AddChannelAudio', channel: 'left', data: 'AQI='});
	service.say({message: 'ChannelAudioAdded', channel: 'left', seq_no: 2});
	expect(client.acknowledgedFrames).toBe(2);
	client.endChannel('left');
	expect(await failureOf(client.sendChannelAudio('left', new Uint8Array(2)))).toBeInstanceOf(
		ConfigurationError,
	);
	expect(await failureOf(client.sendChannelAudio('up', new Uint8Array(2)))).toBeInstanceOf(
		ConfigurationError,
	);
	const stopping = client.stop();
	expect(service.messages.slice(-2)).toEqual([
		{message: 'EndOfChannel', channel: 'left', last_seq_no: 2},
		{message: 'EndOfChannel', channel: 'right', last_seq_no: 1},
	]);
	service.say({message: 'EndOfTranscript'});
	await stopping;
});

test('20, 21: an error keeps its type, its close code and its ids, and says when to come back', async () => {
	for (const [type, code, policy] of [
		['quota_exceeded', 4005, 'later'],
		['job_error', 4013, 'later'],
		['invalid_model', 4004, 'never'],
		['session_timeout', 1008, 'roll over'],
		['buffer_error', 1006, 'never'],
	] as const) {
		const service = quiet();
		const {client} = await running(service);
		const stopping = failureOf(client.stop());
		service.say({message: 'Error', type, reason: 'why', code: 7});
		service.drop(code, type);
		const error = await stopping;
		expect(error).toBeInstanceOf(RealtimeError);
		expect(error).toMatchObject({type, reason: 'why', code: 7, closeCode: code, sessionId: 's'});
		expect(retryPolicy(error)).toBe(policy);
	}
	for (const code of [1001, 1006, 1012]) {
		expect(retryPolicy(new ConnectionError('lost', {closeCode: code}))).toBe('now');
	}
	expect(retryPolicy(new AuthenticationError('no'))).toBe('never');
});

/** A repeatable source of numbers from 0 to 1. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

test('any split into sends and any batching of acknowledgements counts right and stays in the window', async () => {
	for (let seed = 1; seed <= 50; seed++) {
		const random = numbers(seed);
		const service = quiet();
		const {client} = await running(service);
		let sizes = 0;
		for (let bytes = 0; bytes < 1_000_000; ) {
			const size = 2 * Math.ceil(random() * 16_000);
			let done = false;
			const sending = client.sendAudio(new Uint8Array(size)).then(() => {
				done = true;
			});
			bytes += size;
			sizes += 1;
			await turn();
			const unread = service.frames.slice(client.acknowledgedFrames);
			expect(unread.reduce((sum, frame) => sum + frame.length, 0)).toBeLessThan(320_000 + 32_000);
			while (!done || random() < 0.1) {
				const seq_no = Math.ceil(random() * service.frames.length);
				service.say({message: 'AudioAdded', seq_no});
				await turn();
			}
			await sending;
		}
		const stopping = client.stop();
		expect(service.messages.at(-1)).toEqual({message: 'EndOfStream', last_seq_no: sizes});
		service.say({message: 'EndOfTranscript'});
		await stopping;
	}
}, 30_000);

test('10 000 odd messages neither crash nor hang a session', async () => {
	const random = numbers(7);
	const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
	const names = [...Object.keys(SERVER_MESSAGES), 'constructor', '__proto__', 'StartOfTurn', 3, null];
	const values = [undefined, null, 0, -1, 1e99, '', 'x', [], [null, {}], {}, {type: 1}, true];
	const keys = ['seq_no', 'metadata', 'results', 'channel', 'type', 'reason', 'event', 'speakers', 'id'];
	let sessions = 0;
	for (let said = 0; said < 10_000; sessions++) {
		const service = quiet();
		const {client} = await running(service, {diarization: 'speaker'});
		let over = false;
		client.on('Closed', () => {
			over = true;
		});
		for (; !over && said < 10_000; said++) {
			const fields = Object.fromEntries(keys.map((key) => [key, pick(values)]));
			const text = JSON.stringify({message: pick(names), ...fields});
			service.sayText(random() < 0.1 ? text.slice(0, random() * text.length) : text);
			if (text.includes('"message":"Error"')) service.drop(1011);
		}
		const ending = failureOf(client.stop());
		service.drop(1006);
		await ending;
	}
	expect(sessions).toBeGreaterThan(1);
}, 30_000);
