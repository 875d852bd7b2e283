import {describe, expect, test} from 'bun:test';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	RealtimeError,
} from '../../src/speechmatics/errors.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {FakeService} from '../helpers/fake-socket.ts';

const clientOf = (service: FakeService) =>
	new RealtimeClient({apiKey: 'secret-key', url: 'ws://127.0.0.1:1/v2', connect: service.connect});

const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error) => error,
	);

describe('a session', () => {
	test('starts with its config, sends the key in the header, and ends after EndOfTranscript', async () => {
		const service = new FakeService().behave();
		const client = clientOf(service);
		await client.start();
		await client.sendAudio(new Uint8Array(3200));
		await client.sendAudio(new Uint8Array(3200));
		await client.stop();
		expect(service.url?.href).toBe('ws://127.0.0.1:1/v2/');
		expect(service.headers.Authorization).toBe('Bearer secret-key');
		expect(service.messages).toEqual([
			{
				message: 'StartRecognition',
				audio_format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
				transcription_config: {language: 'en', model: 'enhanced', enable_partials: true},
			},
			{message: 'EndOfStream', last_seq_no: 2},
		]);
		expect(service.closes).toEqual([1000]);
		expect(client.sessionId).toBe('session-1');
	});

	test('last_seq_no counts the frames sent, not those acknowledged', async () => {
		const service = new FakeService();
		service.onSend = (data) => {
			if (typeof data === 'string' && data.includes('StartRecognition')) {
				service.say({message: 'RecognitionStarted'});
			}
			if (typeof data === 'string' && data.includes('EndOfStream')) service.say({message: 'EndOfTranscript'});
		};
		const client = clientOf(service);
		await client.start();
		for (let frame = 0; frame < 20; frame++) await client.sendAudio(new Uint8Array(100));
		service.say({message: 'AudioAdded', seq_no: 7});
		await client.stop();
		expect(service.messages.at(-1)).toEqual({message: 'EndOfStream', last_seq_no: 20});
		expect(client.acknowledgedFrames).toBe(7);
	});

	test('no audio goes out before RecognitionStarted', async () => {
		const service = new FakeService();
		const client = clientOf(service);
		const starting = client.start();
		await Promise.resolve();
		expect(await failureOf(client.sendAudio(new Uint8Array(2)))).toBeInstanceOf(ConfigurationError);
		service.onSend = undefined;
		await new Promise((resolve) => setImmediate(resolve));
		service.say({message: 'Info', type: 'concurrent_session_usage', reason: '1 of 2', usage: 1});
		service.say({message: 'RecognitionStarted', id: 'x'});
		await starting;
		await client.sendAudio(new Uint8Array(2));
		expect(service.frames).toHaveLength(1);
	});

	test('sending waits while 10 s of audio are unacknowledged', async () => {
		const service = new FakeService();
		service.onSend = (data) => {
			if (typeof data === 'string') service.say({message: 'RecognitionStarted'});
		};
		const client = clientOf(service);
		await client.start();
		const second = new Uint8Array(32_000);
		for (let sent = 0; sent < 9; sent++) await client.sendAudio(second);
		let resumed = false;
		const tenth = client.sendAudio(second).then(() => {
			resumed = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		expect(resumed).toBe(false);
		service.say({message: 'AudioAdded', seq_no: 1});
		await tenth;
		expect(resumed).toBe(true);
	});

	test('messages reach their listeners, unknown and odd ones reach Unknown', async () => {
		const service = new FakeService().behave();
		const client = clientOf(service);
		const heard: string[] = [];
		client.on('AddTranscript', ({metadata}) => heard.push(metadata.transcript));
		client.on('Unknown', ({text}) => heard.push(text));
		const off = client.on('Info', () => heard.push('info'));
		await client.start();
		off();
		service.say({message: 'Info', type: 'x', reason: 'y'});
		service.say({
			message: 'AddTranscript',
			metadata: {start_time: 0, end_time: 1, transcript: 'Hi. '},
			results: [],
		});
		service.say({message: 'StartOfTurn', turn_id: 1});
		service.sayText('no json');
		expect(heard).toEqual(['Hi. ', '{"message":"StartOfTurn","turn_id":1}', 'no json']);
	});
});

describe('a session that breaks', () => {
	test('is never a normal end: a drop rejects what is awaited', async () => {
		const service = new FakeService().behave();
		const client = clientOf(service);
		const closed: unknown[] = [];
		client.on('Closed', ({error}) => closed.push(error));
		await client.start();
		service.onSend = undefined;
		const stopping = failureOf(client.stop());
		service.drop(1006);
		const error = await stopping;
		expect(error).toBeInstanceOf(ConnectionError);
		expect(error).toMatchObject({closeCode: 1006});
		expect(closed).toEqual([error]);
		expect(await failureOf(client.sendAudio(new Uint8Array(2)))).toBe(error);
	});

	test('the service’s own reason is kept over the close frame that follows it', async () => {
		const service = new FakeService();
		const client = clientOf(service);
		service.onSend = () => {
			service.say({message: 'Error', type: 'quota_exceeded', reason: 'Concurrent Quota Exceeded'});
			service.drop(4005, 'quota_exceeded');
		};
		const error = await failureOf(client.start());
		expect(error).toBeInstanceOf(RealtimeError);
		expect(error).toMatchObject({type: 'quota_exceeded', reason: 'Concurrent Quota Exceeded'});
	});

	test('not_authorised in the session is the same error as a 401', async () => {
		const service = new FakeService();
		const client = clientOf(service);
		service.onSend = () => service.say({message: 'Error', type: 'not_authorised', reason: 'Not Authorized'});
		expect(await failureOf(client.start())).toBeInstanceOf(AuthenticationError);
	});

	test('a config out of range is told before connecting', async () => {
		const service = new FakeService();
		const client = clientOf(service);
		const error = await failureOf(client.start({transcriptionConfig: {language: 'en', max_delay: 9}}));
		expect(error).toBeInstanceOf(ConfigurationError);
		expect((error as Error).message).toContain('transcription_config.max_delay');
		expect(service.url).toBeUndefined();
	});
});
