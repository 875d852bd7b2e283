import {clip, widthOf} from '../../platform/width.ts';
import type {TextField} from '../stores/text-field.ts';
import {type Line, span} from './line.ts';

/** What is typed, with its cursor, in exactly so many columns: the cursor is always in sight. */
export function fieldSpans(field: TextField, columns: number): Line {
	const [before, after] = field.parts;
	const [under = ' '] = after;
	const start = clippedAtStart(before, columns - widthOf(under));
	const rest = clip(after.slice(under.length), columns - widthOf(start) - widthOf(under));
	const filler = ' '.repeat(Math.max(0, columns - widthOf(start) - widthOf(under) - widthOf(rest)));
	return [span(start), span(under, 'selected'), span(rest + filler)];
}

function clippedAtStart(text: string, columns: number): string {
	let start = text;
	while (widthOf(start) > columns) start = start.slice((start.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
	return start;
}
