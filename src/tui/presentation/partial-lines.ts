/** What is not final yet: what stands still is drawn as it will be, its tail faintly. */
import {clip, widthOf, wrap} from '../../platform/width.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {ShownTail} from '../../realtime/partial-text.ts';
import {filled, type Line, type Span, span} from './line.ts';
import {sideBySide} from './live-blocks.ts';

/** Rows kept for the partial, so that nothing jumps when it wraps. */
export const PARTIAL_ROWS = 2;

const INDENT = 2;

/**
 * The end of a partial is what is new, so a long one loses its beginning. Where several channels speak, each has a row.
 *
 * @param spoken columns of the words as they are spoken
 */
export function partialLines(view: LiveView, spoken: number, columns: number): Line[] {
	const {tails} = view;
	const [first] = tails;
	const rows =
		first === undefined
			? []
			: tails.length === 1
				? lastRows(first.stable, first.unstable, spoken, PARTIAL_ROWS)
				: tails.slice(0, PARTIAL_ROWS).map((tail) => channelRow(tail, spoken));
	if (spoken === columns) return filled(rows, PARTIAL_ROWS);
	const [language = ''] = view.translationLanguages;
	const translated = lastRows('', view.partialTranslation(language), columns - spoken, PARTIAL_ROWS);
	return filled(sideBySide(rows, translated, spoken - INDENT), PARTIAL_ROWS);
}

function channelRow({stable, unstable, speaker}: ShownTail, columns: number): Line {
	const who = speaker === undefined ? [] : [span(`  ${clip(speaker, 12)}`, `speaker:${speaker}`)];
	const width = who.reduce((sum, {text}) => sum + widthOf(text), 0);
	return [...who, ...(lastRows(stable, unstable, columns - width, 1)[0] ?? [])];
}

function lastRows(stable: string, unstable: string, columns: number, most: number): Line[] {
	const text = stable + unstable;
	if (text === '') return [];
	const rows = wrap(text, columns - INDENT - 1);
	const styled = splitAt(rows, text, stable.length).slice(-most);
	return styled.map((spans, index) => [
		span(index === 0 && rows.length > styled.length ? ' …' : '  ', 'muted'),
		...spans,
	]);
}

/** Rows that were wrapped from a text, in two styles. @param place where the second style begins in the text */
function splitAt(rows: readonly string[], text: string, place: number): Span[][] {
	let from = 0;
	return rows.map((row) => {
		// Wrapping drops spaces between rows.
		const found = text.indexOf(row, from);
		const start = found < 0 ? from : found;
		from = start + row.length;
		const steady = Math.max(0, Math.min(row.length, place - start));
		return [span(row.slice(0, steady)), span(row.slice(steady), 'muted')].filter(({text}) => text !== '');
	});
}
