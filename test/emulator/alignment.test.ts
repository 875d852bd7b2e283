/** Jobs that time the words of a text, asked for through our own client; and addresses that need no key. */
import {describe, expect, test} from 'bun:test';
import {readFileSync} from 'node:fs';
import {type Emulator, type EmulatorOptions, startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {recognise, SAMPLE_PATH, sampleSound} from './sample-sound.ts';

const CONFIG = {type: 'alignment', alignment_config: {language: 'en'}} as const;
const TEXT = 'Good morning,\n<b>everyone</b>. <!-- not\nsaid -->\n\nLet us <time=9>begin.';
const recording = {data: readFileSync(SAMPLE_PATH), name: 'sample.wav'};
const text = {data: new TextEncoder().encode(TEXT), name: 'text.txt'};

const start = (options: EmulatorOptions = {}) => startEmulator({processingTime: () => 0, ...options});
const clientOf = ({batchUrl}: Emulator) => new BatchClient({apiKey: 'key', url: batchUrl});
const get = ({batchUrl}: Emulator, path: string) =>
	fetch(batchUrl + path, {headers: {Authorization: 'Bearer key'}});

describe('an alignment job', () => {
	test('gives its text back, with a time before and after each word', async () => {
		await using emulator = await start();
		const client = clientOf(emulator);
		const {id} = await client.submitJob(recording, {config: CONFIG, text});
		const aligned = await client.getAlignment(id);
		const tagged = [...aligned.matchAll(/<time=(\d+\.\d\d)>([^<]+)<time=(\d+\.\d\d)>/g)];
		expect(tagged.map(([, , word]) => word)).toEqual([
			...['Good', 'morning,', 'everyone.', 'Let', 'us', 'begin.'],
		]);
		expect(aligned).toMatch(/^<time=\S+>Good<time=\S+> <time=\S+>morning,<time=\S+>\n<time=/);

		const words = (await recognise(await sampleSound())).filter(({type}) => type === 'word');
		const times = tagged.flatMap(([, from, , to]) => [Number(from), Number(to)]);
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect(times[0]).toBeCloseTo(words[0]!.start, 2);
		expect(times.at(-1)).toBeLessThanOrEqual(words.at(-1)!.end);

		expect(await (await get(emulator, `/jobs/${id}/text`)).text()).toBe(TEXT);
		const job = await client.getJob(id);
		expect(job).toMatchObject({status: 'done', config: CONFIG, text_name: 'text.txt'});
	});

	test('gives one time a line where that is asked for', async () => {
		await using emulator = await start();
		const client = clientOf(emulator);
		const {id} = await client.submitJob(recording, {config: CONFIG, text});
		const lines = (await client.getAlignment(id, {tags: 'one_per_line'})).split('\n');
		expect(lines.map((line) => line.replace(/^\[\d\d:\d\d:\d\d\.\d\] /, '[] '))).toEqual([
			...['[] Good morning,', '[] everyone.', '', '[] Let us begin.'],
		]);
	});

	test('spreads its words over the whole recording where nobody speaks', async () => {
		await using emulator = await start();
		const client = clientOf(emulator);
		const data = Buffer.concat([recording.data.subarray(0, 44), Buffer.alloc(32_000)]);
		const {id} = await client.submitJob({data, name: 'a.wav'}, {config: CONFIG, text});
		expect(await client.getAlignment(id)).toEndWith('begin.<time=1.00>');
	});

	test('is no transcription, and a transcription is none', async () => {
		await using emulator = await start();
		const client = clientOf(emulator);
		const aligning = await client.submitJob(recording, {config: CONFIG, text, wait: 30});
		expect(aligning).toMatchObject({outcome: 'done', transcript: undefined});
		const transcribing = await client.submitJob(recording);
		const refusal = async (path: string) => (await get(emulator, path)).json();
		expect(await refusal(`/jobs/${aligning.id}/transcript`)).toEqual({
			...{code: 404, error: 'Job is not of type transcription'},
		});
		for (const part of ['alignment', 'text']) {
			expect(await refusal(`/jobs/${transcribing.id}/${part}`)).toEqual({
				...{code: 404, error: 'Job is not of type alignment'},
			});
		}
		expect((await get(emulator, `/jobs/${aligning.id}/alignment?tags=other`)).status).toBe(422);
	});

	test('tells of itself with its text and its times', async () => {
		const told = Promise.withResolvers<FormData>();
		await using listener = Bun.serve({
			port: 0,
			hostname: '127.0.0.1',
			fetch: async (request) => {
				told.resolve((await request.formData()) as FormData);
				return new Response();
			},
		});
		await using emulator = await start();
		const client = clientOf(emulator);
		const contents = ['text', 'alignment', 'alignment.one_per_line'] as const;
		const notification_config = [{url: listener.url.href, contents: [...contents]}];
		const {id} = await client.submitJob(recording, {config: {...CONFIG, notification_config}, text});
		const form = await told.promise;
		const parts = await Promise.all(contents.map((name) => (form.get(name) as File).text()));
		expect(parts).toEqual([
			TEXT,
			await client.getAlignment(id),
			await client.getAlignment(id, {tags: 'one_per_line'}),
		]);
	});

	test('is refused without its text', async () => {
		await using emulator = await start();
		const refused = clientOf(emulator).submitJob(recording, {config: CONFIG});
		await expect(refused).rejects.toMatchObject({
			status: 400,
			message: expect.stringContaining('Missing text_file'),
		});
		expect(emulator.statistics().batch.jobs).toBe(0);
	});
});

describe('addresses of what belongs to a job', () => {
	test('need no key, for as long as was asked, and open nothing else', async () => {
		const clock = new ManualClock();
		await using emulator = await start({clock, apiKey: 'key'});
		const {id} = await clientOf(emulator).submitJob(recording, {wait: 30});
		const asked = await get(emulator, `/jobs/${id}/object-urls?ttl=60&url_for=data,audio_mp3,transcript`);
		const urls = (await asked.json()) as Record<string, string>;
		expect(Object.keys(urls)).toEqual(['data', 'transcript']);
		expect(Buffer.from(await (await fetch(urls.data!)).arrayBuffer())).toEqual(recording.data);
		expect(await (await fetch(urls.transcript!)).json()).toMatchObject({job: {id}});

		expect((await fetch(urls.data!.replace('/data?', '/log?'))).status).toBe(401);
		expect((await fetch(urls.data!, {method: 'DELETE'})).status).toBe(401);
		await clock.advance(60_000);
		expect((await fetch(urls.data!)).status).toBe(401);
	});

	test('are not made without being told of what and for how long', async () => {
		await using emulator = await start();
		const {id} = await clientOf(emulator).submitJob(recording);
		for (const query of ['ttl=60', 'url_for=data', 'ttl=0&url_for=data', 'ttl=60&url_for=other'])
			expect((await get(emulator, `/jobs/${id}/object-urls?${query}`)).status).toBe(422);
	});
});
