import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {readdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {type Emulator, type EmulatorOptions, startEmulator} from '../../src/emulator/server.ts';
import {JobDetails, Transcript} from '../../src/speechmatics/jobs.ts';
import {isSimulated} from '../../src/speechmatics/simulated.ts';
import {joinResults, speakerOf} from '../../src/speechmatics/transcript.ts';
import {SAMPLE_PATH, SAMPLE_TEXT} from './sample-sound.ts';

const PLAIN = {type: 'transcription', transcription_config: {language: 'en'}};
const DIARIZED = {type: 'transcription', transcription_config: {language: 'en', diarization: 'speaker'}};

let emulator: Emulator;
const start = (options: EmulatorOptions = {}) => startEmulator({processingTime: () => 0, ...options});

beforeAll(async () => {
	emulator = await start();
});
afterAll(() => emulator.close());

function call(path: string, options: RequestInit = {}, {batchUrl} = emulator): Promise<Response> {
	return fetch(batchUrl + path, {headers: {Authorization: 'Bearer key'}, ...options});
}

async function submit(config: unknown, file?: Blob, path = '/jobs', on = emulator): Promise<Response> {
	const form = new FormData();
	if (file !== undefined) form.append('data_file', file, 'Ünïcode meeting.wav');
	if (config !== undefined)
		form.append('config', typeof config === 'string' ? config : JSON.stringify(config));
	return call(path, {method: 'POST', body: form}, on);
}

async function idOf(response: Promise<Response>): Promise<string> {
	return ((await (await response).json()) as {id: string}).id;
}

const sample = () => Bun.file(SAMPLE_PATH);

describe('a job', () => {
	test('is created, shown and transcribed', async () => {
		const created = await submit(PLAIN, sample());
		expect(created.status).toBe(201);
		expect(created.headers.get('Request-Id')).toMatch(/^[0-9a-f]{32}$/);
		const {id, ...rest} = (await created.json()) as {id: string};
		expect(id).toMatch(/^[a-z0-9]{10}$/);
		expect(rest).toEqual({});

		const {job} = (await (await call(`/jobs/${id}`)).json()) as {job: unknown};
		const details = JobDetails.parse(job);
		expect(details).toMatchObject({
			id,
			status: 'done',
			data_name: 'Ünïcode meeting.wav',
			duration: 15,
			config: PLAIN,
		});
		expect(details.created_at).toMatch(/\.\d{3}Z$/);

		const transcript = Transcript.parse(await (await call(`/jobs/${id}/transcript`)).json());
		expect(transcript).toMatchObject({format: '2.9', job: {id, duration: 15}});
		expect(transcript.metadata).toMatchObject({
			type: 'transcription',
			...{transcription_config: {language: 'en'}},
		});
		expect(isSimulated(transcript.metadata.orchestrator_version)).toBe(true);
		expect(joinResults(transcript.results)).toBe(SAMPLE_TEXT);
		expect(new Set(transcript.results.map(speakerOf))).toEqual(new Set(['UU']));
	});

	test('with diarization names the speakers, in all three forms', async () => {
		const id = await idOf(submit(DIARIZED, sample()));
		const transcript = Transcript.parse(await (await call(`/jobs/${id}/transcript?format=json-v2`)).json());
		expect(new Set(transcript.results.map(speakerOf))).toEqual(new Set(['S1', 'S2']));
		const text = await (await call(`/jobs/${id}/transcript?format=txt`)).text();
		expect(text).toStartWith(
			"SPEAKER: S1\nGood morning, everyone. Let's begin today's meeting.\nSPEAKER: S2\nThe new",
		);
		const srt = await (await call(`/jobs/${id}/transcript/?format=srt`)).text();
		expect(srt).toStartWith('1\n00:00:00,320 --> 00:00:01,600\nGood morning, everyone.\n\n2\n');
		for (const line of srt.split('\n')) expect(line.length).toBeLessThanOrEqual(37);
	});

	test('takes the caption sizes it is told', async () => {
		const srt_overrides = {max_line_length: 14, max_lines: 1};
		const id = await idOf(submit({...PLAIN, output_config: {srt_overrides}}, sample()));
		const srt = await (await call(`/jobs/${id}/transcript?format=srt`)).text();
		expect(srt).toContain('\nGood morning,\n\n');
		expect(srt).toContain('\neveryone.\n\n');
	});

	test('can be waited for where it is created, with its transcript', async () => {
		const done = (await (await submit(DIARIZED, sample(), '/jobs/?wait=30&format=txt')).json()) as object;
		expect(done).toMatchObject({status: 'done', txt: expect.stringContaining('Good morning')});
		const json = (await (await submit(PLAIN, sample(), '/jobs?wait=30')).json()) as Record<string, unknown>;
		expect(Transcript.parse(json['json-v2']).results.length).toBeGreaterThan(20);
	});

	test('that is to be fetched is rejected, and says why', async () => {
		const config = {...PLAIN, fetch_data: {url: 'https://example.com/a.mp3'}};
		const id = await idOf(submit(config));
		const {job} = (await (await call(`/jobs/${id}`)).json()) as {job: unknown};
		expect(JobDetails.parse(job)).toMatchObject({
			status: 'rejected',
			data_name: '',
			errors: [{message: expect.stringContaining('unable to fetch audio')}],
		});
		expect((await call(`/jobs/${id}/transcript`)).status).toBe(404);
	});

	test('runs for as long as it is told, can be polled, and is locked meanwhile', async () => {
		await using slow = await start({processingTime: () => 3_600_000});
		const id = await idOf(submit(PLAIN, sample(), '/jobs', slow));
		const status = await (await call(`/jobs/${id}?wait=0`, {}, slow)).json();
		expect(status).toMatchObject({job: {status: 'running'}});
		const early = await call(`/jobs/${id}/transcript?wait=0`, {}, slow);
		expect([early.status, await early.json()]).toEqual([404, {code: 404, error: 'Transcription not ready'}]);
		const locked = await call(`/jobs/${id}`, {method: 'DELETE'}, slow);
		expect([locked.status, await locked.json()]).toEqual([423, {code: 423, error: 'Resource Locked'}]);
		const waiting = call(`/jobs/${id}?wait=60`, {}, slow);
		const killed = await call(`/jobs/${id}?force=true`, {method: 'DELETE'}, slow);
		expect(await killed.json()).toMatchObject({job: {id, status: 'deleted'}});
		expect((await waiting).status).toBeLessThan(500);
	});
});

describe('a job that is deleted', () => {
	test('is gone, and is listed only on request', async () => {
		const id = await idOf(submit(PLAIN, sample(), '/jobs?wait=30'));
		expect((await call(`/jobs/${id}`, {method: 'DELETE'})).status).toBe(200);
		const job = await call(`/jobs/${id}`);
		expect([job.status, await job.json()]).toEqual([410, {code: 410, error: 'Job Expired'}]);
		expect(await (await call(`/jobs/${id}/transcript`)).json()).toMatchObject({
			code: 410,
			error: 'File Expired',
		});
		const listed = async (query: string) => {
			const {jobs} = (await (await call(`/jobs${query}`)).json()) as {jobs: Array<{id: string}>};
			return jobs.some((job) => job.id === id);
		};
		expect(await listed('')).toBe(false);
		expect(await listed('?include_deleted=true')).toBe(true);
	});
});

describe('what cannot be a job is refused', () => {
	test.each([
		['no config', undefined, true, {error: 'Job rejected', detail: 'Job config JSON is invalid'}],
		['a config that is no JSON', '{', true, {error: 'Job rejected', detail: 'Job config JSON is invalid'}],
		[
			'a config without a language',
			{type: 'transcription', transcription_config: {}},
			true,
			{error: 'Job rejected'},
		],
		['no recording', PLAIN, false, {error: 'Missing data_file'}],
	])('%s', async (_, config, withFile, body) => {
		const response = await submit(config, withFile ? sample() : undefined);
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({code: 400, ...body});
	});

	test.each([
		['nothing in it', new Uint8Array(0)],
		['text in it', new TextEncoder().encode('This is no recording, whatever its name says. '.repeat(20))],
		['a WAV header only', new TextEncoder().encode('RIFF\0\0\0\0WAVE')],
	])('a recording with %s', async (_, bytes) => {
		const response = await submit(PLAIN, new Blob([bytes]));
		expect(response.status).toBe(400);
		expect(await response.json()).toEqual({code: 400, error: 'Job rejected due to invalid audio'});
	});

	test('a body that is not multipart', async () => {
		const response = await call('/jobs', {method: 'POST', body: 'x'});
		expect(response.status).toBe(400);
	});

	test('unknown jobs, paths, methods, formats and bad numbers', async () => {
		const answers = async (path: string, method = 'GET') => {
			const response = await call(path, {method});
			return [response.status, ((await response.json()) as {error: string}).error];
		};
		expect(await answers('/jobs/nosuchjob1')).toEqual([404, 'Job not found']);
		expect(await answers('/jobs/nosuchjob1/transcript')).toEqual([404, 'Job not found']);
		expect(await answers('/jobs/nosuchjob1', 'DELETE')).toEqual([404, 'Job not found']);
		expect(await answers('/jobs/nosuchjob1/transcript?format=xml')).toEqual([404, 'Format Not Supported']);
		expect(await answers('/nothing')).toEqual([404, 'Not Found']);
		expect(await answers('/jobs', 'PUT')).toEqual([405, 'Method Not Allowed']);
		expect(await answers('/jobs?limit=many')).toEqual([422, 'limit in query must be of type int64']);
		expect(await answers('/jobs?limit=0')).toEqual([
			422,
			'limit in query should be greater than or equal to 1',
		]);
		expect(await answers('/jobs?created_before=then')).toEqual([
			422,
			'created_before in query must be of type date-time',
		]);
	});
});

describe('the list', () => {
	test('is paged from the newest to the oldest, each job once', async () => {
		await using own = await start();
		const ids: string[] = [];
		for (let count = 0; count < 5; count++) ids.push(await idOf(submit(PLAIN, sample(), '/jobs', own)));
		const seen: string[] = [];
		for (let before = ''; ; ) {
			const page = await (await call(`/jobs?limit=2${before}`, {}, own)).json();
			const {jobs} = page as {jobs: Array<{id: string; created_at: string}>};
			if (jobs.length === 0) break;
			seen.push(...jobs.map(({id}) => id));
			before = `&created_before=${jobs.at(-1)!.created_at}`;
		}
		expect(seen).toEqual(ids.reverse());
		expect(own.statistics().batch).toEqual({jobs: 5, bytesReceived: 5 * sample().size});
	});
});

describe('keys', () => {
	test('are required, and a wrong one is answered by a page of the gateway', async () => {
		await using own = await start({apiKey: 'right'});
		const status = async (headers: Record<string, string>) => {
			const response = await call('/jobs', {headers}, own);
			if (response.status === 401) expect(await response.text()).toContain('<center>nginx</center>');
			return response.status;
		};
		expect(await status({})).toBe(401);
		expect(await status({Authorization: 'Bearer wrong'})).toBe(401);
		expect(await status({Authorization: 'Basic right'})).toBe(401);
		expect(await status({Authorization: 'Bearer right'})).toBe(200);
		expect((await call('/jobs', {headers: {}})).status).toBe(401);
		expect((await call('/jobs', {headers: {Authorization: 'Bearer any'}})).status).toBe(200);
	});
});

test('nothing is left on disk, and the port is free again', async () => {
	const folders = async () =>
		(await readdir(tmpdir())).filter((name) => name.startsWith('speechdeck-emulator-'));
	const before = await folders();
	const own = await start({processingTime: () => 3_600_000});
	await submit(PLAIN, sample(), '/jobs', own);
	const port = own.port;
	await Promise.all([own.close(), own.close()]);
	const left = (await folders()).filter((name) => !before.includes(name));
	expect(left).toEqual([]);
	await using again = await start({port});
	expect(again.port).toBe(port);
	await expect(start({port})).rejects.toThrow();
});
