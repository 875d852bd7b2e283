import {describe, expect, test} from 'bun:test';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {AuthenticationError, ConfigurationError, ResponseError} from '../../src/speechmatics/errors.ts';
import type {LogEntry} from '../../src/speechmatics/log.ts';
import {type TemporaryKeyOptions, temporaryKeys} from '../../src/speechmatics/temporary-keys.ts';
import {FakeClock} from '../helpers/clock.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

const created = (key: string) => answer(201, {apikey_id: null, key_value: key});
const keysOf = (url: string, more: Partial<TemporaryKeyOptions> = {}) =>
	temporaryKeys({
		apiKey: 'long-lived',
		type: 'batch',
		managementUrl: url.replace('/v2', ''),
		clock: new FakeClock(),
		random: () => 0.5,
		...more,
	});

describe('a temporary key', () => {
	test('is asked for with the long-lived key in the header', async () => {
		await using server = await scriptedServer(created('short'));
		expect(await keysOf(server.url, {ttl: 300, clientRef: 'me'}).authorization()).toBe('Bearer short');
		const [request] = server.requests;
		expect(request!.url).toBe('/v1/api_keys?type=batch');
		expect(request!.headers.authorization).toBe('Bearer long-lived');
		expect(JSON.parse(request!.body.toString())).toEqual({ttl: 300, client_ref: 'me'});
	});

	test('is asked for once, however many wait for it', async () => {
		await using server = await scriptedServer(created('short'));
		const keys = keysOf(server.url);
		await Promise.all(Array.from({length: 20}, () => keys.authorization()));
		expect(server.requests).toHaveLength(1);
	});

	test('is used until ten seconds before its end', async () => {
		await using server = await scriptedServer(created('one'), created('two'));
		const clock = new FakeClock();
		const keys = keysOf(server.url, {clock, ttl: 60});
		await keys.authorization();
		clock.advance(49_999);
		expect(await keys.authorization()).toBe('Bearer one');
		clock.advance(1);
		expect(await keys.authorization()).toBe('Bearer two');
	});

	test('that was refused is replaced once, however many were refused it', async () => {
		await using server = await scriptedServer(created('one'), created('two'), created('three'));
		const keys = keysOf(server.url);
		const refused = await keys.authorization();
		await Promise.all(Array.from({length: 5}, () => keys.refresh!(refused)));
		expect(await keys.authorization()).toBe('Bearer two');
	});

	test.each([59, 86_401, 60.5, Number.NaN])('of %p seconds is told before anything is sent', (ttl) => {
		expect(() => keysOf('http://127.0.0.1:9', {ttl})).toThrow(ConfigurationError);
	});

	test('that is not given is told why, and is asked for again', async () => {
		await using server = await scriptedServer(
			answer(403, {code: 403, error: 'Forbidden'}),
			answer(422, {code: 601, message: 'ttl in body should be greater than or equal to 60'}),
			created('short'),
		);
		const keys = keysOf(server.url);
		expect(await keys.authorization().catch((error) => error)).toBeInstanceOf(AuthenticationError);
		const second = await keys.authorization().catch((error) => error);
		expect(second).toBeInstanceOf(ResponseError);
		expect(second.message).toContain('ttl in body');
		expect(second.message).not.toContain('long-lived');
		expect(await keys.authorization()).toBe('Bearer short');
	});
});

describe('a client with temporary keys', () => {
	test('tries once more with another key when one is refused', async () => {
		await using management = await scriptedServer(created('one'), created('two'));
		await using server = await scriptedServer(answer(401, '<html>'), answer(201, {id: 'x'}));
		const entries: LogEntry[] = [];
		const credentials = keysOf(management.url);
		const client = new BatchClient({url: server.url, credentials, log: (entry) => entries.push(entry)});
		expect((await client.submitJob({data: new Uint8Array(3), name: 'a'})).id).toBe('x');
		expect(server.requests.map(({headers}) => headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
		expect(server.requests[1]!.body.length).toBe(server.requests[0]!.body.length);
		expect(entries.map(({event}) => event)).toEqual(['request', 'key-refused', 'request', 'job-submitted']);
		expect(JSON.stringify(entries)).not.toMatch(/Bearer|long-lived/);
	});

	test('gives up when the second key is refused too', async () => {
		await using management = await scriptedServer(created('one'), created('two'));
		await using server = await scriptedServer(answer(401));
		const client = new BatchClient({url: server.url, credentials: keysOf(management.url)});
		expect(await client.getJob('x').catch((error) => error)).toBeInstanceOf(AuthenticationError);
		expect(server.requests).toHaveLength(2);
	});

	test('does not send a stream twice', async () => {
		await using management = await scriptedServer(created('one'), created('two'));
		await using server = await scriptedServer(answer(401));
		const client = new BatchClient({url: server.url, credentials: keysOf(management.url)});
		const stream = new Blob(['abc']).stream() as unknown as ReadableStream<Uint8Array>;
		await client.submitJob({stream, name: 'a', size: 3}).catch((error) => {
			expect(error).toBeInstanceOf(AuthenticationError);
		});
		expect(server.requests).toHaveLength(1);
	});
});
