/** One recording both ways, side by side: how both stand, what was measured, what differs, and which to take. */
import {basename} from 'node:path';
import type {Change, Difference} from '../../compare/changes.ts';
import type {Mode} from '../../compare/compare-events.ts';
import {type BatchSide, type Comparison, elapsedOf, type RealtimeSide} from '../../compare/comparison.ts';
import {differenceText, figureRows} from '../../compare/figure-rows.ts';
import type {Rates} from '../../compare/figures.ts';
import {guideOf} from '../../compare/guide.ts';
import {clockTime} from '../../platform/units.ts';
import {fit, wrap} from '../../platform/width.ts';
import type {Look} from '../theme/look.tsx';
import type {StyleName} from '../theme/styles.ts';
import {clipLine, EMPTY, filled, type Line, span, spread} from './line.ts';
import {sideBySide} from './live-blocks.ts';
import {progressBar} from './progress-bar.ts';

export interface CompareModel {
	readonly comparison: Comparison;
	/** Seconds since the comparison began. */
	readonly elapsed: number;
	readonly running: boolean;
	readonly rates: Rates;
	readonly reference: string | undefined;
	/** Milliseconds by any clock. */
	readonly now: number;
}

interface Size {
	readonly rows: number;
	readonly columns: number;
}

const PHASES: Readonly<Record<BatchSide['phase'] | RealtimeSide['phase'], string>> = {
	waiting: 'waiting',
	uploading: 'uploading',
	processing: 'processing',
	fetching: 'fetching',
	connecting: 'connecting',
	streaming: 'streaming',
	reconnecting: 'reconnecting',
	finishing: 'finishing',
	done: 'done',
	failed: 'failed',
	stopped: 'stopped',
};

const END_STYLES: Readonly<Record<string, StyleName>> = {done: 'ok', failed: 'error', stopped: 'muted'};
/** Between the two sides. */
const BETWEEN = 3;
/** Rows of words that are always shown while they come. */
const LEAST_WORDS = 3;
const NAME = 28;

/** While it runs: how both stand, what is measured already, and the words as they come. */
export function runningLines(model: CompareModel, look: Look, {rows, columns}: Size): Line[] {
	const head = headLines(model, look, columns);
	const figures = figureLines(model, columns);
	const room = Math.max(0, rows - head.length - LEAST_WORDS - 2);
	const shown = [...head, ...(room > 3 ? [...figures.slice(0, room), EMPTY] : [EMPTY])];
	return filled([...shown, ...wordLines(model.comparison, look, rows - shown.length, columns)], rows);
}

/** All of the report, once both have come to their end. */
export function reportLines(model: CompareModel, look: Look, columns: number): Line[] {
	const {comparison, rates} = model;
	return [
		...headLines(model, look, columns),
		...figureLines(model, columns),
		...costHint(rates, columns),
		EMPTY,
		...differenceLines(comparison, columns),
		EMPTY,
		...guideLines(comparison, rates, columns),
	];
}

function headLines(model: CompareModel, look: Look, columns: number): Line[] {
	const {comparison, reference} = model;
	const {file, seconds, simulated} = comparison;
	const facts = [
		seconds === undefined ? undefined : clockTime(seconds),
		reference === undefined ? undefined : `judged by ${basename(reference)}`,
	].filter((fact) => fact !== undefined);
	const title: Line = [
		span(` ${basename(file)}`, 'strong'),
		span(facts.length === 0 ? '' : `  ${facts.join('  ')}`, 'muted'),
	];
	const mark: Line = simulated ? [span('SIMULATED ', 'warn')] : [];
	const width = sideColumns(columns);
	const one = stateLines('batch', model, look, width);
	const other = stateLines('realtime', model, look, width);
	return [
		spread(title, mark, columns),
		EMPTY,
		...beside(one, other, look, columns).map((line) => clipLine(line, columns)),
		EMPTY,
	];
}

const sideColumns = (columns: number) => Math.floor((columns - BETWEEN) / 2);

/** Two columns with a line between them. */
function beside(left: readonly Line[], right: readonly Line[], {glyphs}: Look, columns: number): Line[] {
	const rows = Math.max(left.length, right.length);
	const width = sideColumns(columns);
	const separated = filled(right, rows).map((line): Line => [span(`${glyphs.separator} `, 'muted'), ...line]);
	return sideBySide(filled(left, rows), separated, width + 1);
}

/** Name and state; how far it is; why it failed. */
function stateLines(mode: Mode, model: CompareModel, {glyphs, animations}: Look, columns: number): Line[] {
	const {comparison, elapsed, now} = model;
	const side = comparison[mode];
	const {phase, progress, reason} = side;
	const isOver = phase in END_STYLES;
	const style = END_STYLES[phase] ?? 'accent';
	const glyph =
		phase === 'done' ? glyphs.checks.ok : phase === 'failed' ? glyphs.checks.error : glyphs.recording;
	const time = clockTime(elapsedOf(side, elapsed));
	const name = mode === 'batch' ? 'Batch' : 'Realtime';
	const first = spread(
		[
			span(` ${isOver || model.running ? glyph : ' '} `, style),
			span(name, 'strong'),
			span(`  ${PHASES[phase]}`, style),
		],
		[span(time, 'muted')],
		columns,
	);
	if (reason !== undefined) {
		return [first, ...wrap(reason, columns - 3).map((row): Line => [span(`   ${row}`, 'error')])];
	}
	const bar = progressBar({share: isOver ? 1 : progress, now, animations}, glyphs, columns - 3, style);
	return [first, [span('   '), ...bar]];
}

function figureLines({comparison, rates}: CompareModel, columns: number): Line[] {
	const name = Math.min(NAME, columns - 26);
	const cell = (text: string) => fit(text, Math.min(14, Math.floor((columns - name - 2) / 2)), 'right');
	return [
		[span(` ${fit('', name)}`), span(cell('batch'), 'muted'), span(cell('realtime'), 'muted')],
		...figureRows(comparison, rates).map(
			(row): Line => [
				span(` ${fit(row.name, name)}`, 'muted'),
				span(cell(row.batch), row.batch === '-' ? 'muted' : 'plain'),
				span(cell(row.realtime), row.realtime === '-' ? 'muted' : 'plain'),
			],
		),
	].map((line) => clipLine(line, columns));
}

function costHint({batch, realtime}: Rates, columns: number): Line[] {
	if (batch !== undefined && realtime !== undefined) return [];
	return wrap('What an hour costs you is set under Compare in the settings.', columns - 2).map(
		(row): Line => [span(` ${row}`, 'muted')],
	);
}

/** The last words of both. Only what can be seen is wrapped. */
function wordLines({batch, realtime}: Comparison, look: Look, rows: number, columns: number): Line[] {
	const width = sideColumns(columns) - 2;
	const tail = (text: string) => text.slice(-width * (rows + 1));
	const last = (text: string, style: StyleName): Line[] =>
		text === '' ? [] : wrap(tail(text), width).map((row): Line => [span(` ${row}`, style)]);
	const heard = [...last(realtime.text, 'plain'), ...last(realtime.partial, 'muted')].slice(-rows);
	return beside(filled(last(batch.text, 'plain').slice(-rows), rows), filled(heard, rows), look, columns);
}

function differenceLines({findings}: Comparison, columns: number): Line[] {
	const {realtimeAgainstBatch, batchAgainstReference, realtimeAgainstReference} = findings ?? {};
	const blocks = [
		['Realtime against batch', realtimeAgainstBatch],
		['Batch against what was said', batchAgainstReference],
		['Realtime against what was said', realtimeAgainstReference],
	] as const;
	const lines = blocks.flatMap(([name, difference]) =>
		difference === undefined ? [] : [...blockLines(name, difference, columns), EMPTY],
	);
	if (lines.length === 0) return [[span(' There is nothing to compare', 'muted')]];
	return [...lines, [span(' Case and punctuation do not count.', 'muted')]];
}

function blockLines(name: string, difference: Difference, columns: number): Line[] {
	return [
		...wrap(differenceText(name, difference), columns - 2).map((row): Line => [span(` ${row}`, 'strong')]),
		...difference.changes.flatMap((change) => changeLines(change, columns)),
	];
}

const TIME = 10;

/** What was there is marked with a minus, what stands instead with a plus: colour only helps. */
function changeLines({start, before, after}: Change, columns: number): Line[] {
	const parts = [
		['-', before, 'error'],
		['+', after, 'ok'],
	] as const;
	let isFirst = true;
	return parts.flatMap(([sign, text, style]) =>
		text === ''
			? []
			: wrap(text, columns - TIME - 3).map((row, index): Line => {
					const time = isFirst ? clockTime(start).padStart(TIME - 2) : '';
					isFirst = false;
					return [
						span(fit(time, TIME), 'muted'),
						span(index === 0 ? `${sign} ` : '  ', style),
						span(row, style),
					];
				}),
	);
}

const WORK = 30;
const MODE = 10;

function guideLines(comparison: Comparison, rates: Rates, columns: number): Line[] {
	const work = Math.min(WORK, Math.floor(columns * 0.38));
	const room = columns - work - MODE - 2;
	return [
		[span(' Which for what', 'strong')],
		...guideOf(comparison, rates).flatMap((row) => {
			const names = wrap(row.work, work - 1);
			const whys = wrap(row.why, room);
			return Array.from(
				{length: Math.max(names.length, whys.length)},
				(_, index): Line => [
					span(` ${fit(names[index] ?? '', work)}`),
					span(fit(index === 0 ? row.mode : '', MODE), 'accent'),
					span(whys[index] ?? '', 'muted'),
				],
			);
		}),
	];
}
