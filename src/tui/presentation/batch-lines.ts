/** The table of jobs as lines. Columns drop out as the window narrows. */
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import {clockTime, fileSize} from '../../platform/units.ts';
import {fit, widthOf} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {centred, clipLine, EMPTY, type Line, type Span, span} from './line.ts';
import {elapsedText, progressLine, resultText, stateGlyph, stateStyle, stateText} from './row-cells.ts';

export interface BatchModel {
	readonly table: BatchTable;
	/** Index of the row the cursor is on. */
	readonly cursor: number;
	/** Index of the first row shown. */
	readonly top: number;
	/** Milliseconds by the clock of the table's times. */
	readonly now: number;
	/** False in the demo without a folder, where results are only looked at. */
	readonly saves: boolean;
}

/** Columns of the parts that do not grow. */
const SIZE = 8;
const LENGTH = 8;
const ELAPSED = 7;
const BAR = 12;
const STATE = 26;
/** Window widths from which a column has room. */
const SIZE_FROM = 64;
const BAR_FROM = 76;
const RESULT_FROM = 104;
const LENGTH_FROM = 124;

/** The table's heading and as many rows as there is room for. */
export function batchLines(model: BatchModel, glyphs: Glyphs, rows: number, columns: number): Line[] {
	const {table, top} = model;
	if (table.rows.length === 0) return emptyLines(rows, columns);
	const layout = layoutOf(columns);
	const shown = table.rows.slice(top, top + rows - 1);
	const place = `${top + 1}–${top + shown.length} of ${table.rows.length}`;
	const names = [...(shown.length < table.rows.length ? [`Name  ${place}`, place] : []), 'Name'];
	const heading = cells(layout, {
		name: span(names.find((name) => widthOf(name) <= layout.name) ?? '', 'muted'),
		size: 'Size',
		length: 'Length',
		state: span('State', 'muted'),
		progress: [span(fit('Progress', BAR), 'muted')],
		elapsed: 'Elapsed',
		result: span('Result', 'muted'),
	});
	return [
		[span('    '), ...heading],
		...shown.map((row, index) => rowLine(row, top + index === model.cursor, model, layout, glyphs)),
	].map((line) => clipLine(line, columns));
}

/** The first row to show, so that the cursor stays in sight and the table moves no more than it must. */
export function topFor(cursor: number, top: number, visible: number, total: number): number {
	const highest = Math.max(0, total - visible);
	return Math.max(0, Math.min(highest, cursor, Math.max(top, cursor - visible + 1)));
}

function emptyLines(rows: number, columns: number): Line[] {
	return centred(
		[
			[span('No recordings yet', 'strong')],
			EMPTY,
			[
				span('Press '),
				span('a', 'key'),
				span(' to pick files, '),
				span('u', 'key'),
				span(' for an address,'),
			],
			[span('or drop files and folders into this window.')],
		],
		rows,
		columns,
	);
}

interface Layout {
	readonly name: number;
	readonly size: boolean;
	readonly length: boolean;
	readonly state: number;
	readonly bar: boolean;
	readonly result: number;
}

function layoutOf(columns: number): Layout {
	const size = columns >= SIZE_FROM;
	const length = columns >= LENGTH_FROM;
	const bar = columns >= BAR_FROM;
	const fixed = (size ? SIZE + 1 : 0) + (length ? LENGTH + 1 : 0) + (bar ? BAR + 1 : 0) + ELAPSED;
	const rest = columns - 7 - fixed;
	if (columns < RESULT_FROM) {
		const state = Math.max(14, Math.min(30, Math.floor(rest * 0.58)));
		return {name: rest - state, size, length, state, bar, result: 0};
	}
	const name = Math.floor((rest - STATE - 1) * 0.5);
	return {name, size, length, state: STATE, bar, result: rest - STATE - 1 - name};
}

function cells(
	layout: Layout,
	content: {
		name: Span;
		size: string;
		length: string;
		state: Span;
		progress: Line;
		elapsed: string;
		result: Span;
	},
): Line {
	const cell = ({text, style}: Span, width: number) => span(fit(text, width), style);
	const number = (text: string, width: number) => span(fit(text, width, 'right'), 'muted');
	const gap = span(' ');
	return [
		cell(content.name, layout.name),
		gap,
		...(layout.size ? [number(content.size, SIZE), gap] : []),
		...(layout.length ? [number(content.length, LENGTH), gap] : []),
		gap,
		cell(content.state, layout.state - 1),
		gap,
		...(layout.bar ? [...content.progress, gap] : []),
		number(content.elapsed, ELAPSED),
		...(layout.result > 0 ? [span('  '), cell(content.result, layout.result - 1)] : []),
	];
}

function rowLine(row: BatchRow, selected: boolean, model: BatchModel, layout: Layout, glyphs: Glyphs): Line {
	const {now} = model;
	const style = stateStyle(row);
	const state = stateText(row, now, layout.bar);
	const result = resultText(row, model.saves);
	// Where there is no column for the result, it stands where the state is.
	const merged = layout.result === 0 && result !== '' ? `${state}: ${result}` : state;
	return [
		span(selected ? `${glyphs.cursor} ` : '  ', 'accent'),
		span(`${stateGlyph(row, glyphs)} `, style),
		...cells(layout, {
			name: span(row.name, selected ? 'strong' : 'plain'),
			size: row.bytes === undefined ? '' : fileSize(row.bytes),
			length: row.audioSeconds === undefined ? '' : clockTime(row.audioSeconds),
			state: span(merged, style),
			progress: progressLine(row, now, glyphs, BAR),
			elapsed: elapsedText(row, now),
			result: span(result, row.state === 'done' ? 'plain' : style),
		}),
	];
}
