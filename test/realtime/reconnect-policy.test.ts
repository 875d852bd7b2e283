import {describe, expect, test} from 'bun:test';
import {pauseBefore} from '../../src/realtime/reconnect.ts';

const randoms = [0, 0.25, 0.5, 0.75, 1];
const attempts = [1, 2, 3, 4, 5, 8, 16, 100, 10_000];

describe('the pause before a connection is tried again', () => {
	test('is never longer than half a minute, however often it was tried', () => {
		for (const policy of ['now', 'later', 'roll over'] as const) {
			for (const attempt of attempts) {
				for (const random of randoms) {
					const pause = pauseBefore(policy, attempt, random);
					expect(pause).toBeGreaterThanOrEqual(0);
					expect(pause).toBeLessThanOrEqual(30_000);
				}
			}
		}
	});

	test('begins with a moment where the network went away, and grows', () => {
		for (const random of randoms) {
			expect(pauseBefore('now', 1, random)).toBeLessThanOrEqual(250);
			expect(pauseBefore('now', 1, random)).toBeGreaterThan(0);
			const pauses = attempts.map((attempt) => pauseBefore('now', attempt, random)!);
			expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
			expect(pauses.at(-1)).toBeGreaterThan(7000);
		}
	});

	test('is 5 to 10 s where the service has no room, and never less', () => {
		for (const attempt of attempts) {
			for (const random of randoms)
				expect(pauseBefore('later', attempt, random)).toBeGreaterThanOrEqual(5000);
		}
		expect(pauseBefore('later', 1, 1)).toBe(10_000);
	});

	test('differs between clients', () => {
		for (const policy of ['now', 'later'] as const) {
			for (const attempt of attempts.slice(0, 4)) {
				expect(pauseBefore(policy, attempt, 0)).not.toBe(pauseBefore(policy, attempt, 0.9));
			}
		}
	});

	test('is none at a limit of time, but for one that comes again at once', () => {
		expect(pauseBefore('roll over', 1, 0.5)).toBe(0);
		expect(pauseBefore('roll over', 2, 0.5)).toBeGreaterThan(100);
	});

	test('has no end where there is nothing to be tried', () => {
		expect(pauseBefore('never', 1, 0.5)).toBeUndefined();
	});
});
