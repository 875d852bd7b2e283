/**
 * Text as the index splits it into words. Scripts that are written without spaces are split into characters, and what is
 * looked for is then a row of characters: it is found wherever it stands, at any length. (A trigram tokenizer would not
 * find the many words of two characters.)
 */

import {printable} from '../platform/printable.ts';

/** Splits words and shows nothing. No transcript needs it. */
const SPLIT = '\u200B';

/** Han, kana, Hangul (whose words bear their particles), and the scripts of South East Asia. */
const UNSPACED =
	/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]+/gu;
const CHARACTER = /\P{M}\p{M}*|\p{M}+/gu;

/** What goes into the index, and what it is asked for: without control characters. */
export function searchable(text: string): string {
	return printable(text)
		.normalize('NFC')
		.replaceAll(SPLIT, '')
		.replace(UNSPACED, (run) => SPLIT + run.match(CHARACTER)!.join(SPLIT) + SPLIT);
}

/** The text as it was. */
export function readable(text: string): string {
	return text.replaceAll(SPLIT, '');
}

/** Where a mark begins and ends in what the index gives back. No text in it has control characters. */
export const MARK_START = '\u0001';
export const MARK_END = '\u0002';

/** Where something stands in a text: the first UTF-16 unit, and the one after the last. */
export type Range = readonly [start: number, end: number];

/** A text that the index has marked, as text and marks. Marks that touch are one. */
export function unmarked(marked: string): {text: string; marks: Range[]} {
	const [before = '', ...parts] = readable(marked).split(MARK_START);
	const marks: [number, number][] = [];
	let text = before;
	for (const part of parts) {
		const [found = '', after = ''] = part.split(MARK_END);
		const last = marks.at(-1);
		const end = text.length + found.length;
		if (last?.[1] === text.length) last[1] = end;
		else marks.push([text.length, end]);
		text += found + after;
	}
	return {text, marks};
}
