import {describe, expect, test} from 'bun:test';
import {Rate} from '../../src/batch/rate.ts';

/** Takes every token as soon as it can be had. @returns the moments */
function taken(rate: Rate, from: number, until: number): number[] {
	const moments: number[] = [];
	for (let now = from; now < until; ) {
		const ready = rate.readyAt(now);
		if (ready > now) now = ready;
		else if (rate.take(now)) moments.push(now);
	}
	return moments.filter((moment) => moment < until);
}

describe('a rate', () => {
	test('gives so many tokens a second and saves none up', () => {
		const rate = new Rate({perSecond: 10});
		expect(taken(rate, 0, 1000)).toHaveLength(10);
		expect(taken(rate, 60_000, 61_000)).toHaveLength(10);
	});

	test('asked when a token comes does not give it sooner', () => {
		const rate = new Rate({perSecond: 10});
		expect(rate.take(0)).toBe(true);
		for (let times = 0; times < 5; times++) expect(rate.readyAt(0)).toBe(100);
		expect(rate.take(99)).toBe(false);
		expect(rate.take(100)).toBe(true);
	});

	test('is halved by a refusal, once for those that were under way together, and comes back', () => {
		const rate = new Rate({perSecond: 10});
		for (const now of [1000, 1001, 1002]) rate.refused(now, 3000);
		expect(rate.perSecond).toBe(5);
		expect(taken(rate, 1000, 3000)).toEqual([]);
		rate.refused(3500, 4500);
		expect(rate.perSecond).toBeLessThan(3);
		expect(taken(rate, 4500, 40_000).length).toBeGreaterThan(200);
		expect(rate.perSecond).toBe(10);
		expect(taken(rate, 40_000, 41_000).length).toBeLessThanOrEqual(10);
	});

	test('never comes to a stop', () => {
		const rate = new Rate({perSecond: 10});
		for (let now = 0; now < 100_000; now += 1000) rate.refused(now, now + 1000);
		expect(rate.perSecond).toBe(0.2);
	});

	test('waits for what was spent without asking', () => {
		const rate = new Rate({perSecond: 10});
		rate.take(0);
		rate.owe(0);
		expect(rate.readyAt(0)).toBe(200);
	});
});
