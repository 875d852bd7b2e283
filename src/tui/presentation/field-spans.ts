import {clip, fit, widthOf} from '../../platform/width.ts';
import type {TextField} from '../stores/text-field.ts';
import {type Line, span} from './line.ts';

/** What is typed, with its cursor, in exactly so many columns: the cursor is always in sight. */
export function fieldSpans(field: TextField, columns: number): Line {
	const [before, under = ' ', after] = field.parts;
	const start = endOf(before, columns - widthOf(under));
	return [span(start), span(under, 'selected'), span(fit(after, columns - widthOf(start) - widthOf(under)))];
}

/** As much of its end as has room. */
function endOf(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	// Without the ellipsis: it would be taken for what was typed.
	return clip(text, columns + 1, 'end').slice(1);
}
