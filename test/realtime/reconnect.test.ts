import {expect, test} from 'bun:test';
import type {AudioSource} from '../../src/audio/source.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {runSession, type SessionOptions} from '../../src/realtime/session.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {CODED_RATE, codedAudio, codedService, codedWords} from '../helpers/coded-service.ts';
import {cuttingProxy} from '../helpers/cutting-proxy.ts';

/** Coded audio in pieces of 100 ms, as fast as it is taken. */
function codedSource(blocks: number): AudioSource {
	const bytes = new Uint8Array(codedAudio(blocks).buffer);
	const piece = CODED_RATE / 5;
	return {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: CODED_RATE},
		live: false,
		async *chunks() {
			for (let at = 0; at < bytes.length; at += piece) {
				yield bytes.subarray(at, at + piece);
				if (at % (10 * piece) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
			}
		},
		async stop() {},
	};
}

export function session(url: string, blocks: number, more: Partial<SessionOptions> = {}) {
	const events: RealtimeEvent[] = [];
	const result = runSession({
		newClient: () => new RealtimeClient({apiKey: 'k', url}),
		openSource: async () => codedSource(blocks),
		opening: 'opening audio',
		start: {transcriptionConfig: {language: 'en', model: 'enhanced'}},
		pace: 'max',
		emit: (event) => events.push(event),
		stop: new AbortController().signal,
		clock: systemClock,
		...more,
	});
	return {events, result};
}

const words = (events: readonly RealtimeEvent[]) =>
	events.flatMap((event) =>
		event.type === 'final' ? event.results.map((result) => result.alternatives![0]!.content) : [],
	);

test('a connection cut again and again: each word once, in order, on one timeline', async () => {
	const blocks = 400;
	await using service = await codedService();
	await using proxy = await cuttingProxy(service.port);
	let next = 300_000;
	let cuts = 0;
	proxy.onBytes((bytes) => {
		if (bytes < next || cuts === 10) return;
		cuts += 1;
		next = bytes + 400_000;
		if (cuts % 3 === 0) service.closeAll(1012);
		else proxy.cut('reset');
	});
	const {events, result} = session(proxy.url, blocks);
	expect(await result).toMatchObject({reason: 'source'});
	expect(cuts).toBe(10);
	expect(words(events)).toEqual(codedWords(blocks));
	const starts = events.flatMap((event) =>
		event.type === 'final' ? event.results.map(({start_time}) => start_time) : [],
	);
	for (const [index, start] of starts.entries()) expect(start).toBeCloseTo(index * 0.4, 1);
}, 60_000);

test('a session that outlasts what the service allows: the next connection takes over, and no word is lost', async () => {
	const blocks = 300;
	await using service = await codedService({warnAfter: 300});
	const {events, result} = session(service.url, blocks);
	expect(await result).toMatchObject({reason: 'source'});
	expect(words(events)).toEqual(codedWords(blocks));
	expect(service.sessions()).toBeGreaterThan(2);
	expect(events).toContainEqual({type: 'state', state: 'rolling over'});
	expect(events.filter(({type}) => type === 'error' || type === 'gap')).toEqual([]);
}, 30_000);

test('where no second session is allowed, the first one ends before the next begins', async () => {
	const blocks = 200;
	await using service = await codedService({warnAfter: 300, quota: 1});
	const {events, result} = session(service.url, blocks, {
		clock: {
			...systemClock,
			sleep: (milliseconds, signal) => systemClock.sleep(Math.min(milliseconds, 200), signal),
		},
	});
	expect(await result).toMatchObject({reason: 'source'});
	expect(service.refused()).toBeGreaterThan(0);
	expect(words(events)).toEqual(codedWords(blocks));
}, 30_000);
