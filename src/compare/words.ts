/** A transcript as words that can be compared: what is the same but for its spelling is the same. Pure. */
import type {Transcript} from '../speechmatics/jobs.ts';
import {attachesToPrevious, contentOf, delimiterOf, languageOf} from '../speechmatics/transcript.ts';

/** A word, or a character of a language that is written without spaces. Times are seconds. */
export interface ComparedWord {
	/** What counts: NFC, lower case, without marks. */
	readonly key: string;
	/** As it was written, without the marks beside it. */
	readonly text: string;
	/** As it was written, with the marks beside it, and what stands between it and the word before. */
	readonly shown: string;
	readonly gap: string;
	readonly start: number;
	readonly end: number;
	/** Whether a space stands before it. */
	readonly isSpaced: boolean;
}

const APOSTROPHES = /[\u2018\u2019\u02BC\uFF07]/g;
/** Hyphens part words for those who count them: `well-known` is said as `well known` is. */
const PART = /([^\s\u002D\u2010-\u2015\u2212]+)([\s\u002D\u2010-\u2015\u2212]*)/g;
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
	/** Marks that belong to the word to come, such as an opening quote. */
	let ahead = '';
	for (const result of results) {
		const content = contentOf(result);
		const last = words.at(-1);
		if (result.type === 'punctuation') {
			if (last === undefined || !attachesToPrevious(result)) ahead += content;
			else words[words.length - 1] = {...last, shown: last.shown + content};
			continue;
		}
		const between = typeof delimiter === 'string' ? delimiter : delimiter(languageOf(result));
		const isSpaced = between !== '';
		const parts = partsOf(content, isSpaced);
		const length = (result.end_time - result.start_time) / Math.max(1, parts.length);
		for (const [index, part] of parts.entries()) {
			const start = result.start_time + index * length;
			words.push({...part, shown: ahead + part.shown, start, end: start + length});
			ahead = '';
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
	return partsOf(text, isSpaced);
}

function partsOf(text: string, isSpaced: boolean): Array<Omit<ComparedWord, 'start' | 'end'>> {
	const parts: Array<Omit<ComparedWord, 'start' | 'end'>> = [];
	let gap = isSpaced ? ' ' : '';
	const take = (written: string, behind: string) => {
		const key = keyOf(written);
		if (key.trim() !== '') {
			parts.push({key, text: written.replace(EDGES, ''), shown: written + behind.trimEnd(), gap, isSpaced});
		}
	};
	if (!isSpaced) {
		for (const character of text) take(character, '');
		return parts;
	}
	for (const [, written = '', behind = ''] of text.matchAll(PART)) {
		take(written, behind);
		gap = /\s|^$/.test(behind) ? ' ' : '';
	}
	return parts;
}

/** Words as one text. */
export function textOf(words: readonly ComparedWord[]): string {
	return words.map(({text, isSpaced}, index) => (isSpaced && index > 0 ? ` ${text}` : text)).join('');
}
