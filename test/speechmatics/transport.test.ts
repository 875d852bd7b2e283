import {afterEach, describe, expect, test} from 'bun:test';
import http from 'node:http';
import net, {type AddressInfo} from 'node:net';
import packageJson from '../../package.json' with {type: 'json'};
import {BatchClient, type BatchClientOptions} from '../../src/speechmatics/batch-client.ts';
import {ConfigurationError, ConnectionError, TimeoutError} from '../../src/speechmatics/errors.ts';
import {sendOverNetwork} from '../../src/speechmatics/http.ts';
import {LIBRARY_VERSION} from '../../src/speechmatics/identity.ts';
import type {LogEntry} from '../../src/speechmatics/log.ts';
import {agentFor} from '../../src/speechmatics/proxy.ts';
import {FakeClock} from '../helpers/clock.ts';
import {answer, listening, scriptedServer} from '../helpers/scripted-server.ts';

const job = answer(200, {job: {id: 'x', status: 'done'}}, {'request-id': 'server-id'});
const clientOf = (url: string, more: BatchClientOptions = {}) =>
	new BatchClient({url, apiKey: 'secret-key', clock: new FakeClock(), random: () => 0.5, ...more});

const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error) => error,
	);

describe('a request', () => {
	test('carries an id of its own, our name and that of the program', async () => {
		await using server = await scriptedServer(job);
		const client = clientOf(server.url, {app: 'my app'});
		expect((await client.getJob('x')).requestId).toBe('server-id');
		await client.getJob('x');
		const ids = server.requests.map(({headers}) => headers['x-request-id']);
		expect(new Set(ids).size).toBe(2);
		expect(server.requests[0]!.headers['user-agent']).toBe(`speechdeck/${packageJson.version}`);
		expect(server.requests[0]!.url).toBe('/v2/jobs/x?wait=0&sm-app=my+app');
	});

	test('names the version that package.json has', () => {
		expect(LIBRARY_VERSION).toBe(packageJson.version);
	});

	test('is logged with ids and times, never with the key or the query', async () => {
		await using server = await scriptedServer(answer(503), job);
		const entries: LogEntry[] = [];
		await clientOf(server.url, {log: (entry) => entries.push(entry)}).getJob('x');
		expect(entries).toMatchObject([
			{level: 'warn', event: 'request', method: 'GET', path: '/v2/jobs/x', status: 503, jobId: 'x'},
			{level: 'info', event: 'retry', attempt: 1, milliseconds: 1000, error: 'ResponseError'},
			{level: 'debug', event: 'request', status: 200, requestId: 'server-id'},
		]);
		expect(JSON.stringify(entries)).not.toMatch(/secret-key|wait/);
	});

	test('for what a service can do goes without the key, beside the API', async () => {
		const features = {batch: {transcription: [{languages: ['en']}], languageId: ['en', 'es']}};
		await using server = await scriptedServer(answer(200, features));
		expect((await clientOf(server.url).getFeatures()).batch?.languageid).toEqual(['en', 'es']);
		expect(server.requests[0]!.url).toBe('/v1/discovery/features');
		expect(server.requests[0]!.headers.authorization).toBeUndefined();
	});

	test('reads log, recording, alignment and usage', async () => {
		const row = {
			mode: 'batch',
			type: 'transcription',
			count: 1,
			duration_hrs: 0.5,
			operating_point: 'enhanced',
		};
		await using server = await scriptedServer(
			answer(200, 'line'),
			(_request, response) => response.end(Buffer.from([0xff, 0, 0xfe])),
			answer(200, '<time=0.1>Hello'),
			answer(200, {since: 'a', until: 'b', summary: [row], details: []}),
		);
		const client = clientOf(server.url);
		expect(await client.getLog('x')).toBe('line');
		expect([...(await client.getData('x')).bytes]).toEqual([0xff, 0, 0xfe]);
		expect(await client.getAlignment('x', {tags: 'one_per_line'})).toBe('<time=0.1>Hello');
		expect((await client.getUsage({since: '2026-01-01'})).summary[0]!.model).toBe('enhanced');
		expect(server.requests.map(({url}) => url)).toEqual([
			'/v2/jobs/x/log',
			'/v2/jobs/x/data',
			'/v2/jobs/x/alignment?tags=one_per_line',
			'/v2/usage?since=2026-01-01',
		]);
		expect(await failureOf(client.getUsage({until: 'today'}))).toBeInstanceOf(ConfigurationError);
	});
});

describe('a redirection', () => {
	test('is followed on the same origin', async () => {
		await using server = await scriptedServer(answer(301, '', {location: '/v2/jobs/x/?wait=0'}), job);
		expect((await clientOf(server.url).getJob('x')).status).toBe('done');
		expect(server.requests[1]!.headers.authorization).toBe('Bearer secret-key');
	});

	test('to another origin is not, so that the key stays', async () => {
		await using other = await scriptedServer(job);
		await using server = await scriptedServer(answer(302, '', {location: other.url}));
		expect(await failureOf(clientOf(server.url).getJob('x'))).toMatchObject({status: 302});
		expect(other.requests).toHaveLength(0);
	});

	test('without end is given up', async () => {
		await using server = await scriptedServer(answer(302, '', {location: '/v2/jobs'}));
		expect(await failureOf(clientOf(server.url).getJob('x'))).toMatchObject({status: 302});
	});

	test('keeps an upload an upload', async () => {
		await using server = await scriptedServer(
			answer(308, '', {location: '/v2/jobs/'}),
			answer(201, {id: 'x'}),
		);
		await clientOf(server.url).submitJob({data: new Uint8Array(3), name: 'a'});
		expect(server.requests.map(({method, url}) => `${method} ${url}`)).toEqual([
			'POST /v2/jobs',
			'POST /v2/jobs/',
		]);
	});
});

describe('time limits', () => {
	test('a request that trickles for ever ends at its total', async () => {
		const server = http.createServer((_request, response) => {
			const timer = setInterval(() => response.write('x'), 5);
			response.on('close', () => clearInterval(timer));
		});
		await using listener = await listening(server);
		const url = new URL(`${listener.url}/jobs`);
		const error = await failureOf(
			sendOverNetwork({method: 'GET', url, headers: {}, noProgressTimeout: 10_000, totalTimeout: 60}),
		);
		expect(error).toBeInstanceOf(TimeoutError);
	});

	test('a connection that is never made ends at its own', async () => {
		process.env.HTTPS_PROXY = '';
		const silent = net.createServer(() => {});
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		const {port} = silent.address() as AddressInfo;
		// Accepts, but never answers the TLS handshake.
		const url = new URL(`https://127.0.0.1:${port}/v2`);
		const error = await failureOf(
			sendOverNetwork({method: 'GET', url, headers: {}, noProgressTimeout: 10_000, connectTimeout: 60}),
		);
		expect(error).toBeInstanceOf(TimeoutError);
		expect(error.message).toContain('could not be connected to');
		silent.close();
	});

	test('closing the client ends pauses too', async () => {
		const clock = {
			now: () => 0,
			sleep: (_: number, signal?: AbortSignal) =>
				new Promise<void>((_resolve, reject) =>
					signal!.addEventListener('abort', () => reject(signal!.reason)),
				),
		};
		await using server = await scriptedServer(answer(503));
		const client = clientOf(server.url, {
			clock,
			log: ({event}) => event === 'retry' && queueMicrotask(() => client.close()),
		});
		expect(await failureOf(client.getJob('x'))).toBeInstanceOf(ConfigurationError);
	});
});

describe('a proxy', () => {
	const NAMES = [
		'HTTP_PROXY',
		'HTTPS_PROXY',
		'NO_PROXY',
		'http_proxy',
		'https_proxy',
		'no_proxy',
		'ALL_PROXY',
		'all_proxy',
	];
	const saved = NAMES.map((name) => [name, process.env[name]] as const);
	const setTo = (values: Record<string, string>) => {
		for (const name of NAMES) delete process.env[name];
		Object.assign(process.env, values);
	};
	afterEach(() =>
		setTo(Object.fromEntries(saved.filter((one): one is [string, string] => one[1] !== undefined))),
	);

	/** Leads every host to one port of this machine. */
	async function proxyTo(port: number) {
		const tunnels: string[] = [];
		const server = http.createServer();
		const sockets = new Set<net.Socket>();
		server.on('connect', (request, client: net.Socket) => {
			tunnels.push(request.url ?? '');
			const onward = net.connect(port, '127.0.0.1', () => {
				client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
				onward.pipe(client).pipe(onward);
			});
			for (const socket of [client, onward]) sockets.add(socket.on('error', () => {}));
		});
		const listener = await listening(server);
		return {
			tunnels,
			url: new URL(listener.url).origin,
			async [Symbol.asyncDispose]() {
				for (const socket of sockets) socket.destroy();
				await listener[Symbol.asyncDispose]();
			},
		};
	}

	test('stands between where the environment says so, and never sees the key', async () => {
		await using server = await scriptedServer(job);
		await using proxy = await proxyTo(Number(new URL(server.url).port));
		setTo({HTTP_PROXY: proxy.url});
		expect((await clientOf('http://service.invalid/v2').getJob('x')).status).toBe('done');
		expect(proxy.tunnels).toEqual(['service.invalid:80']);
	});

	test('carries an upload', async () => {
		await using server = await scriptedServer(answer(201, {id: 'x'}));
		await using proxy = await proxyTo(Number(new URL(server.url).port));
		setTo({HTTP_PROXY: proxy.url});
		const data = new Uint8Array(1024 * 1024);
		expect((await clientOf('http://service.invalid/v2').submitJob({data, name: 'a'})).id).toBe('x');
		expect(server.requests[0]!.body.length).toBeGreaterThan(data.length);
	});

	test('is left out for this machine, for what NO_PROXY names and where none is set', () => {
		setTo({HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.inside.example'});
		expect(agentFor(new URL('https://127.0.0.1/v2'))).toBeUndefined();
		expect(agentFor(new URL('wss://rt.inside.example/v2'))).toBeUndefined();
		expect(agentFor(new URL('http://outside.example/v2'))).toBeUndefined();
		expect(agentFor(new URL('wss://outside.example/v2'))).toBeDefined();
	});

	test('with an address that is none is told without repeating it', () => {
		setTo({HTTPS_PROXY: 'socks5://user:password@proxy'});
		const take = () => agentFor(new URL('https://outside.example'));
		expect(take).toThrow('HTTPS_PROXY is not the address of a proxy');
		expect(take).not.toThrow('password');
	});

	test('that nobody answers at is a connection error', async () => {
		setTo({HTTPS_PROXY: 'http://127.0.0.1:9'});
		expect(await failureOf(clientOf('https://service.invalid/v2', {retries: 0}).getJob('x'))).toBeInstanceOf(
			ConnectionError,
		);
	});
});
