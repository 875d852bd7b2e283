/** Whatever a server answers, every call ends: in a result, or in one of the library's own errors. */
import {expect, test} from 'bun:test';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {SpeechmaticsError} from '../../src/speechmatics/errors.ts';
import type {HttpResponse} from '../../src/speechmatics/http.ts';
import {FakeClock} from '../helpers/clock.ts';

/** Repeats itself in every run. Source: Park and Miller, "Random Number Generators: Good Ones Are Hard to Find". */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 16_807) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

const random = randomNumbers(20_261_120);
const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;

const GOOD = [
	'{"id":"a1b2c3d4e5"}',
	'{"job":{"id":"x","status":"done","errors":null}}',
	'{"jobs":[{"id":"x","status":"running","created_at":"2026-01-01T00:00:00Z"}]}',
	'{"format":"2.9","metadata":{},"results":[{"type":"word","start_time":0,"end_time":1,"alternatives":[{"content":"a"}]}]}',
	'{"code":429,"error":"Too Many Requests","detail":"slow down"}',
	'<html><head><title>502 Bad Gateway</title></head></html>',
	'',
];
const PIECES = [
	'null',
	'[]',
	'{}',
	'"',
	'\u0000',
	'-1e999',
	'{"job":',
	'"jobs":[[]]',
	'\uD800',
	'true',
	'}',
	'{"__proto__":1}',
];

/** A sound body, a damaged one, or nonsense. */
function body(): string {
	const good = pick(GOOD);
	const cut = Math.floor(random() * (good.length + 1));
	return pick([good, good.slice(0, cut), good.slice(0, cut) + pick(PIECES) + good.slice(cut), pick(PIECES)]);
}

function response(): HttpResponse {
	const headers = {
		'request-id': 'r',
		'retry-after': pick(['1', 'soon', '-5', '']),
		'content-type': pick(['text/html', 'x']),
	};
	return {
		status: pick([200, 200, 200, 201, 204, 302, 400, 401, 404, 410, 418, 423, 429, 500, 503]),
		headers,
		text: body(),
	};
}

test('10 000 answers, sound and damaged, end in a result or a typed error', async () => {
	const client = new BatchClient({
		apiKey: 'k',
		url: 'http://127.0.0.1:9',
		send: async () => response(),
		clock: new FakeClock(),
		random,
	});
	const calls = [
		() => client.submitJob({data: new Uint8Array([1]), name: 'a.wav'}),
		() => client.getJob('x'),
		() => client.listJobs(),
		() => client.deleteJob('x'),
		() => client.getTranscript('x'),
		() => client.getTranscript('x', {format: 'txt'}),
		() => client.waitForCompletion('x', {timeout: 60_000}),
	];
	let results = 0;
	for (let round = 0; round < 10_000; round++) {
		try {
			await pick(calls)();
			results += 1;
		} catch (error) {
			expect(error).toBeInstanceOf(SpeechmaticsError);
		}
	}
	expect(results).toBeGreaterThan(500);
}, 30_000);
