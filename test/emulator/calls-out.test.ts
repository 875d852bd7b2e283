/** The calls that the emulator makes itself: to fetch a recording, and to tell that a job is done. */
import {describe, expect, test} from 'bun:test';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {ManualClock} from '../helpers/manual-clock.ts';
import {CONFIG, call, jsonOf, start, submit} from './calls.ts';
import {SAMPLE_PATH} from './sample-sound.ts';

/** A server of this machine for the emulator to call. */
async function listener(answer: (request: IncomingMessage, body: string) => number | Uint8Array) {
	const calls: Array<{method: string; url: string; headers: IncomingMessage['headers']; body: string}> = [];
	const server = createServer(async (request, response) => {
		const body = await text(request);
		calls.push({method: request.method ?? '', url: request.url ?? '', headers: request.headers, body});
		const said = answer(request, body);
		response.writeHead(typeof said === 'number' ? said : 200).end(typeof said === 'number' ? '' : said);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		calls,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Lets a fake hour pass in steps until something has become so. */
async function until(clock: ManualClock, condition: () => Promise<boolean> | boolean): Promise<void> {
	while (!(await condition())) {
		await clock.advance(1000);
		await new Promise((resolve) => setImmediate(resolve));
	}
}

describe('a job to be fetched', () => {
	const fetching = (url: string) => ({...CONFIG, fetch_data: {url, auth_headers: ['X-Secret: 1']}});

	test('is fetched from this machine, with its headers', async () => {
		const recording = await Bun.file(SAMPLE_PATH).bytes();
		await using other = await listener(() => recording);
		await using emulator = await start();
		const done = await jsonOf(
			submit(emulator, fetching(`${other.url}/a.wav`), false, '/jobs?wait=30&format=txt'),
		);
		expect(done).toMatchObject({status: 'done', txt: expect.stringContaining('Good morning')});
		expect(other.calls[0]?.headers).toMatchObject({'x-secret': '1', 'user-agent': 'Speechmatics-API/2.0'});
	});

	test('is tried four times, and then rejected with every reason', async () => {
		await using other = await listener(() => 404);
		const clock = new ManualClock();
		await using emulator = await start({clock});
		const {id} = await jsonOf(submit(emulator, fetching(other.url), false));
		const job = async () => (await jsonOf(call(emulator, `/jobs/${id}?wait=0`))).job;
		await until(clock, async () => (await job()).status === 'rejected');
		expect((await job()).errors.map(({message}: {message: string}) => message)).toEqual(
			Array(4).fill('unable to fetch audio: http status code 404'),
		);
		expect([other.calls.length, clock.sleeps]).toEqual([4, [2000, 10_000, 20_000]]);
	});
});

describe('notifications', () => {
	const notifying = (...notification_config: object[]) => ({...CONFIG, notification_config});
	/** A call may come after the answer to the submission. */
	const settled = async (other: {calls: unknown[]}, count: number) => {
		while (other.calls.length < count) await new Promise((resolve) => setImmediate(resolve));
	};

	test('carry what was asked for, in its form', async () => {
		await using other = await listener(() => 200);
		await using emulator = await start();
		const {id} = await jsonOf(
			submit(
				emulator,
				notifying(
					{
						url: `${other.url}/text?own=1`,
						contents: ['transcript.txt'],
						method: 'put',
						auth_headers: ['X-A: b'],
					},
					{url: `${other.url}/two`, contents: ['jobinfo', 'transcript.srt']},
					{url: `${other.url}/none`, contents: []},
				),
			),
		);
		await settled(other, 3);
		const called = (path: string) => other.calls.find(({url}) => url.startsWith(path))!;
		expect(called('/text')).toMatchObject({
			method: 'PUT',
			url: `/text?own=1&id=${id}&status=success`,
			headers: {'x-a': 'b', 'content-type': 'text/plain', 'user-agent': 'Speechmatics-API/2.0'},
			body: expect.stringContaining('Good morning'),
		});
		expect(called('/two').headers['content-type']).toStartWith('multipart/form-data');
		expect(called('/two').body).toMatch(/name="jobinfo"[\s\S]*name="transcript.srt"/);
		expect(called('/none').body).toBe('');
	});

	test('are tried four times, and the job stays done with every reason', async () => {
		await using other = await listener(() => 500);
		const clock = new ManualClock();
		await using emulator = await start({clock});
		const {id} = await jsonOf(submit(emulator, notifying({url: other.url, contents: ['jobinfo']})));
		const job = async () => (await jsonOf(call(emulator, `/jobs/${id}?wait=0`))).job;
		await until(clock, async () => (await job()).errors?.length === 5);
		const {status, errors} = await job();
		expect([status, errors[0].message, errors[3].message, errors[4].message]).toEqual([
			'done',
			'Error in sending notification: unable to send notification: Response status: 500, retrying',
			'unable to send notification: unable to send notification: Response status: 500',
			'Sending notification failed',
		]);
		expect([other.calls.length, clock.sleeps]).toEqual([4, [15_000, 20_000, 30_000]]);
	});
});
