import {describe, expect, test} from 'bun:test';
import {Estimates, type Sample} from '../../src/batch/estimate.ts';

const EN = {model: 'enhanced', language: 'en'};
const sample = (audioSeconds: number, processingSeconds: number, kind: Partial<Sample> = {}): Sample => ({
	...EN,
	audioSeconds,
	processingSeconds,
	...kind,
});

describe('an estimate', () => {
	test('is none while nothing is known', () => {
		expect(new Estimates().expected(EN, 60)).toBeUndefined();
		expect(new Estimates([sample(10, 1)]).expected(EN, undefined)).toBeUndefined();
	});

	test('is unsure until three jobs of its model and language were measured', () => {
		const estimates = new Estimates();
		for (const [length, isSure] of [
			[10, false],
			[20, false],
			[30, true],
		] as const) {
			estimates.add(sample(length, 2 + length * 0.1));
			expect(estimates.expected(EN, 100)?.isSure).toBe(isSure);
		}
		expect(estimates.expected({...EN, language: 'de'}, 100)).toMatchObject({isSure: false});
	});

	test('learns a fixed part and one that grows with the audio', () => {
		const estimates = new Estimates([sample(10, 5), sample(60, 10), sample(600, 64), sample(1200, 124)]);
		expect(estimates.expected(EN, 3600)!.seconds).toBeCloseTo(364, 0);
		expect(estimates.expected(EN, 1)!.seconds).toBeCloseTo(4.1, 1);
	});

	test('is hardly moved by jobs that waited in a queue', () => {
		const lengths = Array.from({length: 21}, (_, index) => 30 + index * 30);
		const estimates = new Estimates(
			lengths.map((length, index) => sample(length, index % 5 === 0 ? 3600 : 3 + length / 10)),
		);
		expect(estimates.expected(EN, 300)!.seconds).toBeGreaterThan(28);
		expect(estimates.expected(EN, 300)!.seconds).toBeLessThan(45);
	});

	test('forgets how the service was long ago', () => {
		const estimates = new Estimates();
		for (let index = 0; index < 50; index++) estimates.add(sample(60 + index, 60));
		for (let index = 0; index < 50; index++) estimates.add(sample(60 + index, 6));
		expect(estimates.expected(EN, 80)!.seconds).toBeCloseTo(6);
	});

	test('is never negative, whatever was measured', () => {
		const estimates = new Estimates([sample(10, 100), sample(1000, 1), sample(500, 50)]);
		for (const length of [0, 1, 100, 10_000]) {
			expect(estimates.expected(EN, length)!.seconds).toBeGreaterThanOrEqual(0);
		}
	});

	test('tells the factor of real time as the median', () => {
		const estimates = new Estimates([sample(10, 1), sample(100, 20), sample(10, 100)]);
		expect(estimates.realTimeFactor(EN)).toBe(0.2);
		expect(estimates.realTimeFactor({...EN, language: 'de'})).toBeUndefined();
	});
});
