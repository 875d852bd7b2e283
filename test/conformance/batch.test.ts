/** What a batch client must do, case by case, against the emulator. The numbers are those of our list of cases. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {EmulatorOptions} from '../../src/emulator/options.ts';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {BatchClient, type BatchClientOptions} from '../../src/speechmatics/batch-client.ts';
import {
	AuthenticationError,
	ConnectionError,
	JobRejectedError,
	ResponseError,
} from '../../src/speechmatics/errors.ts';
import {JobResponse, Transcript} from '../../src/speechmatics/jobs.ts';
import {joinResults, transcriptText} from '../../src/speechmatics/transcript.ts';
import {FakeClock} from '../helpers/clock.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {mark, word} from '../helpers/results.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

const SAMPLE = resolve(import.meta.dir, '../../src/emulator/sample.wav');
const recording = {data: readFileSync(SAMPLE), name: 'sample.wav'};

/** Half a second of silence. */
const TINY = {data: Buffer.concat([recording.data.subarray(0, 44), Buffer.alloc(16_000)]), name: 'tiny.wav'};

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => 0});
});
afterAll(() => emulator.close());

const clientOf = (url: string, options: BatchClientOptions = {}) =>
	new BatchClient({apiKey: 'k', url, clock: new FakeClock(), random: () => 0.5, ...options});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => undefined,
		(error) => error,
	);

/** An emulator of its own for one case. */
async function withEmulator(
	options: EmulatorOptions,
	use: (client: BatchClient, emulator: Emulator) => Promise<void>,
) {
	await using own = await startEmulator({processingTime: () => 0, ...options});
	await use(clientOf(own.batchUrl), own);
}

describe('batch conformance', () => {
	test('1: a 401 with an HTML body is an authentication error with its request id', () =>
		withEmulator({faults: [{fault: 'status', status: 401, body: 'html'}]}, async (client) => {
			const error = await failureOf(client.getJob('x'));
			expect(error).toBeInstanceOf(AuthenticationError);
			expect((error as AuthenticationError).requestId).toMatch(/^[0-9a-f]{32}$/);
		}));

	test('2: an error text outside the enum is typed by its status and kept', () =>
		withEmulator(
			{faults: [{fault: 'status', status: 403, error: 'Forbidden', detail: 'Entitlement check failed'}]},
			async (client) => {
				const error = await failureOf(client.getJob('x'));
				expect(error).toBeInstanceOf(AuthenticationError);
				expect((error as Error).message).toContain('Entitlement check failed');
			},
		));

	test('3: a 422 that says why under `message` is told', async () => {
		await using server = await scriptedServer(
			answer(422, {code: 422, message: 'ttl in body should be greater than or equal to 60'}),
		);
		expect(await failureOf(clientOf(server.url).getJob('x'))).toMatchObject({
			status: 422,
			message: expect.stringContaining('ttl in body'),
		});
	});

	test('4: a 429 is waited out, at least a second, or as long as Retry-After says', async () => {
		const clock = new FakeClock();
		await using own = await startEmulator({
			faults: [
				{fault: 'status', status: 429, body: 'html'},
				{fault: 'status', status: 429, body: 'empty', retryAfter: 9},
			],
		});
		const client = clientOf(own.batchUrl, {clock, random: () => 1});
		expect(await client.listJobs()).toEqual([]);
		expect(clock.sleeps[0]).toBeGreaterThanOrEqual(1000);
		expect(clock.sleeps[1]).toBe(9000);
	});

	test('5: a connection that breaks after the upload is no second job, and the job is found by its reference', () =>
		withEmulator({faults: [{fault: 'reset', on: 'jobs.create', when: 'after'}]}, async (client, own) => {
			const config = {
				type: 'transcription',
				transcription_config: {language: 'en'},
				tracking: {reference: 'case-5'},
			} as const;
			expect(await failureOf(client.submitJob(recording, {config}))).toBeInstanceOf(ConnectionError);
			expect(own.statistics().batch.jobs).toBe(1);
			const [job] = await client.listJobs();
			expect(job?.config).toMatchObject({tracking: {reference: 'case-5'}});
		}));

	test('6: a transcript that is not there because its job was rejected says why, in order', async () => {
		await using server = await scriptedServer(
			answer(200, {job: {id: 'x', status: 'rejected', errors: [{message: 'first'}, {message: 'second'}]}}),
		);
		const error = await failureOf(clientOf(server.url).waitForCompletion('x'));
		expect(error).toBeInstanceOf(JobRejectedError);
		expect((error as JobRejectedError).reasons).toEqual(['first', 'second']);
	});

	test('7: a done job with errors is a success that carries them', async () => {
		await using server = await scriptedServer(
			answer(200, {
				job: {id: 'x', status: 'done', errors: [{timestamp: 't', message: 'Sending notification failed'}]},
			}),
		);
		const job = await clientOf(server.url).waitForCompletion('x');
		expect(job.errors).toEqual([{timestamp: 't', message: 'Sending notification failed'}]);
	});

	test('8: an expired job is told as such, whether the service says 410 or 404', async () => {
		for (const [status, error] of [
			[410, 'Job Expired'],
			[404, 'Job not found'],
		] as const) {
			await using server = await scriptedServer(answer(status, {code: status, error}));
			expect(await failureOf(clientOf(server.url).getJob('x'))).toMatchObject({
				status,
				message: expect.stringContaining(error),
			});
		}
	});

	test('9: a request may be held far longer than today’s 2 s', async () => {
		let limit = 0;
		const client = clientOf('http://127.0.0.1:9', {
			send: async (request) => {
				limit = request.noProgressTimeout;
				return {status: 200, headers: {}, text: '{"job": {"id": "x", "status": "done"}}'};
			},
		});
		await client.waitForCompletion('x');
		expect(limit).toBeGreaterThanOrEqual(60_000);
		await client.getJob('x');
		expect(limit).toBeGreaterThanOrEqual(30_000);
	});

	test('10: a job that is waited for is transcribed, however the service holds the requests', () =>
		withEmulator({faults: [{fault: 'no-wait', times: 100}]}, async (client) => {
			expect(transcriptText(await client.transcribe(recording))).toContain('Good morning, everyone.');
		}));

	test('10: a wait that ends without a transcript, or too early, goes on until there is one', async () => {
		await withEmulator({faults: [{fault: 'no-embed'}]}, async (client, own) => {
			const bare = await client.submitJob(recording, {wait: 60});
			expect(bare).toMatchObject({outcome: 'done', transcript: undefined});
			own.setFaults([{fault: 'no-embed'}]);
			expect(transcriptText(await client.transcribe(recording, {wait: 60}))).toContain('Good morning');
			expect(own.pendingFaults()).toEqual([]);
		});

		const clock = new ManualClock();
		await withEmulator({waitCap: 0, clock, processingTime: () => 3_600_000}, async (client) => {
			const early = await client.submitJob(recording, {wait: 60});
			expect(early).toMatchObject({outcome: 'created', transcript: undefined});
			const seen = new Set<string>();
			const onUpdate = ({status}: {status: string}) => {
				seen.add(status);
				void clock.advance(3_600_000);
			};
			const transcript = await client.transcribe(recording, {wait: 60, onUpdate});
			expect(transcriptText(transcript)).toContain('Good morning');
			expect([...seen]).toEqual(['running', 'done']);
		});
	});

	test('11: a running job is not deleted, unless forced', () =>
		withEmulator({processingTime: () => 60_000}, async (client) => {
			const {id} = await client.submitJob(recording);
			expect(await failureOf(client.deleteJob(id))).toMatchObject({status: 423});
			expect((await client.deleteJob(id, {force: true})).status).toBe('deleted');
		}));

	test(
		'12: a list of jobs that share their milliseconds is paged without loss or repetition',
		() =>
			withEmulator({ties: 30}, async (client) => {
				const ids = new Set<string>();
				for (let index = 0; index < 250; index++) ids.add((await client.submitJob(TINY)).id);
				const listed: string[] = [];
				for await (const {id} of client.listAllJobs()) listed.push(id);
				expect(listed).toHaveLength(250);
				expect(new Set(listed)).toEqual(ids);
			}),
		20_000,
	);

	test('13: job details with nulls, gaps, an unknown status and upper case are understood', () => {
		const odd = {
			id: 'x',
			status: 'DONE',
			created_at: null,
			config: null,
			errors: null,
			duration: undefined,
			lang: 'en',
		};
		expect(JobResponse.parse({job: odd}).job.status).toBe('done');
		expect(JobResponse.parse({job: {id: 'x', status: 'transcribing'}}).job.status).toBe('transcribing');
	});

	test('14: a transcript with unknown items, no `attaches_to`, no speaker and no delimiter is still text', () => {
		const transcript = Transcript.parse({
			format: '9.9',
			metadata: {language_pack_info: {per_language_word_delimiters: {ja: ''}}},
			results: [
				word('Hello', 0),
				{type: 'novelty', start_time: 1, end_time: 1},
				{...mark('.', 1), attaches_to: undefined},
				{...word('次', 2), alternatives: [{content: '次', language: 'ja'}]},
			],
		});
		expect(joinResults(transcript.results)).toBe('Hello. 次');
	});

	test('15: an add-on that failed does not fail the job', () => {
		const transcript = Transcript.parse({
			format: '2.9',
			metadata: {translation_errors: [{type: 'translation_failed', message: 'Translation failed.'}]},
			results: [word('Hello', 0)],
		});
		expect(transcriptText(transcript)).toBe('Hello');
		expect(transcript.metadata.translation_errors).toEqual([
			{type: 'translation_failed', message: 'Translation failed.'},
		]);
	});

	test('16: a recording that the service fetches is a multipart request with the config alone', async () => {
		await using server = await scriptedServer(
			answer(201, {id: 'x'}),
			answer(200, {job: {id: 'x', status: 'done', data_name: '', duration: 0}}),
		);
		const client = clientOf(server.url);
		const {id} = await client.submitJob({url: 'https://example.com/a.wav', authHeaders: ['X-Token: t']});
		const [request] = server.requests;
		expect(request!.headers['content-type']).toStartWith('multipart/form-data; boundary=');
		expect(String(request!.body)).toContain(
			'"fetch_data":{"url":"https://example.com/a.wav","auth_headers":["X-Token: t"]}',
		);
		expect(String(request!.body)).not.toContain('data_file');
		expect(await client.waitForCompletion(id)).toMatchObject({data_name: '', duration: 0});
	});

	test('17: texts come as text, whatever their content type', async () => {
		await using server = await scriptedServer(
			answer(200, '1\n00:00:00,000 --> 00:00:01,000\nÜber\n', {'content-type': 'application/octet-stream'}),
		);
		expect(await clientOf(server.url).getTranscript('x', {format: 'srt'})).toContain('Über');
	});

	test('18: a client keeps to the host it was made for', () => {
		const client = clientOf('https://eu1.asr.api.speechmatics.com/v2/');
		expect(client.url.href).toBe('https://eu1.asr.api.speechmatics.com/v2');
	});

	test('an unknown job is not found', async () => {
		const error = await failureOf(clientOf(emulator.batchUrl).getJob('nosuchjob0'));
		expect(error).toBeInstanceOf(ResponseError);
		expect((error as ResponseError).status).toBe(404);
	});
});
