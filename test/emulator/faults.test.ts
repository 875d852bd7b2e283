/** What goes wrong on request, as a client sees it. */
import {describe, expect, test} from 'bun:test';
import {once} from 'node:events';
import {WebSocket} from 'ws';
import type {FaultInput} from '../../src/emulator/faults.ts';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {SAMPLE_PATH, sampleBytes} from './sample-sound.ts';

const start = (...faults: FaultInput[]) => startEmulator({faults, processingTime: () => 0});
const HEADERS = {Authorization: 'Bearer key'};
const CONFIG = {type: 'transcription', transcription_config: {language: 'en'}};

function get({batchUrl}: Emulator, path: string, signal?: AbortSignal): Promise<Response> {
	return fetch(batchUrl + path, {headers: HEADERS, ...(signal && {signal})});
}

function submit({batchUrl}: Emulator, signal?: AbortSignal): Promise<Response> {
	const form = new FormData();
	form.append('config', JSON.stringify(CONFIG));
	form.append('data_file', Bun.file(SAMPLE_PATH), 'a.wav');
	return fetch(`${batchUrl}/jobs`, {
		method: 'POST',
		headers: HEADERS,
		body: form,
		...(signal && {signal}),
	});
}

describe('a request', () => {
	test('is refused with any status, in any form', async () => {
		await using emulator = await start(
			{fault: 'status', status: 429, retryAfter: 2, on: 'jobs.list'},
			{fault: 'status', status: 401, body: 'html'},
			{fault: 'status', status: 429, body: 'empty'},
			{fault: 'status', status: 403, error: 'Invalid or missing license'},
		);
		const limited = await get(emulator, '/jobs');
		expect([limited.status, limited.headers.get('Retry-After'), await limited.json()]).toEqual([
			429,
			'2',
			{code: 429, error: 'Rate Limited'},
		]);
		const page = await get(emulator, '/jobs');
		expect([page.status, await page.text()]).toEqual([401, expect.stringContaining('<center>nginx')]);
		const empty = await get(emulator, '/jobs');
		expect([empty.status, empty.headers.has('Retry-After'), await empty.text()]).toEqual([429, false, '']);
		expect(await (await get(emulator, '/jobs')).json()).toEqual({
			code: 403,
			error: 'Invalid or missing license',
		});
		expect((await get(emulator, '/jobs')).status).toBe(200);
	});

	test('is cut off before or after it had its effect', async () => {
		await using emulator = await start(
			{fault: 'reset', when: 'before', on: 'jobs.create'},
			{fault: 'reset', on: 'jobs.create'},
		);
		await expect(submit(emulator)).rejects.toThrow();
		expect(emulator.statistics().batch.jobs).toBe(0);
		await expect(submit(emulator)).rejects.toThrow();
		expect(emulator.statistics().batch.jobs).toBe(1);
		expect((await submit(emulator)).status).toBe(201);
	});

	test('is answered by half, or never', async () => {
		await using emulator = await start(
			{fault: 'cut-body', end: 'reset'},
			{fault: 'cut-body'},
			{fault: 'hang'},
		);
		await expect(get(emulator, '/jobs').then((response) => response.text())).rejects.toThrow();
		const stop = new AbortController();
		const half = await get(emulator, '/jobs', stop.signal);
		expect(half.status).toBe(200);
		const reader = half.body!.getReader();
		expect(new TextDecoder().decode((await reader.read()).value)).toBe('{"job');
		const waiting = Promise.allSettled([reader.read(), get(emulator, '/jobs', stop.signal)]);
		while (emulator.pendingFaults().length > 0) await new Promise((resolve) => setImmediate(resolve));
		expect((await get(emulator, '/jobs')).status).toBe(200);
		stop.abort();
		expect((await waiting).map(({status}) => status)).toEqual(['rejected', 'rejected']);
	});

	test('is read slowly, or not at all', async () => {
		const clock = new ManualClock();
		await using emulator = await startEmulator({
			clock,
			processingTime: () => 0,
			faults: [
				{fault: 'slow-read', bytesPerSecond: 0, on: 'jobs.create'},
				{fault: 'slow-read', bytesPerSecond: 1000, on: 'jobs.create', after: 1},
			],
		});
		const stop = new AbortController();
		const unread = submit(emulator, stop.signal).catch((error: unknown) => error);
		while (emulator.pendingFaults().length > 1) await new Promise((resolve) => setImmediate(resolve));
		stop.abort();
		expect(await unread).toBeInstanceOf(Error);
		let answer: Response | undefined;
		void submit(emulator).then((response) => {
			answer = response;
		});
		while (answer === undefined) {
			await clock.advance(10_000);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(answer.status).toBe(201);
		const slept = clock.sleeps.reduce((sum, milliseconds) => sum + milliseconds, 0);
		expect(slept).toBeGreaterThan(Bun.file(SAMPLE_PATH).size);
		expect(emulator.statistics().batch.jobs).toBe(1);
	});

	test('is not waited for where wait is not known', async () => {
		await using slow = await startEmulator({
			processingTime: () => 3_600_000,
			faults: [{fault: 'no-wait', on: 'jobs.show'}],
		});
		const {id} = (await (await submit(slow)).json()) as {id: string};
		expect(await (await get(slow, `/jobs/${id}?wait=60`)).json()).toMatchObject({job: {status: 'running'}});
	});
});

interface Heard {
	readonly texts: string[];
	readonly messages: Array<Record<string, unknown>>;
	readonly code: number;
	readonly reason: string;
}

const FRAME = 3200;
const sound = await sampleBytes();

/** Streams the first two seconds of the sample. */
async function play({realtimeUrl}: Emulator): Promise<Heard> {
	const socket = new WebSocket(realtimeUrl, {headers: HEADERS});
	const texts: string[] = [];
	socket.on('message', (data: Buffer) => texts.push(data.toString()));
	socket.on('open', () => {
		const audio_format = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000};
		socket.send(
			JSON.stringify({message: 'StartRecognition', audio_format, transcription_config: {language: 'en'}}),
		);
		for (let frame = 0; frame < 20; frame++) socket.send(sound.subarray(frame * FRAME, (frame + 1) * FRAME));
		socket.send(JSON.stringify({message: 'EndOfStream', last_seq_no: 20}));
	});
	const [code, reason] = await once(socket, 'close');
	const messages = texts.flatMap((text) => {
		try {
			return [JSON.parse(text)];
		} catch {
			return [];
		}
	});
	return {texts, messages, code, reason: String(reason)};
}

describe('a session', () => {
	const acks = ({messages}: Heard) => messages.filter(({message}) => message === 'AudioAdded').length;

	test('is refused, then let in', async () => {
		await using emulator = await start({fault: 'handshake', status: 503});
		await expect(play(emulator)).rejects.toThrow('503');
		expect((await play(emulator)).code).toBe(1000);
	});

	test.each([
		['not_authorised', 4001],
		['quota_exceeded', 4005],
		['job_error', 4013],
		['unknown_error', 1011],
	])('ends at once with %s', async (type, code) => {
		await using emulator = await start({fault: 'error', type});
		const heard = await play(emulator);
		expect(heard.messages.at(-1)).toMatchObject({message: 'Error', type});
		expect(heard.code).toBe(code);
		expect(heard.reason).toBe(type === 'unknown_error' ? 'unknown_error' : type);
		expect((await play(emulator)).code).toBe(1000);
	});

	test('breaks without a close frame, or closes, at a second of its audio', async () => {
		await using emulator = await start(
			{fault: 'drop', second: 1},
			{fault: 'close', code: 1001, reason: 'bye', second: 0.5, after: 1},
		);
		const dropped = await play(emulator);
		expect(dropped.code).toBe(1006);
		const closed = await play(emulator);
		expect([closed.code, closed.reason, acks(closed)]).toEqual([1001, 'bye', 5]);
		expect((await play(emulator)).code).toBe(1000);
	});

	test('is acknowledged and no longer heard after too long an utterance', async () => {
		await using emulator = await start({fault: 'warning', type: 'duration_limit_exceeded', second: 1});
		const heard = await play(emulator);
		expect(heard.messages.find(({message}) => message === 'Warning')).toMatchObject({duration_limit: 1});
		expect([acks(heard), heard.code]).toEqual([20, 1000]);
		const {framesReceived, samplesReceived} = emulator.statistics().realtime;
		expect([framesReceived, samplesReceived]).toEqual([20, 16_000]);
		await play(emulator);
		expect(emulator.statistics().realtime.samplesReceived).toBe(16_000 + 32_000);
	});

	test('is not acknowledged from a frame on', async () => {
		await using emulator = await start({fault: 'ack-stall', frame: 3});
		expect(acks(await play(emulator))).toBe(3);
		expect(acks(await play(emulator))).toBe(20);
	});

	test('starts late and is acknowledged slowly, with everything in order', async () => {
		await using emulator = await start({fault: 'late-start', ms: 20}, {fault: 'slow-acks', ms: 1});
		const heard = await play(emulator);
		const names = heard.messages.map(({message}) => message);
		expect(names.slice(0, 3)).toEqual(['Info', 'RecognitionStarted', 'Info']);
		expect([acks(heard), names.at(-1), heard.code]).toEqual([20, 'EndOfTranscript', 1000]);
	});

	test('has garbage, unknown messages, extra keys and warnings in it', async () => {
		await using emulator = await start(
			{fault: 'garbage', second: 0.3},
			{fault: 'unknown-messages'},
			{fault: 'extra-keys'},
			{fault: 'warning', type: 'session_timeout', second: 1},
		);
		const heard = await play(emulator);
		expect(heard.texts.length - heard.messages.length).toBe(1);
		expect(heard.messages).toContainEqual({message: 'StartOfTurn', turn_id: 1});
		expect(heard.messages.at(-1)).toMatchObject({message: 'EndOfTranscript', x_extra: {}});
		const warned = heard.messages.findIndex(({type}) => type === 'session_timeout');
		expect(heard.messages[warned]?.reason).toMatch(/^Session will timeout in 45m due to max duration/);
		expect(heard.messages.slice(0, warned).filter(({message}) => message === 'AudioAdded').length).toBe(10);
	});

	test('falls silent and stays open', async () => {
		await using emulator = await start({fault: 'silence'});
		const socket = new WebSocket(emulator.realtimeUrl, {headers: HEADERS});
		let messages = 0;
		socket.on('message', () => (messages += 1));
		await once(socket, 'open');
		socket.send(JSON.stringify({message: 'nonsense'}));
		const pong = once(socket, 'pong');
		socket.ping();
		await pong;
		// The one before it is the information on sessions, which is told at once.
		expect([messages, socket.readyState]).toEqual([1, WebSocket.OPEN]);
		socket.terminate();
	});
});

describe('the control endpoint', () => {
	test('sets faults, and tells what came', async () => {
		await using emulator = await start();
		const control = (path: string, init?: RequestInit) =>
			fetch(`${new URL(emulator.batchUrl).origin}/_emulator/${path}`, init);
		const put = (faults: unknown) => control('faults', {method: 'PUT', body: JSON.stringify(faults)});
		expect(await (await put([{fault: 'status', status: 500, times: 2}])).json()).toMatchObject([{left: 2}]);
		expect((await get(emulator, '/jobs')).status).toBe(500);
		expect(await (await control('faults')).json()).toMatchObject([{fault: 'status', left: 1}]);
		expect(await (await control('faults', {method: 'DELETE'})).json()).toEqual([]);
		expect((await get(emulator, '/jobs')).status).toBe(200);
		const wrong = await put([{fault: 'status', status: 1}]);
		expect([wrong.status, await wrong.json()]).toMatchObject([
			422,
			{error: expect.stringContaining('status')},
		]);
		const requests = (await (await control('requests')).json()) as object[];
		expect(requests[0]).toMatchObject({type: 'request', path: '/v2/jobs', status: 500, faults: ['status']});
		expect(await (await control('statistics')).json()).toMatchObject({batch: {jobs: 0}});
	});
});
