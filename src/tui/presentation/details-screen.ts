/** The details of a recording in the whole body, or where the window is wide, beside the table. */
import type {BodySize, Screen} from '../screens/screen.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {UNICODE} from '../theme/glyphs.ts';
import {type Details, detailsLines} from './details-lines.ts';
import {clipLine, EMPTY, filled, type Line, lineWidth, span, spread} from './line.ts';

export interface Reading {
	readonly file: string;
	/** First row shown. */
	readonly top: number;
	/** All that is known of it now; `undefined` where it is in the table no more. */
	readonly details: () => Details | undefined;
}

/** From so many columns on the details stand beside the table. */
export const PANE_FROM = 140;
const PANE_SHARE = 0.42;
const WIDEST_PANE = 90;
/** Columns between table and pane, with the line that parts them. */
const GAP = 3;

/** The whole body as table and pane. @returns `undefined` where it is too narrow for both */
export function besideOf(columns: number): {readonly table: number; readonly pane: number} | undefined {
	if (columns < PANE_FROM) return undefined;
	const pane = Math.min(WIDEST_PANE, Math.floor(columns * PANE_SHARE));
	return {table: columns - pane - GAP, pane};
}

/** Rows of text that a body of so many rows has room for, below the title. */
export const detailsRows = (rows: number) => Math.max(1, rows - 2);

/** The highest first row there is. @param size of the body */
export function lastTop({details}: Reading, {rows, columns}: BodySize): number {
	const known = details();
	if (known === undefined) return 0;
	// Glyphs do not change how many rows there are.
	const {length} = detailsLines(known, UNICODE, besideOf(columns)?.pane ?? columns);
	return Math.max(0, length - detailsRows(rows));
}

/** The details in the whole body. */
export function detailsScreen(reading: Reading, {rows, columns}: BodySize, glyphs: Glyphs): Screen {
	const {lines, place} = inSight(reading, {rows, columns}, glyphs);
	return {body: [detailsTitle(reading, columns), EMPTY, ...lines], status: place};
}

/** The table's lines, and beside them what is known of the recording the cursor is on. */
export function withPane(
	table: readonly Line[],
	reading: Reading,
	{rows, columns}: BodySize,
	glyphs: Glyphs,
): Line[] {
	const widths = besideOf(columns)!;
	const {lines, place} = inSight(reading, {rows, columns: widths.pane}, glyphs);
	const title = spread(detailsTitle(reading, widths.pane), place, widths.pane);
	const pane = filled([title, EMPTY, ...lines], rows);
	return filled(table, rows).map((line, index): Line => {
		const left = clipLine(line, widths.table);
		const space = ' '.repeat(widths.table - lineWidth(left));
		return [...left, span(`${space} `), span(glyphs.separator, 'muted'), span(' '), ...pane[index]!];
	});
}

export function detailsTitle({details}: Reading, columns: number): Line {
	return clipLine([span(` ${details()?.row.name ?? ''}`, 'strong')], columns);
}

function inSight({details, top}: Reading, {rows, columns}: BodySize, glyphs: Glyphs) {
	const known = details();
	const all = known === undefined ? [] : detailsLines(known, glyphs, columns);
	const visible = detailsRows(rows);
	const last = Math.max(0, all.length - visible);
	const first = Math.min(top, last);
	const place = `${first + 1}–${Math.min(all.length, first + visible)} of ${all.length} `;
	return {
		lines: all.slice(first, first + visible),
		place: last === 0 ? EMPTY : [span(` ${place}`, 'muted')],
	};
}
