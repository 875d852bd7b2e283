/** Keys and projects over HTTP, and what a key that is gone opens no more. */
import {describe, expect, test} from 'bun:test';
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the tests expect of an answer is what they check of it.
type Json = any;

async function ask(
	emulator: Emulator,
	request: string,
	body?: object,
	key = 'key',
): Promise<{status: number; body: Json}> {
	const [method, path] = request.split(' ');
	const response = await fetch(`${new URL(emulator.batchUrl).origin}/v1/${path}`, {
		method: method!,
		headers: {Authorization: `Bearer ${key}`},
		...(body === undefined ? {} : {body: JSON.stringify(body)}),
	});
	const text = await response.text();
	return {status: response.status, body: text === '' ? undefined : JSON.parse(text)};
}

/** Whether a key opens the batch API and the realtime API. */
async function opens(emulator: Emulator, key: string): Promise<[number, boolean]> {
	const headers = {Authorization: `Bearer ${key}`};
	const batch = await fetch(`${emulator.batchUrl}/jobs`, {headers});
	await batch.text();
	const socket = new WebSocket(emulator.realtimeUrl, {headers});
	const opened = await once(socket, 'open').then(
		() => true,
		() => false,
	);
	socket.terminate();
	return [batch.status, opened];
}

describe.each(['api-keys', 'api_keys'])('%s', (keys) => {
	// Where any key is good, one that was deleted is still refused.
	test.each(['key', undefined])('last until they are deleted (the key is %p)', async (apiKey) => {
		await using emulator = await startEmulator({...(apiKey === undefined ? {} : {apiKey})});
		const made = await ask(emulator, `POST ${keys}`, {name: 'ours', client_ref: 'me'});
		expect(made.status).toBe(201);
		const {apikey_id, key_value} = made.body;
		expect(await opens(emulator, key_value)).toEqual([200, true]);
		const listed = await ask(emulator, `GET ${keys}`);
		expect(listed).toEqual({
			status: 200,
			body: [{apikey_id, name: 'ours', client_ref: 'me', created_at: expect.any(String)}],
		});
		expect(await ask(emulator, `DELETE ${keys}/${apikey_id}`)).toEqual({status: 200, body: {status: 'OK'}});
		expect(await opens(emulator, key_value)).toEqual([401, false]);
		expect((await ask(emulator, `DELETE ${keys}/${apikey_id}`)).status).toBe(404);
		expect((await ask(emulator, `GET ${keys}`)).body).toEqual([]);
	});

	test('expire where they have a ttl, and are not listed', async () => {
		const clock = new ManualClock();
		await using emulator = await startEmulator({apiKey: 'key', clock});
		const {status, body} = await ask(emulator, `POST ${keys}?type=rt`, {ttl: 60});
		expect([status, body.apikey_id]).toEqual([201, null]);
		expect((await ask(emulator, `GET ${keys}`)).body).toEqual([]);
		expect(await opens(emulator, body.key_value)).toEqual([200, true]);
		await clock.advance(60_000);
		expect(await opens(emulator, body.key_value)).toEqual([401, false]);
	});

	test('are refused with a reason', async () => {
		await using emulator = await startEmulator({apiKey: 'key'});
		expect(await ask(emulator, `POST ${keys}`, {ttl: 59})).toEqual({
			status: 422,
			body: {code: 422, message: 'ttl in body should be greater than or equal to 60'},
		});
		expect((await ask(emulator, `POST ${keys}`, {name: 'a'.repeat(121)})).status).toBe(422);
		expect((await ask(emulator, `POST ${keys}`)).status).toBe(422);
		expect((await ask(emulator, `POST ${keys}`, {project_id: 'none'})).status).toBe(404);
		expect((await ask(emulator, `GET ${keys}?project_id=none`)).status).toBe(404);
		expect((await ask(emulator, `GET ${keys}`, undefined, 'wrong')).status).toBe(403);
		const temporary = (await ask(emulator, `POST ${keys}`, {ttl: 60})).body.key_value;
		expect((await ask(emulator, `POST ${keys}`, {}, temporary)).status).toBe(403);
		expect((await ask(emulator, `GET ${keys}`, undefined, temporary)).status).toBe(403);
		expect((await ask(emulator, `PUT ${keys}`, {})).status).toBe(405);
	});
});

describe('projects', () => {
	test('are made, shown, renamed and deleted with their keys', async () => {
		const clock = new ManualClock();
		await using emulator = await startEmulator({apiKey: 'key', clock});
		const made = await ask(emulator, 'POST projects', {name: 'Calls', description: 'all'});
		const {project_id} = made.body;
		const project = {
			...{project_id, name: 'Calls', description: 'all', is_default: false, is_active: true},
			...{created_at: expect.any(String), deleted_at: null},
		};
		expect(made).toEqual({status: 201, body: project});
		const listed = await ask(emulator, 'GET projects');
		expect(listed.body).toMatchObject([{is_default: true}, {project_id}]);
		const renamed = {status: 200, body: {...project, name: 'Talks'}};
		expect(await ask(emulator, `PUT projects/${project_id}`, {name: 'Talks'})).toEqual(renamed);
		expect(await ask(emulator, `GET projects/${project_id}`)).toEqual(renamed);

		const {key_value, apikey_id} = (await ask(emulator, 'POST api-keys', {project_id})).body;
		await ask(emulator, 'POST api-keys', {});
		expect((await ask(emulator, `GET api-keys?project_id=${project_id}`)).body).toMatchObject([{apikey_id}]);
		expect((await ask(emulator, 'GET api-keys')).body).toHaveLength(2);
		expect(await ask(emulator, `DELETE projects/${project_id}`)).toEqual({status: 204, body: undefined});
		expect((await ask(emulator, `GET projects/${project_id}`)).status).toBe(404);
		expect(await opens(emulator, key_value)).toEqual([401, false]);
	});

	test('have a name, and there is always one', async () => {
		await using emulator = await startEmulator();
		for (const body of [{}, {name: ''}, {name: 1}])
			expect((await ask(emulator, 'POST projects', body)).status).toBe(422);
		const [{project_id}] = (await ask(emulator, 'GET projects')).body;
		expect(await ask(emulator, `PUT projects/${project_id}`, {})).toMatchObject({
			status: 422,
			body: {error: 'name in body is required'},
		});
		expect((await ask(emulator, `DELETE projects/${project_id}`)).status).toBe(403);
	});

	test('are no matter of a container', async () => {
		await using emulator = await startEmulator({mode: 'rt-container'});
		expect((await ask(emulator, 'GET projects')).status).toBe(404);
	});
});
