/** Words of several styles as rows: what `wrap` is for plain text. */
import {charactersOf, widthOf} from '../../platform/width.ts';
import type {SpanStyle} from '../theme/styles.ts';
import {type Line, type Span, span} from './line.ts';

export interface FlowWord {
	readonly text: string;
	/** What stands before it, unless it begins a row. */
	readonly gap: string;
	readonly style: SpanStyle;
}

/** Words as rows of at most so many columns; one that is wider is broken. */
export function flowLines(words: readonly FlowWord[], columns: number): Line[] {
	const rows: Span[][] = [];
	let left = 0;
	for (const word of words) {
		for (const {text, gap, style} of fitting(word, columns)) {
			const width = widthOf(text);
			const row = rows.at(-1);
			if (row === undefined || gap.length + width > left) {
				rows.push([span(text, style)]);
				left = columns - width;
			} else {
				// The gap between two words of one style looks like them.
				const isOne = row.at(-1)!.style === style;
				if (isOne) row[row.length - 1] = span(row.at(-1)!.text + gap + text, style);
				else row.push(...(gap === '' ? [] : [span(gap)]), span(text, style));
				left -= gap.length + width;
			}
		}
	}
	return rows;
}

/** How many rows that would be. */
export function flowRows(words: ReadonlyArray<Pick<FlowWord, 'text' | 'gap'>>, columns: number): number {
	let [rows, left] = [0, 0];
	for (const word of words) {
		for (const {text, gap} of fitting(word, columns)) {
			const width = widthOf(text);
			if (rows === 0 || gap.length + width > left) {
				rows += 1;
				left = columns - width;
			} else left -= gap.length + width;
		}
	}
	return rows;
}

function fitting<Word extends Pick<FlowWord, 'text' | 'gap'>>(word: Word, columns: number): readonly Word[] {
	if (widthOf(word.text) <= columns) return [word];
	const parts: Word[] = [];
	let part = '';
	for (const segment of charactersOf(word.text)) {
		if (part !== '' && widthOf(part + segment) > columns) {
			parts.push({...word, text: part, gap: parts.length === 0 ? word.gap : ''});
			part = '';
		}
		part += segment;
	}
	return [...parts, {...word, text: part, gap: parts.length === 0 ? word.gap : ''}];
}
