import {describe, expect, test} from 'bun:test';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {
	JobExpiredError,
	JobGoneError,
	JobRejectedError,
	JobRunningError,
	RateLimitedError,
	ResponseError,
	TranscriptNotReadyError,
} from '../../src/speechmatics/errors.ts';
import {FakeClock} from '../helpers/clock.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

const notFound = answer(404, {code: 404, error: 'Job not found'});
const job = (status: string, more = {}) => answer(200, {job: {id: 'x', status, ...more}});
const clientOf = (url: string, clock = new FakeClock()) =>
	new BatchClient({url, apiKey: 'k', clock, random: () => 0});

const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error) => error,
	);

describe('a transcript that is not there', () => {
	test('is not ready while the job runs', async () => {
		await using server = await scriptedServer(notFound, job('RUNNING'));
		const error = await failureOf(clientOf(server.url).getTranscript('x'));
		expect(error).toBeInstanceOf(TranscriptNotReadyError);
		expect(error).toMatchObject({status: 404, jobId: 'x'});
	});

	test('will never be there when the job was rejected', async () => {
		await using server = await scriptedServer(
			notFound,
			job('rejected', {errors: [{message: 'a'}, {message: 'b'}]}),
		);
		const error = await failureOf(clientOf(server.url).getTranscript('x'));
		expect(error).toBeInstanceOf(JobRejectedError);
		expect(error.reasons).toEqual(['a', 'b']);
	});

	test('has come in the meantime when the job is done', async () => {
		await using server = await scriptedServer(notFound, job('done'), answer(200, 'Hello'));
		expect(await clientOf(server.url).getTranscript('x', {format: 'txt'})).toBe('Hello');
	});

	test('belongs to no job when there is none', async () => {
		await using server = await scriptedServer(notFound);
		const error = await failureOf(clientOf(server.url).getTranscript('x'));
		expect(error).toBeInstanceOf(ResponseError);
		expect(error).not.toBeInstanceOf(TranscriptNotReadyError);
	});

	test.each([
		['410', answer(410, {code: 410, error: 'File Expired'}), undefined],
		['404 with a status', answer(404, {code: 404, status: 'expired'}), undefined],
		['404 and an expired job', notFound, job('expired')],
	])('has expired: %s', async (_name, first, second) => {
		await using server = await scriptedServer(first, second ?? first);
		const error = await failureOf(clientOf(server.url).getTranscript('x'));
		expect(error).toBeInstanceOf(JobExpiredError);
		expect(error).toBeInstanceOf(JobGoneError);
	});
});

test('a running job is deleted by force only', async () => {
	await using server = await scriptedServer(
		answer(423, {code: 423, error: 'Resource Locked'}),
		job('deleted'),
	);
	const client = clientOf(server.url);
	expect(await failureOf(client.deleteJob('x'))).toBeInstanceOf(JobRunningError);
	expect((await client.deleteJob('x', {force: true})).status).toBe('deleted');
	expect(server.requests.map(({url}) => url)).toEqual(['/v2/jobs/x', '/v2/jobs/x?force=true']);
});

test('too many requests are told as such, and the next one comes a second later at least', async () => {
	const clock = new FakeClock();
	await using server = await scriptedServer(
		answer(429, '<html>'),
		answer(429, '', {'retry-after': '0'}),
		answer(429),
	);
	const error = await failureOf(clientOf(server.url, clock).getJob('x'));
	expect(error).toBeInstanceOf(RateLimitedError);
	expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(1000);
});

test('a job is asked for where it was made', async () => {
	await using here = await scriptedServer(answer(201, {id: 'x'}));
	await using there = await scriptedServer(job('done'));
	const made = await clientOf(there.url.replace('/v2', '/v2/')).getJob('x');
	expect(made.url).toBe(there.url);
	expect((await clientOf(here.url).getJob(made)).status).toBe('done');
	expect(here.requests).toHaveLength(0);
});
