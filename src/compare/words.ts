/** A transcript as words that can be compared: what is the same but for its spelling is the same. Pure. */
import type {Transcript} from '../speechmatics/jobs.ts';
import {contentOf, delimiterOf, languageOf} from '../speechmatics/transcript.ts';

/** A word, or a character of a language that is written without spaces. Times are seconds. */
export interface ComparedWord {
	/** What counts: NFC, lower case, without marks. */
	readonly key: string;
	/** As it was written, without the marks beside it. */
	readonly text: string;
	readonly start: number;
	readonly end: number;
	/** Whether a space stands before it. */
	readonly isSpaced: boolean;
}

const APOSTROPHES = /[\u2018\u2019\u02BC\uFF07]/g;
/** Hyphens part words for those who count them: `well-known` is said as `well known` is. */
const PARTS = /[\s\u002D\u2010-\u2015\u2212]+/;
/** Marks at the edges; inside, as in `3.5` or `it's`, they are a part of the word. */
const EDGES = /^\p{P}+|\p{P}+$/gu;

/** What of a written word counts; empty where it is but marks. */
export function keyOf(text: string): string {
	return text.normalize('NFC').replace(APOSTROPHES, "'").toLowerCase().replace(EDGES, '');
}

/** The words of a transcript in their order. Marks are none, and an entity such as `2 January 2026` is several. */
export function wordsOf({results, metadata}: Pick<Transcript, 'results' | 'metadata'>): ComparedWord[] {
	const delimiter = delimiterOf(metadata.language_pack_info);
	const words: ComparedWord[] = [];
	for (const result of results) {
		if (result.type === 'punctuation') continue;
		const content = contentOf(result);
		const between = typeof delimiter === 'string' ? delimiter : delimiter(languageOf(result));
		const isSpaced = between !== '';
		const parts = partsOf(content, isSpaced);
		const length = (result.end_time - result.start_time) / Math.max(1, parts.length);
		for (const [index, text] of parts.entries()) {
			const start = result.start_time + index * length;
			words.push({key: keyOf(text), text: text.replace(EDGES, ''), start, end: start + length, isSpaced});
		}
	}
	return words;
}

/**
 * The words of a text that nobody timed, in their order.
 *
 * @param isSpaced whether its language has spaces between words; else each character counts as one
 */
export function wordsOfText(text: string, isSpaced: boolean): Array<Omit<ComparedWord, 'start' | 'end'>> {
	return partsOf(text, isSpaced).map((part) => ({key: keyOf(part), text: part.replace(EDGES, ''), isSpaced}));
}

function partsOf(text: string, isSpaced: boolean): string[] {
	return (isSpaced ? text.split(PARTS) : [...text]).filter((part) => keyOf(part).trim() !== '');
}

/** Words as one text. */
export function textOf(words: readonly ComparedWord[]): string {
	return words.map(({text, isSpaced}, index) => (isSpaced && index > 0 ? ` ${text}` : text)).join('');
}
