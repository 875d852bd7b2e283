/** What the service, the network and the source can do to a session, and what its user sees. */
import {describe, expect, test} from 'bun:test';
import {EXIT, exitCodeOf} from '../../src/commands/failure.ts';
import {responseError} from '../../src/speechmatics/responses.ts';
import {liveCoded} from '../helpers/coded-network.ts';
import {codedRun, expectEveryWord, gaps} from '../helpers/coded-run.ts';

const QUOTA = {error: {type: 'quota_exceeded', reason: 'Concurrent Quota Exceeded'}, code: 4005} as const;

test('a session refused twice for its quota is tried again after some seconds, which are told', async () => {
	const run = codedRun({
		fates: [{ends: {at: 'start', ...QUOTA}}, {ends: {at: 'start', ...QUOTA}}, {}],
		endsAfter: 40,
	});
	expect((await run.ended()).reason).toBe('source');
	const [first = 0, second = 0, third = 0] = run.network.asked;
	expect(second - first).toBe(7500);
	expect(third - second).toBeGreaterThanOrEqual(5000);
	expect(third - second).toBeLessThanOrEqual(20_000);
	expect(run.events).toContainEqual(
		expect.objectContaining({type: 'state', state: 'connecting', attempt: 1, retryInSeconds: 7.5}),
	);
	expect(run.stderr()).toMatch(/Concurrent Quota Exceeded \(quota_exceeded\)\. Trying again in \d+ s\./);
	expect(run.stderr()).toContain('Connected! Start speaking');
	expectEveryWord(run.events, 50);
	expect(gaps(run.events)).toEqual([]);
});

describe('a key that expires in the middle', () => {
	const fates = [
		{ends: {at: 100, error: {type: 'not_authorised', reason: 'Not Authorized'}, code: 4001}},
		{},
	] as const;

	test('of a live source: the recording goes on until it is stopped, and words can be made of it', async () => {
		let recorded = 0;
		const recorder = {
			append(bytes: Uint8Array) {
				recorded += bytes.byteLength;
			},
		};
		const run = codedRun({fates: [...fates], options: {recorder}});
		await run.pass(60);
		expect(run.states().at(-1)).toStartWith('recording only: ');
		expect(run.stderr()).toMatch(
			/does not accept the API key.*The recording goes on: "speechdeck sessions recover"/,
		);
		expect(run.network.asked).toHaveLength(1);
		run.stop();
		const result = await run.ended(5);
		expect(result.reason).toBe('failed');
		expect(exitCodeOf(result.error)).toBe(EXIT.authentication);
		expect(recorded).toBeGreaterThan(59 * 32_000);
		expect(result.transcript?.results.length).toBeGreaterThan(15);
	});

	test('of a file: it fails at once', async () => {
		const run = codedRun({
			fates: [...fates],
			source: (clock) => Object.assign(liveCoded(clock, 50), {live: false}),
		});
		const result = await run.ended(15);
		expect(result.reason).toBe('failed');
		expect(exitCodeOf(result.error)).toBe(EXIT.authentication);
		expect(run.network.asked).toHaveLength(1);
	});

	test('also where only the close code tells it', async () => {
		const run = codedRun({fates: [{ends: {at: 100, code: 4001}}, {}]});
		expect((await run.ended(15)).reason).toBe('failed');
		expect(run.network.asked).toHaveLength(1);
	});
});

describe('a server that refuses', () => {
	const url = new URL('wss://us.rt.test/v2/');
	for (const [status, code] of [
		[401, EXIT.authentication],
		[403, EXIT.authentication],
		[404, EXIT.failed],
	] as const) {
		test(`with ${status}, as another region does: one sentence, not tried again`, async () => {
			const refused = responseError({status, headers: {}, text: ''}, url, true);
			const run = codedRun({fates: [{refused}]});
			const result = await run.ended(2);
			expect(exitCodeOf(result.error)).toBe(code);
			expect(run.network.asked).toHaveLength(1);
			const told = run.events.filter((event) => event.type === 'error');
			expect(told).toHaveLength(1);
			expect(told[0]!.reason).not.toContain('\n');
			expect(told[0]!.reason).toContain('us.rt.test');
		});
	}

	test('with not_allowed says why, once', async () => {
		const reason = 'Unable to use provided configuration: No license for requested language - LEN';
		const run = codedRun({fates: [{ends: {at: 'start', error: {type: 'not_allowed', reason}, code: 4003}}]});
		expect(exitCodeOf((await run.ended(2)).error)).toBe(EXIT.failed);
		expect(run.stderr().split(reason)).toHaveLength(2);
		expect(run.network.asked).toHaveLength(1);
	});
});

test('a dictionary that delays the start by 14 s: what is said meanwhile is not lost', async () => {
	const run = codedRun({
		fates: [{startsAfter: 14_000}],
		endsAfter: 40,
		options: {
			start: {
				transcriptionConfig: {
					language: 'en',
					model: 'enhanced',
					additional_vocab: [{content: 'Speechmatics'}],
				},
			},
		},
	});
	await run.pass(13);
	expect(run.states().at(-1)).toBe('connecting');
	expect((await run.ended()).reason).toBe('source');
	expect(run.network.asked).toHaveLength(1);
	expectEveryWord(run.events, 50);
});

describe('acknowledgements that stall', () => {
	test('for 6 s are waited for', async () => {
		const run = codedRun({fates: [{stalls: {at: 60, milliseconds: 6000}}], endsAfter: 30});
		expect((await run.ended()).reason).toBe('source');
		expect(run.network.asked).toHaveLength(1);
		expectEveryWord(run.events, 50);
	});

	test('for 20 s are taken for a dead link within 10 s: the next connection loses nothing', async () => {
		const run = codedRun({fates: [{stalls: {at: 60, milliseconds: 20_000}}, {}], endsAfter: 40});
		expect((await run.ended()).reason).toBe('source');
		expect(run.network.asked).toHaveLength(2);
		expect(run.network.asked[1]! - 6000).toBeLessThanOrEqual(10_000);
		expect(run.stderr()).toMatch(/has not taken any audio for [89] s\. Reconnecting; nothing is lost\./);
		expectEveryWord(run.events, 50);
		expect(gaps(run.events)).toEqual([]);
	});
});

describe('an hour of silence', () => {
	for (const {emptyFinals, seconds} of [
		{emptyFinals: true, seconds: 3600},
		{emptyFinals: false, seconds: 1200},
	]) {
		const how = emptyFinals ? 'told as empty finals' : 'of which the service says nothing';
		test(`of zeros, ${how}: the session goes on, and nothing of it is sent again`, async () => {
			const run = codedRun({fates: [{emptyFinals, ends: {at: seconds * 10, code: 1006}}, {}]});
			await run.pass(seconds - 1);
			expect(run.network.asked).toHaveLength(1);
			await run.pass(20);
			run.stop();
			expect((await run.ended(10)).reason).toBe('stopped');
			const second = run.events.findLast((event) => event.type === 'started');
			expect(second).toMatchObject({connection: 2});
			expect((second as {offset: number}).offset).toBeGreaterThan(seconds - 70);
			expect(gaps(run.events)).toEqual([]);
			expectEveryWord(run.events, 50);
		}, 30_000);
	}

	test('without any audio: the service ends its session, the next one begins when audio comes', async () => {
		const run = codedRun({blocks: 100});
		await run.pass(10);
		run.source.pause(3_700_000);
		await run.pass(3600);
		run.network.sessions.at(-1)!.say({message: 'Error', type: 'idle_timeout', reason: 'No audio for 1h'});
		run.network.closeAll(1008);
		await run.pass(60);
		expect(run.network.asked).toHaveLength(1);
		expect(run.network.open).toBe(0);
		expect(run.states().at(-1)).toMatch(/^reconnecting: No audio came/);
		await run.pass(120);
		expect(run.network.asked).toHaveLength(2);
		expect(run.states().at(-1)).toBe('listening');
		run.stop();
		expect((await run.ended(10)).reason).toBe('stopped');
		expectEveryWord(run.events, 100);
		// Nobody was heard meanwhile, and that is told once.
		expect(gaps(run.events)).toMatchObject([{seconds: 3700}]);
	});
});

test('a service that takes a session and drops it at once is not asked without pause', async () => {
	for (const code of [1006, 1008, 1011]) {
		const run = codedRun({fates: [{}, {ends: {at: 1, code}}]});
		await run.pass(10);
		run.network.closeAll(1006);
		await run.pass(60);
		expect(run.network.asked.length).toBeLessThan(16);
		run.stop();
		expect((await run.ended(200)).reason).toBe('failed');
	}
});

test('a service that ends the transcript by itself is asked again for the rest', async () => {
	const run = codedRun({endsAfter: 30});
	await run.pass(8);
	run.network.sessions[0]!.listen({message: 'EndOfStream'});
	run.network.closeAll(1000);
	expect((await run.ended()).reason).toBe('source');
	expectEveryWord(run.events, 50);
});
