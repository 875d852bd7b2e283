/** A screen is lines, a line is spans: what presentation functions return and components draw. */
import {printable} from '../../platform/printable.ts';
import {clip, widthOf} from '../../platform/width.ts';
import {type SpanStyle, showsOnSpaces} from '../theme/styles.ts';

export interface Span {
	readonly text: string;
	readonly style: SpanStyle;
}

export type Line = readonly Span[];

/** A span whose text may come from elsewhere: control characters do not get through. */
export function span(text: string, style: SpanStyle = 'plain'): Span {
	return {text: printable(text), style};
}

export const EMPTY: Line = [{text: ' ', style: 'plain'}];

/** A line cut to a number of columns. */
export function clipLine(line: Line, columns: number): Line {
	const clipped: Span[] = [];
	let left = columns;
	for (const {text, style} of line) {
		if (left <= 0) break;
		const part = clip(text, left);
		clipped.push({text: part, style});
		left -= widthOf(part);
		if (part !== text) break;
	}
	return clipped;
}

/**
 * The same to the eye in as few spans as there can be: Ink takes each of them apart again in every frame. Spaces take the
 * style of what is beside them.
 */
export function joined(line: Line): Line {
	const spans: Span[] = [];
	for (const {text, style} of line) {
		const last = spans.at(-1);
		const together = last && styleOfBoth(last, {text, style});
		if (together === undefined) spans.push({text, style});
		else spans[spans.length - 1] = {text: last!.text + text, style: together};
	}
	return spans;
}

function styleOfBoth(one: Span, other: Span): SpanStyle | undefined {
	if (one.style === other.style) return one.style;
	if (showsOnSpaces(one.style) || showsOnSpaces(other.style)) return undefined;
	if (other.text.trim() === '') return one.style;
	return one.text.trim() === '' ? other.style : undefined;
}

export function lineWidth(line: Line): number {
	return line.reduce((width, {text}) => width + widthOf(text), 0);
}

/** Two parts at the two ends of a line; where there is no room for both, the right one goes. */
export function spread(left: Line, right: Line, columns: number): Line {
	const gap = columns - lineWidth(left) - lineWidth(right);
	if (gap < 1) return clipLine(left, columns);
	return [...left, {text: ' '.repeat(gap), style: 'plain'}, ...right];
}

/** Lines in the middle of a space of so many rows and columns. */
export function centred(lines: readonly Line[], rows: number, columns: number): Line[] {
	const above = Math.max(0, Math.floor((rows - lines.length) / 2));
	const indented = lines.map((line): Line => {
		const indent = Math.max(0, Math.floor((columns - lineWidth(line)) / 2));
		return clipLine([{text: ' '.repeat(indent), style: 'plain'}, ...line], columns);
	});
	return [...Array.from({length: above}, () => EMPTY), ...indented].slice(0, rows);
}

/** Exactly so many lines: cut, or filled up with empty ones. */
export function filled(lines: readonly Line[], rows: number): Line[] {
	return Array.from({length: rows}, (_, index) => lines[index] ?? EMPTY);
}
