/** The vendor's own SDKs judge the emulator from outside. */
import {afterAll, beforeAll, describe, expect, spyOn, test} from 'bun:test';
import {createSpeechmaticsJWT} from '@speechmatics/auth';
import {BatchClient} from '@speechmatics/batch-client';
import {RealtimeClient} from '@speechmatics/real-time-client';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {joinResults} from '../../src/speechmatics/transcript.ts';
import {SAMPLE_PATH, SAMPLE_TEXT} from './sample-sound.ts';

const API_KEY = 'the-only-key';
let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator({apiKey: API_KEY, processingTime: () => 0});
});
afterAll(() => emulator.close());

const sample = async () => new File([await Bun.file(SAMPLE_PATH).bytes()], 'meeting.wav');
const jwt = (type: 'batch' | 'rt', apiKey = API_KEY) => {
	const managementPlatformURL = `${new URL(emulator.batchUrl).origin}/v1`;
	return createSpeechmaticsJWT({type, apiKey, clientRef: 'tests', managementPlatformURL});
};

/** The SDK looks every three seconds whether a job is done; here every few milliseconds. */
async function impatiently<Value>(work: () => Promise<Value>): Promise<Value> {
	const original = globalThis.setInterval;
	const hurried = ((callback: () => void) => original(callback, 5)) as typeof setInterval;
	const spy = spyOn(globalThis, 'setInterval').mockImplementation(hurried);
	try {
		return await work();
	} finally {
		spy.mockRestore();
	}
}

describe('the batch SDK', () => {
	const client = () => new BatchClient({apiKey: API_KEY, appId: 'tests', apiUrl: emulator.batchUrl});
	const CONFIG = {transcription_config: {language: 'en', diarization: 'speaker'}} as const;

	test('transcribes a recording', async () => {
		const transcript = await impatiently(async () => client().transcribe(await sample(), CONFIG));
		if (typeof transcript === 'string') throw new Error('json-v2 was asked for');
		expect(joinResults(transcript.results as RecognitionResult[])).toBe(SAMPLE_TEXT);
		const text = await impatiently(async () => client().transcribe(await sample(), CONFIG, 'text'));
		expect(text).toStartWith('SPEAKER: S1\nGood morning, everyone.');
	});

	test('gets a transcript in each of its three forms', async () => {
		const {id} = await client().createTranscriptionJob(await sample(), CONFIG);
		await client().getJob(id);
		const json = await client().getJobResult(id, 'json-v2');
		if (typeof json === 'string') throw new Error('json-v2 was asked for');
		expect(joinResults(json.results as RecognitionResult[])).toBe(SAMPLE_TEXT);
		expect(await client().getJobResult(id, 'text')).toStartWith('SPEAKER: S1\n');
		expect(await client().getJobResult(id, 'srt')).toStartWith('1\n00:00:00,320 -->');
	});

	test('lists, shows and deletes jobs', async () => {
		const {id} = await client().createTranscriptionJob(await sample(), CONFIG);
		expect((await client().getJob(id)).job).toMatchObject({id, status: 'done', data_name: 'meeting.wav'});
		expect((await client().listJobs()).jobs[0]?.id).toBe(id);
		expect((await client().deleteJob(id)).job.status).toBe('deleted');
	});

	test('understands refusals', async () => {
		await expect(client().getJob('nosuchjob1')).rejects.toThrow('Job not found');
		await expect(client().createTranscriptionJob(new File([''], 'empty.wav'), CONFIG)).rejects.toThrow(
			'Job rejected due to invalid audio',
		);
	});

	test('works with a temporary key', async () => {
		const apiKey = await jwt('batch');
		const temporary = new BatchClient({apiKey, appId: 'tests', apiUrl: emulator.batchUrl});
		expect((await temporary.listJobs()).jobs).toBeArray();
	});
});

describe('the authentication SDK', () => {
	test('is told of a wrong key and of a wrong lifetime', async () => {
		await expect(jwt('rt', 'wrong')).rejects.toThrow('unauthorized');
		const managementPlatformURL = `${new URL(emulator.batchUrl).origin}/v1`;
		const short = createSpeechmaticsJWT({type: 'rt', apiKey: API_KEY, ttl: 1, managementPlatformURL});
		await expect(short).rejects.toThrow('ttl in body should be greater than or equal to 60');
	});
});

describe('the realtime SDK', () => {
	test('transcribes a stream, raw and as a file', async () => {
		const bytes = await Bun.file(SAMPLE_PATH).bytes();
		const raw = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000} as const;
		for (const [audio_format, audio] of [
			[raw, bytes.subarray(44)],
			[{type: 'file'} as const, bytes],
		] as const) {
			const client = new RealtimeClient({url: emulator.realtimeUrl});
			const finals: RecognitionResult[] = [];
			let partials = 0;
			client.addEventListener('receiveMessage', ({data}) => {
				if (data.message === 'AddTranscript') finals.push(...(data.results as RecognitionResult[]));
				if (data.message === 'AddPartialTranscript') partials += 1;
			});
			const transcription_config = {language: 'en', enable_partials: true, max_delay: 0.7};
			const started = await client.start(await jwt('rt'), {audio_format, transcription_config});
			expect(started.id).toBeString();
			for (let at = 0; at < audio.length; at += 4096) client.sendAudio(audio.slice(at, at + 4096));
			await client.stopRecognition();
			expect(joinResults(finals)).toBe(SAMPLE_TEXT);
			expect(partials).toBeGreaterThan(20);
		}
	});

	test('gets translations, speakers, and the end of an utterance', async () => {
		const audio = (await Bun.file(SAMPLE_PATH).bytes()).subarray(44);
		const client = new RealtimeClient({url: emulator.realtimeUrl});
		const names = new Set<string>();
		const translations: string[] = [];
		const speakers = new Set<string | undefined>();
		client.addEventListener('receiveMessage', ({data}) => {
			names.add(data.message);
			if (data.message === 'AddTranslation') translations.push(...data.results.map(({content}) => content));
			if (data.message !== 'AddTranscript') return;
			for (const result of data.results) speakers.add(result.alternatives?.[0]?.speaker);
		});
		await client.start(await jwt('rt'), {
			audio_format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000},
			transcription_config: {
				language: 'en',
				diarization: 'speaker',
				conversation_config: {end_of_utterance_silence_trigger: 0.3},
			},
			translation_config: {target_languages: ['de']},
		});
		for (let at = 0; at < audio.length; at += 4096) client.sendAudio(audio.slice(at, at + 4096));
		await client.stopRecognition();
		expect(speakers).toEqual(new Set(['S1', 'S2']));
		expect(translations.join(' ')).toContain('[simulated de] Good morning, everyone.');
		expect(names).toContain('EndOfUtterance');
	});

	test('is not let in with a wrong key', async () => {
		const client = new RealtimeClient({url: emulator.realtimeUrl});
		const start = client.start('wrong', {transcription_config: {language: 'en'}});
		await expect(start).rejects.toBeDefined();
	});
});
