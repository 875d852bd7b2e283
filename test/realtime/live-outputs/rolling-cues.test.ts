import {describe, expect, test} from 'bun:test';
import {type Cue, cuesOf} from '../../../src/captions/cues.ts';
import {presetRules} from '../../../src/captions/rules.ts';
import {CueRoll} from '../../../src/realtime/live-outputs/rolling-cues.ts';
import type {RecognitionResult} from '../../../src/speechmatics/results.ts';
import {type Random, randomFrom, randomSpeech, SCRIPTS} from '../../captions/random-speech.ts';
import {mark, word} from '../../helpers/results.ts';

const rules = presetRules('default');
const SEEDS = Array.from({length: 25}, (_, seed) => seed);

/** In finals of random length. @returns all cues, and the most that were rewritten */
function rolled(results: readonly RecognitionResult[], delimiter: string, random: Random) {
	const roll = new CueRoll(() => rules);
	roll.begin('en', delimiter);
	const cues: Cue[] = [];
	let longestTail = 0;
	for (let from = 0; from < results.length; ) {
		const to = from + 1 + Math.floor(random() * 6);
		const {settled, tail} = roll.add(results.slice(from, to));
		cues.push(...settled);
		longestTail = Math.max(longestTail, tail.length);
		from = to;
	}
	cues.push(...roll.end());
	return {cues, longestTail};
}

const letters = (text: string) => text.replace(/\s/gu, '');
const textOf = (cues: readonly Cue[]) =>
	letters(
		cues
			.flatMap(({lines, speakers}) =>
				new Set(speakers).size > 1 ? lines.map((line) => line.slice(2)) : lines,
			)
			.join(''),
	);

/** Sentences of words of usual length, at a usual pace. */
function usualSpeech(random: Random, sentences: number): RecognitionResult[] {
	const results: RecognitionResult[] = [];
	let time = 0;
	for (let sentence = 0; sentence < sentences; sentence++) {
		const words = 4 + Math.floor(random() * 16);
		for (let index = 0; index < words; index++) {
			const content = 'abcdefghij'.slice(0, 1 + Math.floor(random() * 10));
			results.push(word(content, time, {end: time + 0.3}));
			time += 0.35;
			if (index < words - 1 && random() < 0.12) results.push(mark(',', time - 0.05));
		}
		results.push(mark('.', time));
		time += random() < 0.2 ? 2 : 0.3;
	}
	return results;
}

describe('cues of speech that goes on', () => {
	test.each(SCRIPTS.flatMap((script) => SEEDS.map((seed) => [script, seed] as const)))(
		'have every letter once, in order, and never overlap (%s %i)',
		(script, seed) => {
			const random = randomFrom(seed);
			const {results, delimiter} = randomSpeech(script, random);
			const {cues} = rolled(results, delimiter, random);
			expect(textOf(cues)).toBe(textOf(cuesOf(results, delimiter, rules, 'en')));
			for (const [index, {start, end}] of cues.entries()) {
				expect(end).toBeGreaterThan(start);
				if (index > 0) expect(start).toBeGreaterThanOrEqual(cues[index - 1]!.end);
			}
		},
	);

	test('are nearly all as they were made of the whole, and only the last few are rewritten', () => {
		const random = randomFrom(7);
		const speech = usualSpeech(random, 300);
		const whole = new Set(cuesOf(speech, ' ', rules, 'en').map((cue) => JSON.stringify(cue)));
		const {cues, longestTail} = rolled(speech, ' ', random);
		const same = cues.filter((cue) => whole.has(JSON.stringify(cue))).length;
		expect(same / cues.length).toBeGreaterThan(0.9);
		expect(longestTail).toBeLessThanOrEqual(5);
	});

	test('of two channels that never pause are settled all the same, and lose nothing', () => {
		const random = randomFrom(3);
		const one = usualSpeech(random, 120).map((result) => ({...result, channel: 'Me'}));
		const other = usualSpeech(random, 120).map((result) => ({...result, channel: 'Them'}));
		const roll = new CueRoll(() => rules);
		const cues: Cue[] = [];
		let longestTail = 0;
		for (let index = 0; index < Math.max(one.length, other.length); index += 5) {
			for (const channel of [one, other]) {
				const {settled, tail} = roll.add(channel.slice(index, index + 5));
				cues.push(...settled);
				longestTail = Math.max(longestTail, tail.length);
			}
		}
		cues.push(...roll.end());
		const sorted = (text: string) => [...text].sort().join('');
		expect(sorted(textOf(cues))).toBe(sorted(textOf(cuesOf([...one, ...other], ' ', rules, 'en'))));
		expect(longestTail).toBeLessThan(60);
		for (let index = 1; index < cues.length; index++) {
			expect(cues[index]!.start).toBeGreaterThanOrEqual(cues[index - 1]!.end);
		}
	});
});
