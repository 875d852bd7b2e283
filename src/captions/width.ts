/** Text by what a reader sees: graphemes, and the columns they take. */
import stringWidth from 'string-width';
import type {CaptionRules} from './rules.ts';

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const PRINTABLE_ASCII = /^[\x20-\x7E]*$/;

/** Columns of a text: wide characters take two, combining ones none. */
export function columnsOf(text: string): number {
	// Nearly all words are plain, and segmenting costs a hundred times more.
	return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

export function graphemesOf(text: string): string[] {
	return PRINTABLE_ASCII.test(text)
		? text.split('')
		: [...segmenter.segment(text)].map(({segment}) => segment);
}

/** How many characters the reading speed counts. */
export function readingLength(text: string, {narrowIsHalf}: Pick<CaptionRules, 'narrowIsHalf'>): number {
	return narrowIsHalf ? columnsOf(text) / 2 : graphemesOf(text).length;
}

/** Seconds it takes to read the lines of a cue, as the soft rules want it. */
export function readingTime(lines: readonly string[], rules: CaptionRules): number {
	const characters = lines.reduce((sum, line) => sum + readingLength(line, rules), 0);
	return Math.max(
		characters / rules.maxCharactersPerSecond,
		rules.minSecondsPerWord * wordsIn(lines.join(' ')),
	);
}

/** Words of a text, where words are written apart. */
export function wordsIn(text: string): number {
	return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
