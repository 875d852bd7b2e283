import {describe, expect, test} from 'bun:test';
import {align, distance, type Step} from '../../src/compare/alignment.ts';

/** As it stands in every textbook. */
function naiveDistance(one: readonly string[], other: readonly string[]): number {
	let row = other.map((_, index) => index + 1);
	for (const [index, item] of one.entries()) {
		let [corner, left] = [index, index + 1];
		row = row.map((above, column) => {
			left = Math.min(above + 1, left + 1, corner + (other[column] === item ? 0 : 1));
			corner = above;
			return left;
		});
	}
	return row.at(-1) ?? one.length;
}

/** The second sequence, made of the first by the steps. */
function follow(steps: readonly Step[], one: readonly string[], other: readonly string[]) {
	let [first, second] = [0, 0];
	const made = steps.flatMap((step) => {
		if ('first' in step) expect(step.first).toBe(first++);
		if ('second' in step) expect(step.second).toBe(second++);
		if (step.is === 'same') return [one[step.first]!];
		return 'second' in step ? [other[step.second]!] : [];
	});
	expect([first, second]).toEqual([one.length, other.length]);
	return made;
}

/** Numbers from 0 to 1, the same in every run. */
function randomFrom(seed: number) {
	let state = seed;
	return () => {
		state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
		return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
	};
}

function changed(items: readonly string[], share: number, random: () => number, alphabet: number): string[] {
	const any = () => String(Math.floor(random() * alphabet));
	return items.flatMap((item) => {
		if (random() >= share) return [item];
		return [[], [any()], [item, any()], [any(), any(), any()]][Math.floor(random() * 4)]!;
	});
}

const costOf = (steps: readonly Step[]) => steps.filter(({is}) => is !== 'same').length;

describe('an alignment', () => {
	test('is as short as the plain way finds it, for any sequences', () => {
		const random = randomFrom(6);
		for (let round = 0; round < 400; round++) {
			const alphabet = 1 + Math.floor(random() * 12);
			const one = Array.from({length: Math.floor(random() * 90)}, () =>
				String(Math.floor(random() * alphabet)),
			);
			const other = changed(one, random(), random, alphabet);
			const expected = naiveDistance(one, other);
			const steps = align(one, other);
			expect(costOf(steps)).toBe(expected);
			expect(distance(one, other)).toBe(expected);
			expect(follow(steps, one, other)).toEqual(other);
		}
	});

	test('is so too where the sequences are halved', () => {
		const random = randomFrom(9);
		for (const [length, share, alphabet] of [
			[4000, 0.1, 400],
			[2500, 0.9, 3],
			[2048, 1, 2000],
			[3000, 0.3, 30],
		] as const) {
			const one = Array.from({length}, () => String(Math.floor(random() * alphabet)));
			const other = changed(one, share, random, alphabet);
			const steps = align(one, other);
			expect(costOf(steps)).toBe(naiveDistance(one, other));
			expect(follow(steps, one, other)).toEqual(other);
		}
	});

	test('keeps all it can where several ways are equally short', () => {
		const steps = align([...'abcXd'], [...'aYbcd']);
		expect(steps.map(({is}) => is)).toEqual(['same', 'put in', 'same', 'same', 'left out', 'same']);
	});

	test('of nothing is nothing, or all of the other', () => {
		expect(align([], [])).toEqual([]);
		expect(align(['a'], [])).toEqual([{is: 'left out', first: 0}]);
		expect(align([], ['a'])).toEqual([{is: 'put in', second: 0}]);
		expect(costOf(align(Array(3000).fill('a'), ['b']))).toBe(3000);
		expect(distance([], ['a', 'b'])).toBe(2);
		expect(distance(['a', 'b'], [])).toBe(2);
	});

	test('takes 30 000 words beside 30 000 within seconds', () => {
		const random = randomFrom(3);
		const one = Array.from({length: 30_000}, () => String(Math.floor(random() ** 4 * 6000)));
		const other = changed(one, 0.2, random, 6000);
		const started = performance.now();
		const steps = align(one, other);
		expect(performance.now() - started).toBeLessThan(10_000);
		expect(costOf(steps)).toBe(distance(one, other));
	});
});
