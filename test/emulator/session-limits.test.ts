/** How long a session lasts, on a clock that stands still. */
import {describe, expect, test} from 'bun:test';
import {once} from 'node:events';
import {tmpdir} from 'node:os';
import {WebSocket} from 'ws';
import {RealtimeSession} from '../../src/emulator/realtime-session.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import type {ServerMessage} from '../../src/speechmatics/messages.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

const MINUTE = 60_000;
const START = JSON.stringify({
	message: 'StartRecognition',
	audio_format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
	transcription_config: {language: 'en'},
});

// biome-ignore lint/suspicious/noExplicitAny: what the tests expect of a message is what they check of it.
type Loose = ServerMessage & Record<string, any>;

class Harness {
	readonly sent: Loose[] = [];
	closed: [number, string] | undefined;
	readonly session: RealtimeSession;

	constructor(clock: ManualClock) {
		this.session = new RealtimeSession(
			{
				send: (message) => this.sent.push(message as Loose),
				close: (code, reason) => {
					this.closed = [code, reason];
				},
			},
			// Raw audio leaves nothing in the folder.
			{id: 'id', folder: tmpdir(), clock, onFrame: () => {}, onSamples: () => {}, log: () => {}},
		);
	}

	start(): Promise<void> {
		return this.session.receive(START);
	}

	warnings(): Loose[] {
		return this.sent.filter(({message}) => message === 'Warning');
	}
}

describe('limits', () => {
	/** Time passes, and the connection stays alive. */
	const pass = async (clock: ManualClock, {session}: Harness, minutes: number) => {
		for (let minute = 0; minute < minutes; minute++) {
			session.contact();
			await clock.advance(MINUTE);
		}
	};

	test('an hour without audio ends a session, with warnings before', async () => {
		const clock = new ManualClock();
		const harness = new Harness(clock);
		await harness.start();
		await pass(clock, harness, 50);
		await harness.session.receive(new Uint8Array(2));
		expect(harness.warnings().map(({reason}) => reason)).toEqual([
			'Session will timeout in 15m due to inactivity, no audio sent within the last 45m',
			'Session will timeout in 10m due to inactivity, no audio sent within the last 50m',
		]);
		await pass(clock, harness, 59);
		expect(harness.closed).toBeUndefined();
		await clock.advance(MINUTE);
		expect(harness.sent.at(-1)).toMatchObject({message: 'Error', type: 'idle_timeout'});
		expect(harness.closed).toEqual([1008, 'policy_violation']);
	});

	test('three minutes with neither audio nor ping end a session', async () => {
		const clock = new ManualClock();
		const harness = new Harness(clock);
		await harness.start();
		await clock.advance(2 * MINUTE);
		await harness.session.receive(new Uint8Array(2));
		await clock.advance(2 * MINUTE);
		harness.session.contact();
		await clock.advance(3 * MINUTE - 1);
		expect(harness.closed).toBeUndefined();
		await clock.advance(1);
		expect(harness.sent.at(-1)).toEqual({
			message: 'Error',
			type: 'idle_timeout',
			reason: 'No audio and no ping within the last 3m',
		});
		expect(harness.closed).toEqual([1008, 'policy_violation']);
	});

	test('a ping over the connection keeps a session', async () => {
		const clock = new ManualClock();
		await using emulator = await startEmulator({clock});
		const socket = new WebSocket(emulator.realtimeUrl, {headers: {Authorization: 'Bearer key'}});
		const messages: Loose[] = [];
		const started = new Promise<void>((resolve) => {
			socket.on('message', (data: Buffer) => {
				messages.push(JSON.parse(data.toString()));
				if (messages.at(-1)?.message === 'RecognitionStarted') resolve();
			});
		});
		await once(socket, 'open');
		socket.send(START);
		await started;
		for (let times = 0; times < 3; times++) {
			await clock.advance(2 * MINUTE);
			const pong = once(socket, 'pong');
			socket.ping();
			await pong;
		}
		const closed = once(socket, 'close');
		await clock.advance(3 * MINUTE);
		expect((await closed)[0]).toBe(1008);
		expect(messages.at(-1)).toMatchObject({message: 'Error', type: 'idle_timeout'});
	});

	test('two days end a session whatever is said', async () => {
		const clock = new ManualClock();
		const harness = new Harness(clock);
		await harness.start();
		for (let minutes = 0; minutes < 48 * 60; minutes += 30) {
			await harness.session.receive(new Uint8Array(2));
			await pass(clock, harness, 30);
		}
		expect(harness.warnings().map(({type}) => type)).toEqual(Array(3).fill('session_timeout'));
		expect(harness.sent.at(-1)).toMatchObject({message: 'Error', type: 'session_timeout'});
	});
});
