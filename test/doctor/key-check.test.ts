import {expect, test} from 'bun:test';
import type {Account} from '../../src/doctor/account.ts';
import {keyCheck} from '../../src/doctor/key-check.ts';
import type {Network} from '../../src/doctor/network.ts';
import {AuthenticationError, ConfigurationError} from '../../src/speechmatics/errors.ts';
import {failure, fakeAccount, fakeNetwork, found, KEY, NOON} from './fakes.ts';

const HOST = 'eu1.asr.api.speechmatics.com';

/** No result may hold the key, whatever it says. */
async function key(network: Network, account: Account | undefined = fakeAccount()) {
	const finding = await found(keyCheck(account, network));
	expect(JSON.stringify(finding)).not.toContain(KEY);
	return finding;
}

test('one that is accepted is told by its origin, after one cheap question', async () => {
	const network = fakeNetwork(() => ({}));
	expect(await key(network)).toEqual({
		state: 'ok',
		facts: `from SPEECHMATICS_API_KEY; ${HOST} accepts it`,
	});
	expect(network.requests.map(({method, url}) => method + url.pathname + url.search)).toEqual([
		'GET/v2/jobs?limit=1',
	]);
});

test('refused, not allowed and not tried are told apart', async () => {
	const refused = await key(fakeNetwork(() => ({status: 401, text: '<html>'})));
	expect(refused).toMatchObject({state: 'error'});
	expect(refused.facts).toContain('does not accept it (401)');
	expect(refused.remedy).toContain('set SPEECHMATICS_API_KEY to it');

	const body = JSON.stringify({code: 403, error: 'Forbidden', detail: 'Entitlement check failed'});
	const forbidden = await key(fakeNetwork(() => ({status: 403, text: body})));
	expect(forbidden).toMatchObject({state: 'error'});
	expect(forbidden.facts).toContain('(403, Entitlement check failed)');

	const away = await key(fakeNetwork(() => failure('ENOTFOUND')));
	expect(away).toEqual({
		state: 'skipped',
		facts: `from SPEECHMATICS_API_KEY; not tried, as ${HOST} cannot be reached`,
	});
	const network = fakeNetwork(() => ({status: 503}));
	expect((await key(network)).state).toBe('skipped');
	expect(network.requests.length).toBe(1);
});

test('what is not the batch service is said to be none', async () => {
	expect(await key(fakeNetwork(() => ({text: '<html>Log in'})))).toMatchObject({state: 'warn'});
	const wrongPath = await key(fakeNetwork(() => ({status: 404})));
	expect(wrongPath.remedy).toContain('/v2');
	expect((await key(fakeNetwork(() => ({status: 429})))).remedy).toContain('minute');
});

test('a missing key is a problem in the cloud, and none elsewhere', async () => {
	const none = {...fakeAccount(), key: async () => undefined};
	const network = fakeNetwork(() => ({}));
	expect(await key(network, none)).toMatchObject({state: 'error', facts: 'there is none'});
	const own = {urls: {batch: 'https://box.local/v2', realtime: 'ws://box.local:9000/v2'}};
	const onPremises = {...fakeAccount(own), key: async () => undefined};
	expect((await key(network, onPremises)).state).toBe('skipped');
	expect(network.requests).toEqual([]);
});

test('a key for one service is no key for the other', async () => {
	const given = fakeAccount();
	const batchOnly: Account = {
		...given,
		key: async (service) => (service === 'batch' ? given.key(service) : undefined),
	};
	const finding = await key(
		fakeNetwork(() => ({})),
		batchOnly,
	);
	expect(finding).toMatchObject({state: 'error', facts: 'there is none for eu.rt.speechmatics.com'});
});

test('what cannot be a key is not sent', async () => {
	const network = fakeNetwork(() => ({}));
	const finding = await key(network, fakeAccount({key: `${KEY} ${KEY}`}));
	expect(finding).toMatchObject({state: 'error'});
	expect(finding.remedy).toContain('without quotes or spaces');
	expect(network.requests).toEqual([]);
});

test('a temporary key whose time is over is told without asking', async () => {
	const temporary = (seconds: number) => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		return `${part({alg: 'HS256'})}.${part({exp: NOON / 1000 + seconds})}.c2ln`;
	};
	const network = fakeNetwork(() => ({}));
	const over = await key(network, fakeAccount({key: temporary(-1)}));
	expect(over).toMatchObject({state: 'error'});
	expect(over.facts).toContain('its time is over');
	expect(network.requests).toEqual([]);
	expect((await key(network, fakeAccount({key: temporary(60)}))).state).toBe('ok');
});

test('a file that others can read, and an address that is none, are told', async () => {
	const network = fakeNetwork(() => ({}));
	const open = {...fakeAccount(), key: () => Promise.reject(new AuthenticationError('open'))};
	expect((await key(network, open)).remedy).toContain('speechdeck login');
	const wrong = {...fakeAccount(), place: () => Promise.reject(new ConfigurationError('no'))};
	expect((await key(network, wrong)).state).toBe('skipped');
	expect((await found(keyCheck(undefined, network))).state).toBe('skipped');
});
