/** One session without a network: each message in, what comes out, in order. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findFfmpeg} from '../../src/audio/ffmpeg.ts';
import {RealtimeSession} from '../../src/emulator/realtime-session.ts';
import type {AddTranscript, ServerMessage} from '../../src/speechmatics/messages.ts';
import {SERVER_MESSAGES} from '../../src/speechmatics/messages.ts';
import {isSimulated} from '../../src/speechmatics/simulated.ts';
import {joinResults, speakerOf} from '../../src/speechmatics/transcript.ts';
import {joined, SAMPLE_PATH, SAMPLE_TEXT, s16Bytes, sampleSound, silence, tone} from './sample-sound.ts';

const RAW = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000};
const sample = s16Bytes(await sampleSound());
const ffmpeg = await findFfmpeg();
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'speechdeck-test-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

class Harness {
	readonly sent: ServerMessage[] = [];
	readonly session: RealtimeSession;
	closed: [number, string] | undefined;
	samples = 0;

	constructor(options: {pathLanguage?: string; saveAudioTo?: string} = {}) {
		this.session = new RealtimeSession(
			{
				send: (message) => this.sent.push(message),
				close: (code, reason) => {
					this.closed = [code, reason];
				},
			},
			{
				id: 'session',
				folder,
				onFrame: () => {},
				onSamples: (count) => {
					this.samples += count;
				},
				log: () => {},
				...options,
			},
		);
	}

	say(message: object): Promise<void> {
		return this.session.receive(JSON.stringify(message));
	}

	start(config: object = {}, audio_format: object = RAW): Promise<void> {
		const transcription_config = {language: 'en', ...config};
		return this.say({message: 'StartRecognition', audio_format, transcription_config});
	}

	async hear(bytes: Uint8Array, frame = 3200): Promise<void> {
		for (let at = 0; at < bytes.length; at += frame)
			await this.session.receive(bytes.subarray(at, at + frame));
	}

	stop(): Promise<void> {
		return this.say({message: 'EndOfStream', last_seq_no: 0});
	}

	names(): string[] {
		return this.sent.map(({message}) => message);
	}

	of<Name extends ServerMessage['message']>(name: Name): Array<Extract<ServerMessage, {message: Name}>> {
		return this.sent.filter((message) => message.message === name) as never;
	}

	finals(): AddTranscript[] {
		return this.of('AddTranscript');
	}

	text(): string {
		return joinResults(this.finals().flatMap(({results}) => results));
	}
}

async function listened(bytes: Uint8Array, config: object = {}, format: object = RAW, frame = 3200) {
	const harness = new Harness();
	await harness.start(config, format);
	await harness.hear(bytes, frame);
	await harness.stop();
	return harness;
}

describe('a session', () => {
	test('starts, acknowledges each frame, gives finals, and ends', async () => {
		const harness = await listened(sample);
		expect(harness.names().slice(0, 3)).toEqual(['RecognitionStarted', 'Info', 'AudioAdded']);
		expect(isSimulated(harness.of('RecognitionStarted')[0]?.orchestrator_version)).toBe(true);
		expect(harness.of('Info')[0]).toMatchObject({type: 'recognition_quality', quality: 'broadcast'});
		const frames = Math.ceil(sample.length / 3200);
		expect(harness.of('AudioAdded').map(({seq_no}) => seq_no)).toEqual(
			Array.from({length: frames}, (_, i) => i + 1),
		);
		expect(harness.text()).toBe(SAMPLE_TEXT);
		expect(harness.of('AddPartialTranscript')).toEqual([]);
		expect(harness.names().at(-1)).toBe('EndOfTranscript');
		expect(harness.closed).toEqual([1000, '']);
		expect(harness.samples).toBe(sample.length / 2);
	});

	test('sends only what the published messages allow', async () => {
		const harness = await listened(sample, {enable_partials: true, diarization: 'speaker'});
		for (const message of harness.sent) SERVER_MESSAGES[message.message].parse(message);
	});

	test('gives finals no sooner than the delay and little later', async () => {
		const harness = new Harness();
		await harness.start({max_delay: 1});
		for (let at = 0; at < sample.length; at += 640) {
			const before = harness.finals().length;
			await harness.session.receive(sample.subarray(at, at + 640));
			const heard = (at + 640) / 32_000;
			for (const {results} of harness.finals().slice(before)) {
				for (const {type, end_time} of results) {
					expect(heard - end_time).toBeGreaterThanOrEqual(1 - 0.021);
					if (type === 'word') expect(heard - end_time).toBeLessThan(1 + 0.7);
				}
			}
		}
		expect(harness.finals().length).toBeGreaterThan(10);
	});

	test('names speakers only with diarization', async () => {
		const speakers = async (config: object) =>
			new Set((await listened(sample, config)).finals().flatMap(({results}) => results.map(speakerOf)));
		expect(await speakers({diarization: 'speaker'})).toEqual(new Set(['S1', 'S2']));
		expect(await speakers({})).toEqual(new Set([undefined]));
	});

	test('says the same however its audio is cut', async () => {
		const said = async (frame: number) =>
			(await listened(sample, {enable_partials: true}, RAW, frame)).sent.filter(
				({message}) => message !== 'AudioAdded',
			);
		const whole = await said(sample.length);
		expect(await said(4095)).toEqual(whole);
		expect(await said(8192)).toEqual(whole);
	});

	test('without audio ends at once', async () => {
		const harness = await listened(new Uint8Array(0));
		expect(harness.names()).toEqual(['RecognitionStarted', 'Info', 'AddTranscript', 'EndOfTranscript']);
		expect(harness.text()).toBe('');
	});
});

describe('partials', () => {
	test('come about every 0.36 s, replace each other, and follow every final', async () => {
		const harness = await listened(sample, {enable_partials: true, max_delay: 1});
		const seconds = sample.length / 32_000;
		expect(harness.of('AddPartialTranscript').length / seconds).toBeCloseTo(1 / 0.36, 0);
		for (const [index, {message}] of harness.sent.entries()) {
			if (message === 'AddTranscript') expect(harness.sent[index + 1]?.message).toBe('AddPartialTranscript');
		}
		expect(harness.text()).toBe(SAMPLE_TEXT);
		const guesses = harness.of('AddPartialTranscript').map(({metadata}) => metadata.transcript);
		expect(guesses.some((text) => text !== '' && !SAMPLE_TEXT.includes(`${text} `))).toBe(true);
	});

	test('end without a space, finals with one', async () => {
		const harness = await listened(sample, {enable_partials: true});
		for (const {metadata} of harness.of('AddPartialTranscript'))
			expect(metadata.transcript).not.toEndWith(' ');
		const texts = harness.finals().map(({metadata}) => metadata.transcript);
		for (const text of texts) expect(text === '' || text.endsWith(' ')).toBe(true);
		expect(texts.at(-1)).not.toBe('');
	});

	test('and finals may hold a mark alone, which belongs to the word before', async () => {
		const harness = await listened(sample, {max_delay: 0.7});
		expect(harness.finals().map(({metadata}) => metadata.transcript)).toContain('. ');
		expect(harness.text()).toBe(SAMPLE_TEXT);
	});
});

describe('the end of an utterance', () => {
	test('is told once a silence, after its final', async () => {
		const trigger = {conversation_config: {end_of_utterance_silence_trigger: 0.5}, enable_partials: true};
		const harness = await listened(s16Bytes(joined(tone(1), silence(3), tone(1), silence(1))), trigger);
		const told = harness.sent.filter(({message}) => /AddTranscript|EndOfUtt/.test(message));
		expect(told.map(({message}) => message)).toEqual([
			'AddTranscript',
			'EndOfUtterance',
			'AddTranscript',
			'EndOfUtterance',
			'AddTranscript',
		]);
		const [first] = harness.of('EndOfUtterance');
		expect(first!.metadata.start_time).toBe(first!.metadata.end_time);
		expect(first!.metadata.end_time).toBeCloseTo(1.5, 1);
		expect(harness.text()).toMatch(/^Simulated \w+ \w+\. Simulated \w+ \w+\.$/);
	});

	test('is not told in silence, nor without being asked for', async () => {
		const trigger = {conversation_config: {end_of_utterance_silence_trigger: 0.5}};
		expect((await listened(s16Bytes(silence(4)), trigger)).of('EndOfUtterance')).toEqual([]);
		expect((await listened(sample)).of('EndOfUtterance')).toEqual([]);
	});

	test('leaves the sentences of the sample whole', async () => {
		const trigger = {conversation_config: {end_of_utterance_silence_trigger: 0.45}};
		const harness = await listened(s16Bytes(joined(await sampleSound(), silence(1))), trigger);
		expect(harness.text()).toBe(SAMPLE_TEXT);
		expect(harness.of('EndOfUtterance')).toHaveLength(6);
	});
});

describe('a file', () => {
	const FILE = {type: 'file'};

	test('that is a WAV is heard as it comes', async () => {
		const bytes = await Bun.file(SAMPLE_PATH).bytes();
		const harness = await listened(bytes, {max_delay: 0.7}, FILE);
		expect(harness.text()).toBe(SAMPLE_TEXT);
		expect(harness.samples).toBe(sample.length / 2);
	});

	test.skipIf(ffmpeg === undefined)('in another container is heard at its end', async () => {
		const path = join(folder, 'sample.flac');
		expect(Bun.spawnSync([ffmpeg!, '-loglevel', 'error', '-i', SAMPLE_PATH, path]).exitCode).toBe(0);
		const harness = await listened(await Bun.file(path).bytes(), {}, FILE);
		expect(harness.text()).toBe(SAMPLE_TEXT);
		expect(await readdir(folder)).not.toContain('session.spool');
	});

	test('without ffmpeg is given placeholder words for its length', async () => {
		const path = join(folder, 'long.aiff');
		if (ffmpeg === undefined) return;
		Bun.spawnSync([ffmpeg, '-loglevel', 'error', '-i', SAMPLE_PATH, path]);
		const searchPath = process.env.PATH;
		process.env.PATH = folder;
		try {
			const harness = await listened(await Bun.file(path).bytes(), {}, FILE);
			expect(harness.text()).toStartWith('Simulated placeholder words');
			expect(harness.finals().at(-1)!.metadata.end_time).toBeGreaterThan(10);
		} finally {
			process.env.PATH = searchPath;
		}
	});

	test('of garbage is acknowledged, and refused at its end', async () => {
		const harness = await listened(
			new TextEncoder().encode('This is no audio at all. '.repeat(1000)),
			{},
			FILE,
		);
		expect(harness.of('AudioAdded').length).toBeGreaterThan(3);
		expect(harness.sent.at(-1)).toEqual({
			message: 'Error',
			type: 'invalid_audio_type',
			reason: 'Invalid audio type: Could not determine type of stream.',
		});
		expect(harness.closed).toEqual([1003, 'invalid_audio_type']);
	});

	test('that begins as a WAV and is none is refused at its end', async () => {
		const bytes = new Uint8Array(300_000).fill(120);
		bytes.set(new TextEncoder().encode('RIFF0000WAVEfmt \x10\0\0\0'));
		const harness = await listened(bytes, {}, FILE);
		expect(harness.of('AudioAdded')).toHaveLength(94);
		expect(harness.closed).toEqual([1003, 'invalid_audio_type']);
	});
});

describe('broken rules end the session', () => {
	async function ending(play: (harness: Harness) => Promise<unknown>, options = {}) {
		const harness = new Harness(options);
		await play(harness);
		return [(harness.of('Error')[0] as {type?: string} | undefined)?.type, harness.closed?.[0]];
	}

	test('messages in the wrong order', async () => {
		expect(await ending((it) => it.hear(sample, sample.length))).toEqual(['protocol_error', 1003]);
		expect(await ending((it) => it.stop())).toEqual(['protocol_error', 1003]);
		expect(await ending(async (it) => [await it.start(), await it.start()])).toEqual([
			'protocol_error',
			1003,
		]);
		expect(await ending(async (it) => [await it.start(), await it.stop(), await it.stop()])).toEqual([
			undefined,
			1000,
		]);
	});

	test('configs that are none', async () => {
		expect(await ending((it) => it.start({max_delay: 9}))).toEqual(['invalid_config', 1003]);
		expect(await ending((it) => it.start({}, {...RAW, encoding: 'opus'}))).toEqual(['invalid_config', 1003]);
		expect(await ending((it) => it.start({}), {pathLanguage: 'de'})).toEqual(['invalid_language', 4004]);
	});

	test('messages that cannot be understood', async () => {
		expect(await ending((it) => it.session.receive('{'))).toEqual(['invalid_message', 1003]);
		expect(await ending((it) => it.say({message: 'Sing'}))).toEqual(['invalid_message', 1003]);
		expect(await ending((it) => it.session.receive('null'))).toEqual(['invalid_message', 1003]);
	});

	test('but audio after the end is ignored with a warning', async () => {
		const harness = new Harness();
		await harness.start();
		await harness.hear(sample.subarray(0, 6400));
		harness.stop();
		await harness.session.receive(sample.subarray(0, 3200));
		expect(harness.of('Warning')).toMatchObject([{type: 'add_audio_after_eos'}]);
		expect(harness.samples).toBe(3200);
		expect(harness.closed).toEqual([1000, '']);
	});

	test('nothing is sent after it is closed', async () => {
		const harness = new Harness();
		await harness.start({}, {type: 'file'});
		await harness.hear(new Uint8Array(100_000).fill(7));
		await harness.session.close();
		const sent = harness.sent.length;
		await harness.hear(sample);
		await harness.stop();
		expect(harness.sent).toHaveLength(sent);
		expect(await readdir(folder)).not.toContain('session.spool');
	});
});

test('audio is saved as it was received', async () => {
	const harness = new Harness({saveAudioTo: folder});
	await harness.start();
	await harness.hear(sample, 999);
	await harness.stop();
	expect(new Uint8Array(await readFile(join(folder, 'session.raw')))).toEqual(sample);
});

test('below 12 kHz the telephone model is used', async () => {
	const harness = new Harness();
	await harness.start({}, {...RAW, sample_rate: 8000});
	expect(harness.of('Info')[0]).toMatchObject({quality: 'telephony'});
});
