import {describe, expect, test} from 'bun:test';
import type {Network} from '../../src/doctor/network.ts';
import {batchCheck, batchProbe, clockCheck, realtimeCheck} from '../../src/doctor/service-checks.ts';
import {ConfigurationError, ResponseError, TimeoutError} from '../../src/speechmatics/errors.ts';
import {failure, fakeAccount, fakeNetwork, found, NOON} from './fakes.ts';

const batch = (network: Network, account = fakeAccount()) =>
	found(batchCheck(account, batchProbe(account, network), network));
const realtime = (network: Network, account = fakeAccount()) => found(realtimeCheck(account, network));

describe('batch', () => {
	test('any answer of its own shows that it is there, and no key is sent', async () => {
		for (const status of [200, 401, 404]) {
			const network = fakeNetwork(() => ({status}));
			expect(await batch(network)).toEqual({
				state: 'ok',
				facts: 'eu1.asr.api.speechmatics.com answers in 1 ms',
			});
			expect(Object.keys(network.requests[0]!.headers)).not.toContain('Authorization');
			expect(network.requests[0]!.url.pathname).toBe('/v1/discovery/features');
		}
	});

	test.each([
		['ENOTFOUND', /name server/],
		['ECONNREFUSED', /firewall/],
		['ECONNRESET', /firewall/],
		['SELF_SIGNED_CERT_IN_CHAIN', /service\.ca_file/],
		['CERT_NOT_YET_VALID', /clock/],
	])('%s has a remedy', async (code, remedy) => {
		const finding = await batch(fakeNetwork(() => failure(code)));
		expect(finding).toMatchObject({state: 'error', facts: 'could not reach it'});
		expect(finding.remedy).toMatch(remedy);
	});

	test("silence, a proxy and an address of one's own are told apart", async () => {
		const silent = await batch(fakeNetwork(() => new TimeoutError('It did not answer')));
		expect(silent.remedy).toContain('HTTPS_PROXY');
		const proxied = await batch(fakeNetwork(() => failure('ENOTFOUND'), {proxy: new URL('http://p:1')}));
		expect(proxied.remedy).toContain('See to the proxy');
		const own = fakeAccount({addressOrigin: {kind: 'environment', variable: 'SPEECHMATICS_BATCH_URL'}});
		const refused = await batch(
			fakeNetwork(() => failure('ECONNREFUSED')),
			own,
		);
		expect(refused.remedy).toBe('Start the service there, or correct the address (SPEECHMATICS_BATCH_URL).');
	});

	test.each([
		[407, 'error', /USER:PASSWORD/],
		[403, 'error', /firewall/],
		[302, 'error', /browser/],
		[503, 'warn', /again/],
	] as const)('status %d is not the service as it should be', async (status, state, remedy) => {
		const finding = await batch(fakeNetwork(() => ({status})));
		expect(finding.state).toBe(state);
		expect(finding.remedy).toMatch(remedy);
	});

	test('warns where the key would travel unencrypted', async () => {
		const finding = await batch(
			fakeNetwork(() => ({})),
			fakeAccount({warnings: ['it is http://']}),
		);
		expect(finding).toMatchObject({state: 'warn', facts: 'it is http://'});
		expect(finding.remedy).toContain('https://');
	});

	test('an address that is none is told as it is; without settings there is nothing to ask', async () => {
		const wrong = {...fakeAccount(), place: () => Promise.reject(new ConfigurationError('no address'))};
		const network = fakeNetwork(() => ({}));
		expect(await batch(network, wrong)).toMatchObject({state: 'error', facts: 'no address'});
		const probe = () => Promise.reject(new Error('never asked'));
		expect((await found(batchCheck(undefined, probe, network))).state).toBe('skipped');
	});
});

describe('realtime', () => {
	test('a refusal for want of a key shows that it is there; so does a service that wants none', async () => {
		for (const open of [undefined, () => undefined]) {
			const network = fakeNetwork(() => ({}), open && {open});
			expect(await realtime(network)).toEqual({
				state: 'ok',
				facts: 'eu.rt.speechmatics.com answers in 1 ms',
			});
		}
	});

	test('another refusal points at what is on the way', async () => {
		const finding = await realtime(
			fakeNetwork(() => ({}), {open: () => new ResponseError('no', {status: 404})}),
		);
		expect(finding).toMatchObject({state: 'error'});
		expect(finding.facts).toContain('404');
		expect(finding.remedy).toContain('WebSocket');
	});

	test('no connection has a remedy', async () => {
		const finding = await realtime(fakeNetwork(() => ({}), {open: () => failure('EAI_AGAIN')}));
		expect(finding.remedy).toContain('name server');
	});
});

describe('clock', () => {
	const clock = (seconds: number) => {
		const date = new Date(NOON).toUTCString();
		const network = fakeNetwork(() => ({headers: {date}}), {now: NOON + seconds * 1000});
		const account = fakeAccount();
		return found(clockCheck(account, batchProbe(account, network)));
	};

	test('is judged by the time that the service tells', async () => {
		expect(await clock(0)).toEqual({state: 'ok', facts: 'right'});
		expect(await clock(29)).toMatchObject({state: 'ok'});
		expect(await clock(60.5)).toMatchObject({state: 'warn', facts: "60 s ahead of the service's"});
		expect(await clock(-3599.5)).toMatchObject({state: 'error', facts: "60 minutes behind the service's"});
		expect((await clock(301)).remedy).toContain('clock');
	});

	test('is not judged where nobody told the time', async () => {
		const account = fakeAccount();
		for (const network of [fakeNetwork(() => failure('ENOTFOUND')), fakeNetwork(() => ({}))]) {
			expect((await found(clockCheck(account, batchProbe(account, network)))).state).toBe('skipped');
		}
	});

	test('shares its question with the batch service', async () => {
		const network = fakeNetwork(() => ({}));
		const account = fakeAccount();
		const probe = batchProbe(account, network);
		await Promise.all([found(clockCheck(account, probe)), found(batchCheck(account, probe, network))]);
		expect(network.requests.length).toBe(1);
	});
});
