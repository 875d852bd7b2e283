import stringWidth from 'string-width';

const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * Cuts text to a number of terminal columns, with an ellipsis where something is missing.
 *
 * @param keep which end of a text that is too long is shown
 */
export function clip(text: string, columns: number, keep: 'start' | 'end' = 'start'): string {
	if (stringWidth(text) <= columns) return text;
	const characters = [...graphemes.segment(text)].map(({segment}) => segment);
	if (keep === 'end') characters.reverse();
	const kept: string[] = [];
	let width = stringWidth(ELLIPSIS);
	for (const character of characters) {
		width += stringWidth(character);
		if (width > columns) break;
		kept.push(character);
	}
	return keep === 'start' ? kept.join('') + ELLIPSIS : ELLIPSIS + kept.reverse().join('');
}
