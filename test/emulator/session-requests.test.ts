/** What a client may ask of a session beside a transcript, and what ends a session from outside. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {WebSocket} from 'ws';
import {RealtimeSession} from '../../src/emulator/realtime-session.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {SERVER_MESSAGES, type ServerMessage} from '../../src/speechmatics/messages.ts';
import {joinResults} from '../../src/speechmatics/transcript.ts';
import type {ManualClock} from '../helpers/manual-clock.ts';
import {SAMPLE_TEXT, sampleBytes} from './sample-sound.ts';

const sample = await sampleBytes();
const RAW = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000};
const FRAME = 3200;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'speechdeck-test-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

// biome-ignore lint/suspicious/noExplicitAny: what the tests expect of a message is what they check of it.
type Loose = ServerMessage & Record<string, any>;

class Harness {
	readonly sent: Loose[] = [];
	closed: [number, string] | undefined;
	readonly session: RealtimeSession;

	constructor(clock?: ManualClock) {
		this.session = new RealtimeSession(
			{
				send: (message) => this.sent.push(message as Loose),
				close: (code, reason) => {
					this.closed = [code, reason];
				},
			},
			{id: 'id', folder, clock, onFrame: () => {}, onSamples: () => {}, log: () => {}},
		);
	}

	say(message: object): Promise<void> {
		return this.session.receive(JSON.stringify(message));
	}

	start(config: object = {}, more: object = {}): Promise<void> {
		const transcription_config = {language: 'en', ...config};
		return this.say({message: 'StartRecognition', audio_format: RAW, transcription_config, ...more});
	}

	async hear(bytes: Uint8Array): Promise<void> {
		for (let at = 0; at < bytes.length; at += FRAME)
			await this.session.receive(bytes.subarray(at, at + FRAME));
	}

	stop(): Promise<void> {
		return this.say({message: 'EndOfStream', last_seq_no: 0});
	}

	of(name: string): Loose[] {
		return this.sent.filter(({message}) => message === name);
	}
}

const seconds = (from: number, to: number) => sample.subarray(from * 32_000, to * 32_000);

describe('channels', () => {
	const CHANNELS = {diarization: 'channel', channel_diarization_labels: ['A', 'B']};
	const add = (harness: Harness, channel: string, bytes: Uint8Array) =>
		harness.say({message: 'AddChannelAudio', channel, data: Buffer.from(bytes).toString('base64')});

	test('are counted, heard and ended each for itself', async () => {
		const harness = new Harness();
		await harness.start(CHANNELS);
		expect(harness.of('RecognitionStarted')[0]?.channel_ids).toEqual(['A', 'B']);
		for (let at = 0; at < sample.length; at += FRAME)
			await add(harness, 'B', sample.subarray(at, at + FRAME));
		await add(harness, 'A', new Uint8Array(FRAME));
		const acks = harness.of('ChannelAudioAdded').map(({channel, seq_no}) => `${channel}${seq_no}`);
		expect([acks.at(-2), acks.at(-1)]).toEqual([`B${Math.ceil(sample.length / FRAME)}`, 'A1']);
		await harness.say({message: 'EndOfChannel', channel: 'B', last_seq_no: 1});
		await add(harness, 'B', new Uint8Array(2));
		expect(harness.of('Warning')[0]?.type).toBe('add_audio_after_eos');
		expect(harness.of('EndOfTranscript')).toEqual([]);
		await harness.say({message: 'EndOfChannel', channel: 'A', last_seq_no: 1});
		expect(harness.closed).toEqual([1000, '']);
		const finals = harness.of('AddTranscript').filter(({channel}) => channel === 'B');
		expect(joinResults(finals.flatMap(({results}) => results))).toBe(SAMPLE_TEXT);
	});

	test('must be known, two at most, and get no frames without a name', async () => {
		for (const [config, message, type] of [
			[CHANNELS, {message: 'AddChannelAudio', channel: 'C', data: ''}, 'protocol_error'],
			[{}, {message: 'AddChannelAudio', channel: 'A', data: ''}, 'protocol_error'],
			[CHANNELS, {message: 'EndOfChannel', channel: 'C', last_seq_no: 0}, 'protocol_error'],
			[{...CHANNELS, channel_diarization_labels: ['A', 'B', 'C']}, {}, 'invalid_config'],
		] as const) {
			const harness = new Harness();
			await harness.start(config);
			await harness.say(message);
			expect(harness.of('Error')[0]?.type).toBe(type);
		}
		const harness = new Harness();
		await harness.start(CHANNELS);
		await harness.session.receive(new Uint8Array(2));
		expect(harness.of('Error')[0]?.type).toBe('protocol_error');
	});
});

describe('a running session', () => {
	test('takes what may change, and nothing else', async () => {
		const harness = new Harness();
		await harness.start();
		await harness.hear(seconds(0, 2));
		expect(harness.of('AddPartialTranscript')).toEqual([]);
		const set = (config: object) =>
			harness.say({message: 'SetRecognitionConfig', transcription_config: config});
		await set({language: 'en', enable_partials: true});
		await harness.hear(seconds(2, 4));
		expect(harness.of('AddPartialTranscript').length).toBeGreaterThan(3);
		await set({language: 'de'});
		expect([harness.of('Error')[0]?.type, harness.closed?.[0]]).toEqual(['invalid_config', 1003]);
		const other = new Harness();
		await other.start();
		await other.say({message: 'SetRecognitionConfig', transcription_config: {diarization: 'speaker'}});
		expect(other.of('Error')[0]?.type).toBe('invalid_config');
	});

	test('ends an utterance when it is told to', async () => {
		const harness = new Harness();
		await harness.start({enable_partials: true});
		await harness.hear(seconds(0, 2));
		const before = harness.sent.length;
		await harness.say({message: 'ForceEndOfUtterance', timestamp: 2});
		const [final, end, ...more] = harness.sent.slice(before);
		expect(final).toMatchObject({message: 'AddTranscript', forced: true});
		expect(end).toMatchObject({
			message: 'EndOfUtterance',
			forced: true,
			metadata: {start_time: 2, end_time: 2},
		});
		expect(more).toEqual([]);
		expect(joinResults(final!.results)).toStartWith('Good morning, everyone.');
	});

	test('tells its speakers now, and once at its end', async () => {
		const harness = new Harness();
		await harness.start({diarization: 'speaker'});
		await harness.say({message: 'GetSpeakers'});
		expect(harness.of('SpeakersResult').map(({speakers}) => speakers)).toEqual([[]]);
		for (let times = 0; times < 3; times++) await harness.say({message: 'GetSpeakers', final: true});
		await harness.hear(sample);
		await harness.stop();
		const results = harness.of('SpeakersResult');
		expect(results).toHaveLength(2);
		expect(results[1]!.speakers.map(({label}: {label: string}) => label)).toEqual(['S1', 'S2']);
		expect(harness.sent.at(-2)).toBe(results[1]!);
	});

	test('does not know speakers that nobody told apart', async () => {
		const harness = new Harness();
		await harness.start();
		await harness.say({message: 'GetSpeakers'});
		expect(harness.of('Error')[0]?.type).toBe('invalid_config');
	});

	test('translates, and hears an event, all of it simulated', async () => {
		const harness = new Harness();
		await harness.start(
			{enable_partials: true},
			{
				translation_config: {target_languages: ['de', 'nn'], enable_partials: true},
				audio_events_config: {types: ['music']},
			},
		);
		expect(harness.of('Warning').map(({type}) => type)).toEqual(['unsupported_translation_pair']);
		await harness.hear(sample);
		await harness.stop();
		expect(harness.of('AddTranslation')[0]).toMatchObject({
			language: 'de',
			results: [{content: expect.stringMatching(/^\[simulated de\] Good/)}],
		});
		expect(harness.of('AddPartialTranslation').length).toBeGreaterThan(5);
		const events = harness.sent.filter(({message}) => message.startsWith('AudioEvent'));
		expect(events.map(({message, event}) => [message, event.type])).toEqual([
			['AudioEventStarted', 'music'],
			['AudioEventEnded', 'music'],
		]);
		for (const message of harness.sent) SERVER_MESSAGES[message.message].parse(message);
	});
});

describe('limits', () => {
	const open = async (url: string, token = 'key') => {
		const socket = new WebSocket(url, {headers: {Authorization: `Bearer ${token}`, 'X-Request-Id': 'mine'}});
		const messages: Loose[] = [];
		socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
		await once(socket, 'open');
		return {socket, messages};
	};

	test('more sessions than the quota are told so', async () => {
		await using emulator = await startEmulator({quota: 1});
		const first = await open(emulator.realtimeUrl);
		const second = await open(emulator.realtimeUrl);
		const [code] = await once(second.socket, 'close');
		expect([code, second.messages]).toEqual([
			4005,
			[{message: 'Error', type: 'quota_exceeded', reason: 'Concurrent Quota Exceeded'}] as never,
		]);
		expect(first.messages[0]).toMatchObject({usage: 1, quota: 1});
		first.socket.terminate();
	});

	test('a temporary key of another kind is let in, and sent away', async () => {
		await using emulator = await startEmulator({apiKey: 'key'});
		const body = JSON.stringify({ttl: 60});
		const headers = {Authorization: 'Bearer key'};
		const url = `${new URL(emulator.batchUrl).origin}/v1/api_keys?type=batch`;
		const {key_value} = (await (await fetch(url, {method: 'POST', headers, body})).json()) as {
			key_value: string;
		};
		const {socket, messages} = await open(emulator.realtimeUrl, key_value);
		const [code] = await once(socket, 'close');
		expect([code, messages.at(-1)]).toMatchObject([4001, {type: 'not_authorised', reason: 'Not Authorized'}]);
	});

	test('the container wants no key, counts no usage, and tells its health', async () => {
		await using emulator = await startEmulator({mode: 'rt-container', quota: 4});
		const socket = new WebSocket(emulator.realtimeUrl, {headers: {'X-Request-Id': 'mine'}});
		const first = once(socket, 'message');
		await once(socket, 'open');
		socket.send(
			JSON.stringify({
				message: 'StartRecognition',
				audio_format: RAW,
				transcription_config: {language: 'en'},
			}),
		);
		expect(JSON.parse(String((await first)[0])).message).toBe('RecognitionStarted');
		const health = async (path: string) =>
			(await fetch(`${new URL(emulator.batchUrl).origin}/${path}`)).json() as Promise<unknown>;
		expect(await health('session_status')).toMatchObject({
			max_sessions: 4,
			active_sessions: [{request_id: 'mine'}],
		});
		expect([await health('started'), await health('live'), await health('ready')]).toEqual([
			{started: true},
			{alive: true},
			{ready: true},
		]);
		socket.terminate();
	});
});
