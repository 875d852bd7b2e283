/** One row of a text that is read: its words, with what is marked in them. */
import type {SpanStyle} from '../theme/styles.ts';
import type {Span} from './line.ts';
import {type Line, span} from './line.ts';
import type {RowRange} from './viewer-layout.ts';

/** A part of a line's text that looks different, in UTF-16 units. */
export interface Marking {
	readonly from: number;
	readonly to: number;
	readonly style: SpanStyle;
}

/** @param markings where several lie over each other, the last one is seen */
export function markedSpans(
	text: string,
	[from, to]: RowRange,
	style: SpanStyle,
	markings: readonly Marking[],
): Line {
	const inRow = markings.filter((marking) => marking.from < to && marking.to > from);
	if (inRow.length === 0) return [span(text.slice(from, to), style)];
	const cuts = new Set([from, to]);
	for (const marking of inRow) {
		cuts.add(Math.max(from, marking.from));
		cuts.add(Math.min(to, marking.to));
	}
	const places = [...cuts].sort((one, other) => one - other);
	const spans: Span[] = [];
	for (const [index, start] of places.slice(0, -1).entries()) {
		const marking = inRow.findLast((one) => one.from <= start && one.to > start);
		spans.push(span(text.slice(start, places[index + 1]), marking?.style ?? style));
	}
	return spans;
}
