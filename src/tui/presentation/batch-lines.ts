/** The table of jobs as lines. Columns drop out as the window narrows. */
import type {BatchRow} from '../../batch/table.ts';
import {clockTime, fileSize} from '../../platform/units.ts';
import {fit, widthOf} from '../../platform/width.ts';
import type {SortKey} from '../controllers/batch-list.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {centred, clipLine, EMPTY, type Line, type Span, span} from './line.ts';
import {elapsedText, progressLine, resultText, stateGlyph, stateStyle, stateText} from './row-cells.ts';

export interface BatchModel {
	/** Those that are shown, in their order. */
	readonly rows: readonly BatchRow[];
	/** How many there are, shown or not. */
	readonly total: number;
	/** Index of the row the cursor is on. */
	readonly cursor: number;
	/** Index of the first row shown. */
	readonly top: number;
	/** Milliseconds by the clock of the rows' times. */
	readonly now: number;
	/** False in the demo without a folder, where results are only looked at. */
	readonly saves: boolean;
	/** By file. */
	readonly marked: ReadonlySet<string>;
	readonly sort: SortKey;
	readonly descending: boolean;
	/** False: bars stand still where the share is not known. */
	readonly animations?: boolean;
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

const SHOW_ALL: Line = [span('    '), span('Esc', 'key'), span(' shows all', 'muted')];

/** The table's heading and as many rows as there is room for. */
export function batchLines(model: BatchModel, glyphs: Glyphs, rows: number, columns: number): Line[] {
	const {top, total} = model;
	if (total === 0) return emptyLines(rows, columns);
	const layout = layoutOf(columns);
	const shown = model.rows.slice(top, top + rows - 1);
	const nothing: Line[] =
		model.rows.length === 0 ? [EMPTY, [span('    No name and no state has that', 'muted')], SHOW_ALL] : [];
	return [
		[span('    '), ...headingOf(model, layout, glyphs, shown.length)],
		...shown.map((row, index) => rowLine(row, top + index === model.cursor, model, layout, glyphs)),
		...nothing,
	].map((line) => clipLine(line, columns));
}

/** Where the headings stand that the table can be sorted by, to be clicked. */
export function headingPlaces(columns: number): Array<{sort: SortKey; from: number; to: number}> {
	const layout = layoutOf(columns);
	const widths: ReadonlyArray<readonly [SortKey | undefined, number]> = [
		['name', 4 + layout.name + 1],
		...(layout.size ? [['size', SIZE + 1] as const] : []),
		...(layout.length ? [['length', LENGTH + 1] as const] : []),
		['state', layout.state + 1],
		...(layout.bar ? [[undefined, BAR + 1] as const] : []),
		['elapsed', ELAPSED],
	];
	let from = 0;
	return widths.flatMap(([sort, width]) => {
		const place = {from, to: from + width};
		from = place.to;
		return sort === undefined ? [] : [{sort, ...place}];
	});
}

function headingOf(model: BatchModel, layout: Layout, glyphs: Glyphs, shown: number): Line {
	const {rows, top, total, sort, descending} = model;
	const arrow = descending ? glyphs.descending : glyphs.ascending;
	const title = (key: SortKey, text: string) => (sort === key ? `${text} ${arrow}` : text);
	const name = title('name', 'Name');
	const place = `${top + 1}–${top + shown} of ${rows.length}`;
	const of = rows.length === total ? place : `${rows.length} of ${total}`;
	const names = [...(shown < total ? [`${name}  ${of}`, of] : []), name];
	return cells(layout, {
		name: span(names.find((text) => widthOf(text) <= layout.name) ?? '', 'muted'),
		size: title('size', 'Size'),
		length: title('length', 'Length'),
		state: span(title('state', 'State'), 'muted'),
		progress: [span(fit('Progress', BAR), 'muted')],
		elapsed: sort === 'elapsed' ? title('elapsed', 'Took') : 'Elapsed',
		result: span('Result', 'muted'),
	});
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
	const {now, marked} = model;
	const style = stateStyle(row);
	const isMarked = marked.has(row.file);
	const state = stateText(row, now, layout.bar);
	const result = resultText(row, model.saves);
	// Where there is no column for the result, it stands where the state is.
	const merged = layout.result === 0 && result !== '' ? `${state}: ${result}` : state;
	return [
		span(selected ? glyphs.cursor : ' ', 'accent'),
		span(isMarked ? glyphs.mark : ' ', 'key'),
		span(`${stateGlyph(row, glyphs)} `, style),
		...cells(layout, {
			name: span(row.name, isMarked ? 'key' : selected ? 'strong' : 'plain'),
			size: row.bytes === undefined ? '' : fileSize(row.bytes),
			length: row.audioSeconds === undefined ? '' : clockTime(row.audioSeconds),
			state: span(merged, style),
			progress: progressLine(row, now, glyphs, BAR, model.animations),
			elapsed: elapsedText(row, now),
			result: span(result, row.state === 'done' ? 'plain' : style),
		}),
	];
}
