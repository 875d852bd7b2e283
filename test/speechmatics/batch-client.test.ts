import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	JobGoneError,
	JobRejectedError,
	ResponseError,
	TimeoutError,
	UnexpectedResponseError,
} from '../../src/speechmatics/errors.ts';
import {sendOverNetwork} from '../../src/speechmatics/http.ts';
import {FakeClock} from '../helpers/clock.ts';
import {answer, listening, scriptedServer} from '../helpers/scripted-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(folder, {recursive: true}));
const recording = {data: new Uint8Array([1, 2, 3]), name: 'talk.wav'};
const HTML_401 = '<html><head><title>401 Authorization Required</title></head><body>nginx</body></html>';

function clientOf(url: string, clock = new FakeClock()) {
	return new BatchClient({url, apiKey: 'secret-key', clock, random: () => 0.5});
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => undefined,
		(error) => error,
	);
}

describe('submitting', () => {
	test('sends config and recording as multipart, with the key in the header only', async () => {
		await using server = await scriptedServer(answer(201, {id: 'job1'}, {'request-id': 'r1'}));
		const progress: number[] = [];
		const job = await clientOf(server.url).submitJob(recording, {
			onUploadProgress: (sent) => progress.push(sent),
		});
		expect(job).toMatchObject({id: 'job1', requestId: 'r1', url: server.url});
		const [request] = server.requests;
		expect(request!.method).toBe('POST');
		expect(request!.url).toBe('/v2/jobs');
		expect(request!.headers.authorization).toBe('Bearer secret-key');
		const body = request!.body.toString('latin1');
		expect(body).toContain(
			'name="config"\r\n\r\n{"type":"transcription","transcription_config":{"language":"en","model":"enhanced"}}',
		);
		expect(body).toContain('name="data_file"; filename="talk.wav"');
		expect(body).toContain('\r\n\r\n\u0001\u0002\u0003\r\n--');
		expect(progress.at(-1)).toBe(3);
		expect(body).not.toContain('secret-key');
	});

	test('a file name cannot break out of its header', async () => {
		await using server = await scriptedServer(answer(201, {id: 'job1'}));
		await clientOf(server.url).submitJob({...recording, name: 'a"\r\nX-Evil: 1.wav'});
		expect(server.requests[0]!.body.toString()).toContain('filename="a%22%0D%0AX-Evil: 1.wav"');
	});

	test('is never tried twice, because the job may exist', async () => {
		await using server = await scriptedServer(answer(500, {code: 500, error: 'Internal Server Error'}));
		const error = await failureOf(clientOf(server.url).submitJob(recording));
		expect(error).toBeInstanceOf(ResponseError);
		expect((error as ResponseError).status).toBe(500);
		expect(server.requests).toHaveLength(1);
	});

	test('a wrong config is told before anything is sent', async () => {
		await using server = await scriptedServer(answer(201, {id: 'job1'}));
		const config = {type: 'transcription', transcription_config: {language: ''}} as const;
		expect(await failureOf(clientOf(server.url).submitJob(recording, {config}))).toBeInstanceOf(
			ConfigurationError,
		);
		expect(server.requests).toHaveLength(0);
	});

	test('missing and empty recordings are told before anything is sent', async () => {
		const empty = join(folder, 'empty.wav');
		writeFileSync(empty, '');
		const client = clientOf('http://127.0.0.1:9');
		expect(await failureOf(client.submitJob(join(folder, 'none.wav')))).toMatchObject({
			name: 'ConfigurationError',
			message: expect.stringContaining('there is no such file'),
		});
		expect(await failureOf(client.submitJob(empty))).toMatchObject({
			message: expect.stringContaining('is empty'),
		});
	});

	test('an answer that comes before the upload is over ends it', async () => {
		const server = http.createServer((_request, response) => {
			response.writeHead(401, {'content-type': 'text/html', connection: 'close'});
			response.end(HTML_401);
		});
		await using listener = await listening(server);
		const large = {data: new Uint8Array(64 * 1024 * 1024), name: 'large.wav'};
		expect(await failureOf(clientOf(listener.url).submitJob(large))).toBeInstanceOf(AuthenticationError);
	});
});

describe('errors', () => {
	test('401 with an HTML body is an authentication error', async () => {
		await using server = await scriptedServer(answer(401, HTML_401, {'request-id': 'abc'}));
		const error = await failureOf(clientOf(server.url).getJob('x'));
		expect(error).toBeInstanceOf(AuthenticationError);
		expect(error).toMatchObject({status: 401, requestId: 'abc'});
		expect((error as Error).message).not.toContain('secret-key');
	});

	test('a text outside the documented list is kept', async () => {
		await using server = await scriptedServer(
			answer(422, {code: 422, message: 'ttl in body should be greater'}),
		);
		expect(await failureOf(clientOf(server.url).getJob('x'))).toMatchObject({
			status: 422,
			message: expect.stringContaining('ttl in body'),
		});
	});

	test('nothing that answers is a connection error in words', async () => {
		const clock = new FakeClock();
		const error = await failureOf(clientOf('http://127.0.0.1:9/v2', clock).getJob('x'));
		expect(error).toBeInstanceOf(ConnectionError);
		expect((error as Error).message).toBe('Could not reach 127.0.0.1:9: nothing answers at that address');
	});

	test('an answer that is no JSON is told as such', async () => {
		await using server = await scriptedServer(answer(200, 'surprise'));
		expect(await failureOf(clientOf(server.url).getJob('x'))).toBeInstanceOf(UnexpectedResponseError);
	});

	test('a server that takes the request and stays silent times out', async () => {
		const server = http.createServer(() => {});
		await using listener = await listening(server);
		const request = {
			method: 'GET',
			url: new URL(`${listener.url}/jobs`),
			headers: {},
			noProgressTimeout: 50,
		} as const;
		expect(await failureOf(sendOverNetwork(request))).toBeInstanceOf(TimeoutError);
	});

	test('an abort ends a request under way', async () => {
		const server = http.createServer(() => controller.abort(new Error('enough')));
		await using listener = await listening(server);
		const controller = new AbortController();
		expect(await failureOf(clientOf(listener.url).getJob('x', {signal: controller.signal}))).toMatchObject({
			message: 'enough',
		});
	});
});

describe('reading', () => {
	test('is repeated while the failure looks passing, as late as the server asks', async () => {
		const clock = new FakeClock();
		await using server = await scriptedServer(
			answer(503),
			answer(429, '', {'retry-after': '7'}),
			answer(200, {job: {id: 'x', status: 'running'}}),
		);
		expect((await clientOf(server.url, clock).getJob('x')).status).toBe('running');
		expect(clock.sleeps).toEqual([1000, 7000]);
	});

	test('is given up after six tries', async () => {
		await using server = await scriptedServer(answer(500));
		expect(await failureOf(clientOf(server.url).getJob('x'))).toMatchObject({status: 500});
		expect(server.requests).toHaveLength(6);
	});

	test('a job with nulls, unknown keys and upper-case status is understood', async () => {
		await using server = await scriptedServer(
			answer(200, {job: {id: 'x', status: 'DONE', errors: null, config: null, novelty: [1]}}),
		);
		expect(await clientOf(server.url).getJob('x')).toMatchObject({status: 'done', novelty: [1]});
	});

	test('one odd row does not break a list', async () => {
		await using server = await scriptedServer(
			answer(200, {jobs: [{id: 'a', status: 'done'}, {odd: true}, {id: 'b', status: 'x'}]}),
		);
		expect((await clientOf(server.url).listJobs()).map(({id}) => id)).toEqual(['a', 'b']);
		expect(server.requests[0]!.url).toBe('/v2/jobs?limit=100');
	});
});

describe('waiting', () => {
	const job = (status: string, more = {}) => answer(200, {job: {id: 'x', status, ...more}});

	test('asks again after growing pauses where the server does not hold the request', async () => {
		const clock = new FakeClock();
		await using server = await scriptedServer(job('running'), job('running'), job('running'), job('done'));
		expect((await clientOf(server.url, clock).waitForCompletion('x')).status).toBe('done');
		expect(clock.sleeps).toEqual([500, 800, 1280]);
		expect(server.requests[0]!.url).toBe('/v2/jobs/x?wait=30');
	});

	test('tells why a job was rejected', async () => {
		await using server = await scriptedServer(
			job('rejected', {errors: [{message: 'no audio'}, {message: 'at all'}]}),
		);
		const error = await failureOf(clientOf(server.url).waitForCompletion('x'));
		expect(error).toBeInstanceOf(JobRejectedError);
		expect((error as JobRejectedError).reasons).toEqual(['no audio', 'at all']);
	});

	test('ends when the job is gone', async () => {
		await using server = await scriptedServer(job('expired'));
		expect(await failureOf(clientOf(server.url).waitForCompletion('x'))).toBeInstanceOf(JobGoneError);
	});

	test('ends at its time limit', async () => {
		await using server = await scriptedServer(job('running'));
		expect(await failureOf(clientOf(server.url).waitForCompletion('x', {timeout: 5000}))).toBeInstanceOf(
			TimeoutError,
		);
	});
});

test('without a key there is a clear error', () => {
	const saved = process.env.SPEECHMATICS_API_KEY;
	delete process.env.SPEECHMATICS_API_KEY;
	try {
		expect(() => new BatchClient()).toThrow(AuthenticationError);
		expect(() => new BatchClient({apiKey: 'two\nlines'})).toThrow(AuthenticationError);
		expect(() => new BatchClient({apiKey: 'k', url: 'eu1.example'})).toThrow(ConfigurationError);
	} finally {
		if (saved !== undefined) process.env.SPEECHMATICS_API_KEY = saved;
	}
});
