/** The table of jobs as lines. Columns drop out as the window narrows. */
import {basename} from 'node:path';
import type {BatchRow, BatchTable, RowState} from '../../batch/table.ts';
import {clockTime, fileSize} from '../../platform/units.ts';
import {fit} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {centred, clipLine, EMPTY, type Line, type Span, span} from './line.ts';

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

const STATE_STYLES: Readonly<Record<RowState, StyleName>> = {
	queued: 'muted',
	uploading: 'accent',
	transcribing: 'accent',
	saving: 'accent',
	done: 'ok',
	failed: 'error',
	cancelled: 'muted',
};

/** Columns of the parts that do not grow. */
const SIZE = 8;
const ELAPSED = 7;
const BAR = 12;
const STATE = 24;
/** Window widths from which a column has room. */
const SIZE_FROM = 64;
const BAR_FROM = 76;
const RESULT_FROM = 104;

/** The table's heading and as many rows as there is room for. */
export function batchLines(model: BatchModel, glyphs: Glyphs, rows: number, columns: number): Line[] {
	const {table} = model;
	if (table.rows.length === 0) return emptyLines(rows, columns);
	const layout = layoutOf(columns);
	const heading = cells(layout, {
		name: span('Name', 'muted'),
		size: 'Size',
		state: span('State', 'muted'),
		bar: [span(fit('Progress', BAR), 'muted')],
		elapsed: 'Elapsed',
		result: span('Result', 'muted'),
	});
	const shown = table.rows.slice(model.top, model.top + rows - 1);
	return [
		clipLine([span('    '), ...heading], columns),
		...shown.map((row, index) => rowLine(row, model.top + index === model.cursor, model, layout, glyphs)),
	].map((line) => clipLine(line, columns));
}

/** The first row to show, so that the cursor stays in sight and the table moves no more than it must. */
export function topFor(cursor: number, top: number, visible: number, total: number): number {
	const highest = Math.max(0, total - visible);
	return Math.max(0, Math.min(highest, cursor, Math.max(top, cursor - visible + 1)));
}

/** Rows of text that a body of so many rows has room for, below the title of what is read. */
export const readingRows = (rows: number) => Math.max(1, rows - 2);

/** One line that adds it all up. */
export function totalsLine(table: BatchTable): Line {
	if (table.rows.length === 0) return EMPTY;
	const parts: Span[] = [];
	const part = (count: number, word: string, style: StyleName) => {
		if (count === 0) return;
		parts.push(span(parts.length === 0 ? ' ' : ', ', 'muted'), span(`${count} ${word}`, style));
	};
	part(table.count('done'), 'done', 'ok');
	part(table.count('failed'), 'failed', 'error');
	part(table.count('cancelled'), 'cancelled', 'muted');
	part(table.count('uploading', 'transcribing', 'saving'), 'running', 'accent');
	part(table.count('queued'), 'waiting', 'muted');
	return parts;
}

function emptyLines(rows: number, columns: number): Line[] {
	return centred(
		[
			[span('No recordings yet', 'strong')],
			EMPTY,
			[span('Press '), span('a', 'key'), span(' to pick files,')],
			[span('or drop files and folders into this window.')],
		],
		rows,
		columns,
	);
}

interface Layout {
	readonly name: number;
	readonly size: boolean;
	readonly state: number;
	readonly bar: boolean;
	readonly result: number;
}

function layoutOf(columns: number): Layout {
	const size = columns >= SIZE_FROM;
	const bar = columns >= BAR_FROM;
	const rest = columns - 5 - (size ? SIZE + 1 : 0) - (bar ? BAR + 1 : 0) - ELAPSED - 2;
	if (columns < RESULT_FROM) {
		const state = Math.max(14, Math.min(30, Math.floor(rest * 0.55)));
		return {name: rest - state, size, state, bar, result: 0};
	}
	const name = Math.floor((rest - STATE - 1) * 0.5);
	return {name, size, state: STATE, bar, result: rest - STATE - 1 - name};
}

function cells(
	layout: Layout,
	content: {name: Span; size: string; state: Span; bar: Line; elapsed: string; result: Span},
): Line {
	const cell = ({text, style}: Span, width: number) => span(fit(text, width), style);
	const gap = span(' ');
	return [
		cell(content.name, layout.name),
		gap,
		...(layout.size ? [span(fit(content.size, SIZE, 'right'), 'muted'), gap] : []),
		cell(content.state, layout.state),
		gap,
		...(layout.bar ? [...content.bar, gap] : []),
		span(fit(content.elapsed, ELAPSED, 'right'), 'muted'),
		...(layout.result > 0 ? [span('  '), cell(content.result, layout.result - 1)] : []),
	];
}

function rowLine(row: BatchRow, selected: boolean, model: BatchModel, layout: Layout, glyphs: Glyphs): Line {
	const style = STATE_STYLES[row.state];
	const state = stateText(row, model.now);
	const result = resultText(row, model.saves);
	// Where there is no column for the result, it stands where the state is.
	const merged = layout.result === 0 && result !== '' ? `${state}: ${result}` : state;
	return [
		span(selected ? `${glyphs.cursor} ` : '  ', 'accent'),
		span(`${glyphs.states[row.state]} `, style),
		...cells(layout, {
			name: span(row.name, selected ? 'strong' : 'plain'),
			size: row.bytes === undefined ? '' : fileSize(row.bytes),
			state: span(merged, style),
			bar: barSpans(row, model.now, glyphs),
			elapsed: elapsedText(row, model.now),
			result: span(result, row.state === 'failed' ? 'error' : 'plain'),
		}),
	];
}

function stateText(row: BatchRow, now: number): string {
	if (row.state === 'queued') return 'waiting';
	if (row.state !== 'uploading') return row.state;
	const percent = Math.floor((row.sentBytes / Math.max(1, row.bytes ?? 1)) * 100);
	const seconds = (now - (row.startedAt ?? now)) / 1000;
	const rate = seconds < 0.5 ? '' : ` ${fileSize(row.sentBytes / seconds)}/s`;
	return `uploading ${percent} %${rate}`;
}

function resultText(row: BatchRow, saves: boolean): string {
	if (row.state === 'failed') return row.reason ?? '';
	if (row.state !== 'done') return '';
	return saves ? row.outputs.map((path) => basename(path)).join(', ') : 'not saved';
}

function elapsedText({startedAt, endedAt}: BatchRow, now: number): string {
	return startedAt === undefined ? '' : clockTime(((endedAt ?? now) - startedAt) / 1000);
}

/** The upload's true share; while the service works, which tells no share, a part that moves. */
function barSpans(row: BatchRow, now: number, {bar: [empty, full]}: Glyphs): Line {
	const style = STATE_STYLES[row.state];
	if (row.state === 'transcribing' || row.state === 'saving') {
		const at = Math.floor((now - (row.submittedAt ?? now)) / 500) % BAR;
		const moving = Array.from({length: BAR}, (_, index) => ((index - at + BAR) % BAR < 3 ? full : empty));
		return [span(moving.join(''), style)];
	}
	const share = row.state === 'done' ? 1 : row.sentBytes / Math.max(1, row.bytes ?? 1);
	const filled = row.state === 'uploading' || row.state === 'done' ? Math.round(share * BAR) : 0;
	return [span(full.repeat(filled), style), span(empty.repeat(BAR - filled), 'muted')];
}
