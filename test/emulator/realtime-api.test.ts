/** Sessions over a real connection. What is said in them is tested in `realtime-session.test.ts`. */
import {describe, expect, test} from 'bun:test';
import {once} from 'node:events';
import {readdir} from 'node:fs/promises';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {WebSocket} from 'ws';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import type {AddTranscript, ServerMessage} from '../../src/speechmatics/messages.ts';
import {joinResults} from '../../src/speechmatics/transcript.ts';
import {SAMPLE_TEXT, sampleBytes} from './sample-sound.ts';

const START = {
	message: 'StartRecognition',
	audio_format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
	transcription_config: {language: 'en', enable_partials: true},
};
const sample = await sampleBytes();

/** Sends everything without waiting for anything, and returns what came until the connection closed. */
async function play(url: string, frames: Uint8Array[]): Promise<{messages: ServerMessage[]; code: number}> {
	const socket = new WebSocket(url, {headers: {Authorization: 'Bearer key'}});
	const messages: ServerMessage[] = [];
	socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
	await once(socket, 'open');
	socket.send(JSON.stringify(START));
	for (const frame of frames) socket.send(frame);
	socket.send(JSON.stringify({message: 'EndOfStream', last_seq_no: frames.length}));
	const [code] = await once(socket, 'close');
	return {messages, code};
}

function framesOf(bytes: Uint8Array, size: number): Uint8Array[] {
	return Array.from({length: Math.ceil(bytes.length / size)}, (_, index) =>
		bytes.subarray(index * size, (index + 1) * size),
	);
}

function textOf(messages: readonly ServerMessage[]): string {
	const finals = messages.filter(({message}) => message === 'AddTranscript') as AddTranscript[];
	return joinResults(finals.flatMap(({results}) => results));
}

/** The status of a request to open a WebSocket, and the body where it is refused. */
function upgrade(
	{port}: Emulator,
	path: string,
	authorization?: string,
): Promise<{status: number; body: string}> {
	return new Promise((resolve, reject) => {
		const headers = {
			Connection: 'Upgrade',
			Upgrade: 'websocket',
			'Sec-WebSocket-Version': '13',
			'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
			...(authorization === undefined ? {} : {Authorization: authorization}),
		};
		const call = request({port, host: '127.0.0.1', path, headers});
		call.on('upgrade', (response, socket) => {
			socket.destroy();
			resolve({status: response.statusCode ?? 0, body: ''});
		});
		call.on('response', async (response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of response) chunks.push(chunk);
			resolve({status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString()});
		});
		call.on('error', reject);
		call.end();
	});
}

describe('realtime', () => {
	test('transcribes the sample, and counts every sample and frame', async () => {
		await using emulator = await startEmulator();
		const frames = framesOf(sample, 4096);
		const {messages, code} = await play(emulator.realtimeUrl, frames);
		expect(messages[0]).toMatchObject({message: 'Info', type: 'concurrent_session_usage', usage: 1});
		expect(messages.slice(1, 3).map(({message}) => message)).toEqual(['RecognitionStarted', 'Info']);
		expect(messages.at(-1)).toEqual({message: 'EndOfTranscript'});
		expect(textOf(messages)).toBe(SAMPLE_TEXT);
		expect(code).toBe(1000);
		expect(emulator.statistics().realtime).toEqual({
			sessions: 1,
			framesReceived: frames.length,
			samplesReceived: sample.length / 2,
		});
	});

	test('serves sessions side by side, under each form of its path', async () => {
		await using emulator = await startEmulator();
		const urls = ['', '/', '/en', '/en/'].map((ending) => emulator.realtimeUrl + ending);
		const played = await Promise.all(urls.map((url) => play(url, framesOf(sample, 8192))));
		for (const {messages, code} of played) expect([textOf(messages), code]).toEqual([SAMPLE_TEXT, 1000]);
	});

	test('lets nobody in without a key, or with a wrong one', async () => {
		await using emulator = await startEmulator({apiKey: 'right'});
		const refused = await upgrade(emulator, '/v2');
		expect(refused.status).toBe(401);
		expect(refused.body).toContain('401 Authorization Required');
		expect((await upgrade(emulator, '/v2', 'Bearer wrong')).status).toBe(401);
		expect((await upgrade(emulator, '/v2?jwt=wrong')).status).toBe(401);
		expect((await upgrade(emulator, '/v3', 'Bearer right')).status).toBe(404);
		expect((await upgrade(emulator, '/v2', 'Bearer right')).status).toBe(101);
		expect((await upgrade(emulator, '/v2/?jwt=right')).status).toBe(101);
	});

	test('closes with sessions open, and leaves nothing', async () => {
		const emulator = await startEmulator();
		const socket = new WebSocket(emulator.realtimeUrl, {headers: {Authorization: 'Bearer key'}});
		await once(socket, 'message');
		const closed = once(socket, 'close');
		await emulator.close();
		await closed;
	});

	test('saves what it receives under the id of the session', async () => {
		const folder = join(tmpdir(), `speechdeck-test-${crypto.randomUUID()}`);
		await using emulator = await startEmulator({saveAudioTo: folder});
		const {messages} = await play(emulator.realtimeUrl, framesOf(sample, 8192));
		const {id} = messages.find(({message}) => message === 'RecognitionStarted') as {id: string};
		expect(await readdir(folder)).toEqual([`${id}.raw`]);
		expect(await Bun.file(join(folder, `${id}.raw`)).bytes()).toEqual(sample);
	});
});
