/** Text by terminal columns: CJK and emoji take two, combining characters none. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const PRINTABLE_ASCII = /^[\x20-\x7E]*$/;

/** The characters of a text as a person counts them: a letter with its accents, an emoji with its skin. */
export function charactersOf(text: string): string[] {
	return [...graphemes.segment(text)].map(({segment}) => segment);
}

/** Columns of a text without control characters. */
export function widthOf(text: string): number {
	// Nearly all text is plain, and a table measures thousands of cells a second.
	return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

/**
 * Cuts text to a number of columns, with an ellipsis where something is missing.
 *
 * @param keep which end of a text that is too long is shown
 */
export function clip(text: string, columns: number, keep: 'start' | 'end' = 'start'): string {
	if (widthOf(text) <= columns) return text;
	if (columns <= 0) return '';
	const characters = charactersOf(text);
	if (keep === 'end') characters.reverse();
	const kept: string[] = [];
	let width = widthOf(ELLIPSIS);
	for (const character of characters) {
		width += widthOf(character);
		if (width > columns) break;
		kept.push(character);
	}
	return keep === 'start' ? kept.join('') + ELLIPSIS : ELLIPSIS + kept.reverse().join('');
}

/** Text of exactly so many columns: cut, or filled up with spaces. */
export function fit(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
	const cut = clip(text, columns);
	const space = ' '.repeat(Math.max(0, columns - widthOf(cut)));
	return align === 'left' ? cut + space : space + cut;
}

/** Text as rows of at most so many columns, broken between words where that is possible. */
export function wrap(text: string, columns: number): string[] {
	return wrapAnsi(text, Math.max(1, columns), {hard: true, trim: true}).split('\n');
}
