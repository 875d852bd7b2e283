/**
 * How far a transcript is from another one that counts as right. Pure.
 *
 * WER = (S + D + I) / N: words replaced, left out and put in, for each word of the reference. It is 0 for equal texts, and
 * more than 1 where more was put in than there is. CER is the same with characters. Source: Morris, Maier and Green,
 * "From WER and RIL to MER and WIL", 2004; the vendor's docs, "Accuracy benchmarking".
 */
import {distance, type Step} from './alignment.ts';
import type {ComparedWord} from './words.ts';

export interface ErrorRate {
	readonly substitutions: number;
	readonly deletions: number;
	readonly insertions: number;
	/** Words that are the same. */
	readonly hits: number;
	/** Words of the reference. */
	readonly words: number;
	/** `undefined` where the reference has no word and the other one has some. */
	readonly rate: number | undefined;
}

/** @param steps from the reference to the other transcript, as `align` gives them */
export function wordErrorRate(steps: readonly Step[]): ErrorRate {
	let [hits, substitutions, deletions, insertions] = [0, 0, 0, 0];
	for (const {is} of steps) {
		if (is === 'same') hits += 1;
		else if (is === 'replaced') substitutions += 1;
		else if (is === 'left out') deletions += 1;
		else insertions += 1;
	}
	const words = hits + substitutions + deletions;
	const rate = rateOf(substitutions + deletions + insertions, words);
	return {substitutions, deletions, insertions, hits, words, rate};
}

/** The space between two words is a character of the text, as it is for the tools that others measure with. */
export function characterErrorRate(
	reference: readonly ComparedWord[],
	other: readonly ComparedWord[],
): {readonly changes: number; readonly characters: number; readonly rate: number | undefined} {
	const [right, given] = [charactersOf(reference), charactersOf(other)];
	const changes = distance(right, given);
	return {changes, characters: right.length, rate: rateOf(changes, right.length)};
}

/** Such as `4.2 %`. */
export function rateText(rate: number | undefined): string {
	return rate === undefined ? 'unknown' : `${(rate * 100).toFixed(1)} %`;
}

function rateOf(changes: number, total: number): number | undefined {
	if (total > 0) return changes / total;
	return changes === 0 ? 0 : undefined;
}

function charactersOf(words: readonly ComparedWord[]): string[] {
	return words.flatMap(({key, isSpaced}, index) => (isSpaced && index > 0 ? [' ', ...key] : [...key]));
}
