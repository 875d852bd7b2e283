/** What came of a comparison: what was measured, which for what, and each place where the words differ. */
import type {Comparison} from '../../compare/comparison.ts';
import {differenceText, figureRows} from '../../compare/figure-rows.ts';
import type {Rates} from '../../compare/figures.ts';
import {guideOf} from '../../compare/guide.ts';
import type {Piece, Span as Places, SideBySide} from '../../compare/side-by-side.ts';
import {fit, widthOf, wrap} from '../../platform/width.ts';
import type {Look} from '../theme/look.tsx';
import type {StyleName} from '../theme/styles.ts';
import {
	type CompareDocument,
	flowWords,
	type PairColumns,
	pairColumns,
	pairHeading,
	pairRows,
	sidesOf,
	type TextPair,
} from './compare-texts.ts';
import {flowLines} from './flow.ts';
import {clipLine, EMPTY, type Line, span} from './line.ts';
import {sideBySide as inColumns} from './live-blocks.ts';

export interface ReportModel {
	readonly comparison: Comparison;
	readonly rates: Rates;
	/** Whether the key that sets the rates is there. */
	readonly canSetRates: boolean;
	readonly pairs: readonly TextPair[];
}

/** From so many columns on the guide stands beside the figures. */
const WIDE = 120;
const FIGURES = 62;
const NAME = 28;
const LEAST_NAME = 14;
/** Columns of the name of a side with its sign. */
const TITLE = 10;
const GAP = 2;
/** Of each pair; the texts have them all. */
const MOST_PLACES = 100;
/** Words on both sides of those that differ. */
const CONTEXT = 6;
const LEAST_CONTEXT = 1;

interface ReportPlace {
	readonly start: number;
	readonly end: number;
	readonly row: number;
	readonly draw: (isCurrent: boolean) => Line[];
}

/** All of the report. It is laid out once: a report costs the same at any length of the recording. */
export class ReportDocument implements CompareDocument {
	readonly places: ReportPlace[] = [];
	readonly #lines: Line[] = [];
	readonly #columns: number;

	constructor(model: ReportModel, look: Look, columns: number) {
		this.#columns = columns;
		const {comparison, rates, pairs, canSetRates} = model;
		const {batch, realtime} = comparison;
		const isMeasured = batch.firstWordAt !== undefined || realtime.firstWordAt !== undefined;
		const figures = (width: number) => [
			...figureLines(comparison, rates, look, width),
			...costHint(rates, canSetRates, width),
		];
		const failures = failureLines(comparison, columns);
		const isWide = isMeasured && columns >= WIDE;
		if (!isMeasured) this.#lines.push(...failures);
		else if (isWide) {
			const guide = guideLines(comparison, rates, columns - FIGURES - 2);
			this.#lines.push(...failures, ...inColumns(figures(FIGURES), guide, FIGURES + 2), EMPTY);
		} else this.#lines.push(...failures, ...figures(columns), EMPTY);
		const seconds = comparison.seconds ?? 0;
		const widths = pairColumns(columns, seconds);
		for (const pair of pairs) this.#addPair(pair, widths, look);
		if (this.#lines.at(-1) !== EMPTY) this.#lines.push(EMPTY);
		this.#lines.push(
			...wrap(closing(comparison, pairs), columns - 2).map((row): Line => [span(` ${row}`, 'muted')]),
		);
		if (!isWide) this.#lines.push(EMPTY, ...guideLines(comparison, rates, columns));
	}

	get rowCount(): number {
		return this.#lines.length;
	}

	rows(from: number, to: number, current: number | undefined): Line[] {
		const lines = this.#lines.slice(from, to);
		const place = current === undefined ? undefined : this.places[current];
		if (place !== undefined) {
			for (const [index, line] of place.draw(true).entries()) {
				const at = place.row + index - from;
				if (at >= 0 && at < lines.length) lines[at] = line;
			}
		}
		return lines;
	}

	rowOf(place: number): number {
		return this.places[place]?.row ?? 0;
	}

	#addPair(pair: TextPair, widths: PairColumns, look: Look): void {
		const {difference, flipped, left, right} = pair;
		const {changes} = difference;
		// What is judged stands first in the sentence.
		const name = flipped ? `${right} against ${lower(left)}` : `${left} against ${lower(right)}`;
		const lines = this.#lines;
		lines.push(
			...wrap(differenceText(name, difference), this.#columns - 2).map(
				(row): Line => [span(` ${row}`, 'strong')],
			),
		);
		if (changes.length > 0) lines.push(pairHeading(pair, widths, look, 'muted'));
		const sides = sidesOf(pair);
		for (const [index, {start, end}] of changes.slice(0, MOST_PLACES).entries()) {
			const draw = (isCurrent: boolean) => {
				const {left, right} = placeLines(sides, index, widths, look, isCurrent);
				return pairRows({start, left, right}, widths, look, isCurrent);
			};
			this.places.push({start, end, row: lines.length, draw});
			lines.push(...draw(false));
		}
		const more = changes.length - MOST_PLACES;
		if (more > 0) {
			lines.push([
				span(`${' '.repeat(widths.time)}and ${more} more: `, 'muted'),
				span('v', 'key'),
				span(' shows all', 'muted'),
			]);
		}
		if (changes.length > 0) lines.push(EMPTY);
	}
}

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function closing({batch, realtime}: Comparison, pairs: readonly TextPair[]): string {
	if (pairs.length > 0) return 'Case and punctuation do not count.';
	const isStopped = batch.phase === 'stopped' || realtime.phase === 'stopped';
	return isStopped
		? 'It was stopped before both had their whole text, so there are no words to compare.'
		: 'There are no two texts, so there are no words to compare.';
}

/** One that differs, with a few words around it: as many as there is room for in one row. */
function placeLines(
	{left, right, changes}: SideBySide,
	index: number,
	{left: leftColumns, right: rightColumns}: PairColumns,
	look: Look,
	isCurrent: boolean,
): {readonly left: Line[]; readonly right: Line[]} {
	const change = changes[index]!;
	const current = isCurrent ? index : undefined;
	const linesWith = (context: number) => {
		const lines = (pieces: readonly Piece[], places: Places, columns: number) =>
			flowLines(flowWords(withContext(pieces, places, context), look, current, 'muted'), columns);
		return {
			left: lines(left, change.left, leftColumns),
			right: lines(right, change.right, rightColumns),
		};
	};
	let context = CONTEXT;
	let drawn = linesWith(context);
	while (context > LEAST_CONTEXT && Math.max(drawn.left.length, drawn.right.length) > 1) {
		context -= 1;
		drawn = linesWith(context);
	}
	return drawn;
}

/** Words around a place that are the same on both sides; the next place is another one's. */
function withContext(pieces: readonly Piece[], [from, to]: Places, context: number): Piece[] {
	const before = pieces.slice(Math.max(0, from - context), from);
	const after = pieces.slice(to, to + context);
	const start = before.findLastIndex(({change}) => change !== undefined) + 1;
	const end = after.findIndex(({change}) => change !== undefined);
	return [...before.slice(start), ...pieces.slice(from, to), ...(end === -1 ? after : after.slice(0, end))];
}

const END_STYLES: Readonly<Record<string, StyleName>> = {done: 'ok', failed: 'error', stopped: 'warn'};

function figureLines(comparison: Comparison, rates: Rates, {glyphs}: Look, columns: number): Line[] {
	const rows = figureRows(comparison, rates);
	const widest = Math.max(...rows.flatMap(({batch, realtime}) => [batch, realtime].map(widthOf)), TITLE);
	const width = Math.max(1, Math.min(widest + GAP, Math.floor((columns - LEAST_NAME) / 2)));
	const name = Math.min(NAME, columns - 2 * width - 1);
	const cell = (text: string) => fit(text, width, 'right');
	const title = (mode: 'batch' | 'realtime') => {
		const {phase} = comparison[mode];
		const glyph = phase === 'done' ? glyphs.checks.ok : phase === 'failed' ? glyphs.checks.error : '-';
		return span(cell(`${glyph} ${mode}`), END_STYLES[phase] ?? 'strong');
	};
	const value = (text: string) => span(cell(text), isNothing(text) ? 'muted' : 'plain');
	return [
		[span(` ${fit('', name)}`), title('batch'), title('realtime')],
		...rows.flatMap((row) =>
			wrapped(row.name, name).map(
				(part, index): Line => [
					span(` ${fit(part, name)}`, 'muted'),
					...(index === 0 ? [value(row.batch), value(row.realtime)] : []),
				],
			),
		),
	];
}

/** As `wrap`, with what stands before its first word. */
function wrapped(text: string, columns: number): string[] {
	const indent = /^ */.exec(text)![0];
	return wrap(text.trimStart(), columns - indent.length).map((row) => indent + row);
}

const isNothing = (text: string) => text === '-' || text === 'rate not set';

function failureLines({batch, realtime}: Comparison, columns: number): Line[] {
	const lines = Object.entries({Batch: batch, Realtime: realtime}).flatMap(([name, {phase, reason}]) =>
		phase === 'failed'
			? wrap(`${name} failed: ${reason}`, columns - 2).map((row): Line => [span(` ${row}`, 'error')])
			: [],
	);
	return lines.length === 0 ? [] : [...lines, EMPTY];
}

function costHint({batch, realtime}: Rates, canSet: boolean, columns: number): Line[] {
	if ((batch !== undefined && realtime !== undefined) || !canSet) return [];
	return [clipLine([span(' '), span('c', 'key'), span(' sets what an hour costs you', 'muted')], columns)];
}

const WORK = 30;
const MODE = 10;

function guideLines(comparison: Comparison, rates: Rates, columns: number): Line[] {
	const work = columns < 70 ? Math.floor(columns * 0.38) : WORK;
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
