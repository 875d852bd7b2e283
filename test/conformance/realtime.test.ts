/** What a realtime client must do, case by case, against the emulator. The numbers are those of our list of cases. */
import {describe, expect, test} from 'bun:test';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {EmulatorOptions} from '../../src/emulator/options.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	RealtimeError,
} from '../../src/speechmatics/errors.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {retryPolicy} from '../../src/speechmatics/realtime-retry.ts';
import {TextJoiner} from '../../src/speechmatics/transcript.ts';

const wav = readFileSync(resolve(import.meta.dir, '../../src/emulator/sample.wav'));
/** 16 kHz mono s16le. */
const samples = new Uint8Array(wav.subarray(44));
const CONFIG = {language: 'en', model: 'enhanced', enable_partials: true, max_delay: 1};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => undefined,
		(error) => error,
	);

async function session(
	options: EmulatorOptions,
	use: (client: RealtimeClient) => Promise<void>,
): Promise<void> {
	await using emulator = await startEmulator(options);
	await use(new RealtimeClient({apiKey: 'k', url: emulator.realtimeUrl}));
}

/** Sends so many seconds of the sample in pieces of 100 ms. */
async function send(client: RealtimeClient, seconds: number): Promise<void> {
	for (let at = 0; at < Math.min(samples.length, seconds * 32_000); at += 3200) {
		await client.sendAudio(samples.subarray(at, at + 3200));
	}
}

/** The finals as they come, joined as their items say. */
function textOf(client: RealtimeClient): {readonly text: string} {
	const joiner = new TextJoiner();
	const heard = {text: ''};
	client.on('AddTranscript', ({results}) => {
		for (const result of results) heard.text += joiner.add(result);
	});
	return heard;
}

describe('realtime conformance', () => {
	test('19: what comes before RecognitionStarted is told, and no audio is sent until then', () =>
		session({quota: 2, faults: [{fault: 'late-start', ms: 50}]}, async (client) => {
			const kinds: string[] = [];
			client.on('Info', ({type}) => kinds.push(type));
			client.on('RecognitionStarted', () => kinds.push('started'));
			const starting = client.start({transcriptionConfig: CONFIG});
			expect(await failureOf(client.sendAudio(samples.subarray(0, 3200)))).toBeInstanceOf(ConfigurationError);
			await starting;
			expect(kinds.slice(0, 2)).toEqual(['concurrent_session_usage', 'started']);
			client.close();
		}));

	test('20: not_authorised after a good handshake is the error of a 401, and is not tried again', () =>
		session({faults: [{fault: 'error', type: 'not_authorised'}]}, async (client) => {
			const error = await failureOf(client.start());
			expect(error).toBeInstanceOf(AuthenticationError);
			expect(retryPolicy(error)).toBe('never');
		}));

	test.each([
		['quota_exceeded', 4005, 'later'],
		['job_error', 4013, 'later'],
		['not_allowed', 4003, 'never'],
		['invalid_model', 4004, 'never'],
		['timelimit_exceeded', 4006, 'never'],
		['session_timeout', 1008, 'roll over'],
	] as const)('21: %s (close code %i) is to be retried: %s', (type, code, policy) =>
		session({faults: [{fault: 'error', type, code}]}, async (client) => {
			const error = await failureOf(client.start());
			expect(error).toBeInstanceOf(RealtimeError);
			expect(error).toMatchObject({type});
			expect(retryPolicy(error)).toBe(policy);
		}),
	);

	test('22: a server that stops acknowledging stops the sending, at 10 s of audio', () =>
		session({faults: [{fault: 'ack-stall', frame: 10}]}, async (client) => {
			await client.start({transcriptionConfig: CONFIG});
			const sending = failureOf(send(client, 15));
			while (client.acknowledgedFrames < 10 || client.sentFrames < 110)
				await new Promise((go) => setImmediate(go));
			expect(client.sentFrames).toBe(110);
			client.close();
			expect(await sending).toBeInstanceOf(ConnectionError);
		}));

	test('23: a mark that comes in a message of its own belongs to the word before it', () =>
		session({}, async (client) => {
			const heard = textOf(client);
			const alone: string[] = [];
			client.on(
				'AddTranscript',
				({metadata}) => metadata.transcript.trim() === '.' && alone.push(metadata.transcript),
			);
			await client.start({transcriptionConfig: CONFIG});
			await send(client, 15);
			await client.stop();
			expect(alone.length).toBeGreaterThan(0);
			expect(heard.text).not.toMatch(/ [.,?]/);
			expect(heard.text).toStartWith("Good morning, everyone. Let's begin today's meeting.");
		}));

	test('24: empty finals and partials are messages like any others', () =>
		session({}, async (client) => {
			let empty = 0;
			client.on('AddPartialTranscript', ({results}) => {
				if (results.length === 0) empty += 1;
			});
			await client.start({transcriptionConfig: CONFIG});
			await send(client, 5);
			await client.stop();
			expect(empty).toBeGreaterThan(0);
		}));

	test('25: a final may differ from every partial before it', () =>
		session({}, async (client) => {
			const partials = new Set<string>();
			client.on('AddPartialTranscript', ({metadata}) => partials.add(metadata.transcript));
			const heard = textOf(client);
			await client.start({transcriptionConfig: CONFIG});
			await send(client, 15);
			await client.stop();
			expect(partials.size).toBeGreaterThan(3);
			expect(heard.text).toContain('customers have it.');
		}));

	test('26: utterances end after their final, and a forced end is answered or given up', () =>
		session({}, async (client) => {
			const order: string[] = [];
			client.on('AddTranscript', ({results}) => results.length > 0 && order.push('final'));
			client.on('EndOfUtterance', () => order.push('end'));
			await client.start({
				transcriptionConfig: {...CONFIG, conversation_config: {end_of_utterance_silence_trigger: 0.4}},
			});
			await send(client, 6);
			const forced = await client.forceEndOfUtterance({timeout: 2000});
			await client.stop();
			expect(order.indexOf('final')).toBeLessThan(order.indexOf('end'));
			expect(forced === undefined || forced.message === 'EndOfUtterance').toBe(true);
		}));

	test('27: the last words are waited for, and audio after the end is refused here', () =>
		session({}, async (client) => {
			const heard = textOf(client);
			await client.start({transcriptionConfig: {...CONFIG, max_delay: 4}});
			await send(client, 15);
			const stopping = client.stop();
			expect(await failureOf(client.sendAudio(samples.subarray(0, 3200)))).toBeInstanceOf(ConfigurationError);
			await stopping;
			expect(heard.text).toEndWith('for next week.');
		}));

	test('28: channels count their frames apart, and the session ends with the last of them', () =>
		session({}, async (client) => {
			const acknowledged: Record<string, number> = {};
			client.on('ChannelAudioAdded', ({channel, seq_no}) => {
				acknowledged[channel] = seq_no;
			});
			await client.start({
				transcriptionConfig: {
					...CONFIG,
					diarization: 'channel',
					channel_diarization_labels: ['left', 'right'],
				},
			});
			for (let at = 0; at < 64_000; at += 3200) {
				await client.sendChannelAudio('left', samples.subarray(at, at + 3200));
				if (at < 32_000) await client.sendChannelAudio('right', samples.subarray(at, at + 3200));
			}
			client.endChannel('right');
			await client.stop();
			expect(acknowledged).toEqual({left: 20, right: 10});
		}));

	test('29: warnings are told, and a session that reached its time is to be rolled over', () =>
		session(
			{
				faults: [
					{fault: 'warning', type: 'session_timeout', second: 1},
					{fault: 'error', type: 'session_timeout', second: 2, code: 1008},
				],
			},
			async (client) => {
				const warnings: string[] = [];
				client.on('Warning', ({type}) => warnings.push(type));
				await client.start({transcriptionConfig: CONFIG});
				await send(client, 3).catch(() => {});
				const error = await failureOf(client.stop());
				expect(warnings).toEqual(['session_timeout']);
				expect(retryPolicy(error)).toBe('roll over');
			},
		));

	test('30: unknown messages, unknown keys and garbage do not end a session', () =>
		session(
			{
				faults: [
					{fault: 'unknown-messages', second: 1},
					{fault: 'extra-keys'},
					{fault: 'garbage', second: 2},
				],
			},
			async (client) => {
				const unknown: string[] = [];
				client.on('Unknown', ({text}) => unknown.push(text));
				const heard = textOf(client);
				await client.start({transcriptionConfig: CONFIG});
				await send(client, 15);
				await client.stop();
				expect(unknown.length).toBeGreaterThan(1);
				expect(heard.text).toContain('Good morning, everyone.');
			},
		));

	test('a drop without a close frame is never a normal end', () =>
		session({faults: [{fault: 'drop', second: 2}]}, async (client) => {
			await client.start({transcriptionConfig: CONFIG});
			await send(client, 15).catch(() => {});
			const error = await failureOf(client.stop());
			expect(error).toBeInstanceOf(ConnectionError);
			expect(retryPolicy(error)).toBe('now');
		}));
});
