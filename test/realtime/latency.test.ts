import {expect, test} from 'bun:test';
import {Latencies} from '../../src/realtime/latency.ts';

const MINUTE = 60_000;

test('latencies are of the last five minutes', () => {
	const latencies = new Latencies();
	expect(latencies.summary(0)).toBeUndefined();
	for (let index = 1; index <= 100; index++) latencies.add(index / 100, 0);
	expect(latencies.summary(MINUTE)).toEqual({p50: 0.5, p95: 0.95, count: 100});
	latencies.add(9, 4 * MINUTE);
	expect(latencies.summary(6 * MINUTE)).toEqual({p50: 9, p95: 9, count: 1});
	expect(latencies.summary(10 * MINUTE)).toBeUndefined();
});

test('of very many only the latest count', () => {
	const latencies = new Latencies();
	for (let index = 0; index < 10_000; index++) latencies.add(index < 9000 ? 1 : 2, index);
	expect(latencies.summary(10_000)).toEqual({p50: 2, p95: 2, count: 1024});
});
