/** Sessions over a real connection. */
import {expect, test} from 'bun:test';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {WebSocketServer} from 'ws';
import {startEmulator} from '../../src/emulator/server.ts';
import {AuthenticationError} from '../../src/speechmatics/errors.ts';
import {channelsOf} from '../../src/speechmatics/messages.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';

test('two channels, a forced end of utterance, a changed config and the speakers at the end', async () => {
	await using emulator = await startEmulator();
	await using client = new RealtimeClient({apiKey: 'k', url: emulator.realtimeUrl});
	const started = await client.start({
		transcriptionConfig: {
			language: 'en',
			diarization: 'channel_and_speaker',
			channel_diarization_labels: ['left', 'right'],
		},
	});
	expect(channelsOf(started)).toEqual(['left', 'right']);
	const speakers = client.getSpeakers({final: true});
	for (let second = 0; second < 3; second++) await client.sendChannelAudio('left', new Uint8Array(32_000));
	await client.sendChannelAudio('right', new Uint8Array(3200));
	client.setRecognitionConfig({max_delay: 1});
	expect(await client.forceEndOfUtterance({channel: 'left', timeout: 4000})).toMatchObject({forced: true});
	client.endChannel('right');
	await client.stop();
	expect([client.sentFrames, client.acknowledgedFrames]).toEqual([4, 4]);
	expect(Array.isArray(await speakers)).toBe(true);
});

test('a key that is refused at the door is an AuthenticationError with the server’s id', async () => {
	await using emulator = await startEmulator({apiKey: 'right'});
	const client = new RealtimeClient({apiKey: 'wrong', url: emulator.realtimeUrl});
	const error = await client.start().catch((reason) => reason);
	expect(error).toBeInstanceOf(AuthenticationError);
	expect(error.status).toBe(401);
	expect(error.requestId).toBeString();
});

test('the id of the upgrade request is kept', async () => {
	const server = new WebSocketServer({port: 0, host: '127.0.0.1'});
	server.on('headers', (headers) => headers.push('Request-Id: abc'));
	server.on('connection', (socket) =>
		socket.on('message', () => socket.send(JSON.stringify({message: 'RecognitionStarted', id: 's'}))),
	);
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const client = new RealtimeClient({apiKey: 'k', url: `ws://127.0.0.1:${port}/v2`});
	await client.start();
	expect(client.requestId).toBe('abc');
	client.close();
	server.close();
});
