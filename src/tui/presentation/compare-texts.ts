/** Two whole texts side by side, scrolled together, with the words that differ marked. Only what is seen is drawn. */
import type {Difference} from '../../compare/changes.ts';
import {type Piece, type Span as Places, type SideBySide, sideBySide} from '../../compare/side-by-side.ts';
import {clockTime} from '../../platform/units.ts';
import {fit} from '../../platform/width.ts';
import type {Look} from '../theme/look.tsx';
import type {StyleName} from '../theme/styles.ts';
import {type FlowWord, flowLines, flowRows} from './flow.ts';
import {type Line, lineWidth, span} from './line.ts';

/** What can be scrolled, and has places to jump to. */
export interface CompareDocument {
	readonly rowCount: number;
	/** @param current the place that is chosen */
	rows(from: number, to: number, current: number | undefined): Line[];
	/** Where something differs; times are seconds. */
	readonly places: ReadonlyArray<{readonly start: number; readonly end: number}>;
	/** The row a place begins in. */
	rowOf(place: number): number;
}

/** What stands beside what. */
export interface TextPair {
	readonly left: string;
	readonly right: string;
	readonly difference: Difference;
	/** Whether what is right (`after`) stands on the left. */
	readonly flipped: boolean;
}

/** Columns of the three parts of a row. */
export interface PairColumns {
	/** With the cursor before it and a space behind it. */
	readonly time: number;
	readonly left: number;
	readonly right: number;
}

const BETWEEN = 3;

const known = new WeakMap<Difference, SideBySide>();

/** The same object for the same pair: two long texts are not put beside each other again for each width. */
export function sidesOf({difference, flipped}: TextPair): SideBySide {
	const sides = known.get(difference) ?? sideBySide(difference.aligned, flipped);
	known.set(difference, sides);
	return sides;
}

/** @param seconds the latest time there is */
export function pairColumns(columns: number, seconds: number): PairColumns {
	const time = clockTime(seconds).length + 4;
	const room = Math.max(2, columns - time - BETWEEN);
	const left = Math.floor(room / 2);
	return {time, left, right: room - left};
}

/** The names above the two. */
export function pairHeading(
	{left, right}: TextPair,
	widths: PairColumns,
	{glyphs}: Look,
	style: StyleName = 'strong',
): Line {
	return [
		span(' '.repeat(widths.time)),
		span(fit(left, widths.left), style),
		span(` ${glyphs.separator} `, 'muted'),
		span(fit(right, widths.right), style),
	];
}

/** Two texts and their time, as rows. @param isCurrent whether the cursor is on it */
export function pairRows(
	{start, left, right}: {readonly start: number; readonly left: Line[]; readonly right: Line[]},
	widths: PairColumns,
	{glyphs}: Look,
	isCurrent = false,
): Line[] {
	return Array.from({length: Math.max(left.length, right.length)}, (_, row): Line => {
		const one = left[row] ?? [];
		const time = row === 0 ? `${clockTime(start)}  ` : '';
		const cursor = row === 0 && isCurrent ? glyphs.cursor : '';
		return [
			span(fit(cursor, 2), 'accent'),
			span(fit(time, widths.time - 2, 'right'), 'muted'),
			...one,
			span(' '.repeat(Math.max(0, widths.left - lineWidth(one)))),
			span(` ${glyphs.separator} `, 'muted'),
			...(right[row] ?? []),
		];
	});
}

/**
 * Pieces as words. What differs is underlined, what is chosen inverse, and what is missing a sign: no colour is needed.
 *
 * @param plain how the rest looks
 */
export function flowWords(
	pieces: readonly Piece[],
	{glyphs, screenReader}: Look,
	current: number | undefined,
	plain: 'plain' | 'muted' = 'plain',
): FlowWord[] {
	return pieces.map(({text, gap, change}) => {
		const shown = text === '' ? glyphs.unset : text;
		return {
			text: change !== undefined && screenReader ? `[${text || 'nothing'}]` : shown,
			gap,
			style: change === undefined ? plain : change === current ? 'found' : 'unsure',
		};
	});
}

export class TextsDocument implements CompareDocument {
	readonly rowCount: number;
	readonly places: CompareDocument['places'];
	readonly #sides: SideBySide;
	readonly #look: Look;
	readonly #widths: PairColumns;
	/** The first row of each block. */
	readonly #tops: Int32Array;

	constructor(pair: TextPair, look: Look, widths: PairColumns) {
		this.places = pair.difference.changes;
		this.#sides = sidesOf(pair);
		this.#look = look;
		this.#widths = widths;
		const {blocks, left, right} = this.#sides;
		this.#tops = new Int32Array(blocks.length + 1);
		for (const [index, block] of blocks.entries()) {
			const rows = Math.max(
				1,
				this.#rowsOf(left, block.left, widths.left),
				this.#rowsOf(right, block.right, widths.right),
			);
			this.#tops[index + 1] = this.#tops[index]! + rows;
		}
		this.rowCount = this.#tops[blocks.length]!;
	}

	rows(from: number, to: number, current: number | undefined): Line[] {
		const {blocks, left, right} = this.#sides;
		const first = this.#blockAt(from);
		const lines: Line[] = [];
		for (let index = first; index < blocks.length && this.#tops[index]! < to; index++) {
			const block = blocks[index]!;
			const words = (pieces: readonly Piece[], [start, end]: Places) =>
				flowWords(pieces.slice(start, end), this.#look, current);
			const texts = {
				start: block.start,
				left: flowLines(words(left, block.left), this.#widths.left),
				right: flowLines(words(right, block.right), this.#widths.right),
			};
			lines.push(...pairRows(texts, this.#widths, this.#look));
		}
		const above = from - (this.#tops[first] ?? 0);
		return lines.slice(above, above + to - from);
	}

	rowOf(place: number): number {
		const {blocks, changes, left, right} = this.#sides;
		const change = changes[place];
		if (change === undefined) return 0;
		const index = blocks.findIndex(({left: [, end]}) => change.left[0] < end);
		const block = blocks[index];
		if (block === undefined) return 0;
		const rowIn = (pieces: readonly Piece[], [from]: Places, [at]: Places, columns: number) =>
			Math.max(0, this.#rowsOf(pieces, [from, at + 1], columns) - 1);
		const row = Math.min(
			rowIn(left, block.left, change.left, this.#widths.left),
			rowIn(right, block.right, change.right, this.#widths.right),
		);
		return this.#tops[index]! + row;
	}

	#rowsOf(pieces: readonly Piece[], [from, to]: Places, columns: number): number {
		return flowRows(flowWords(pieces.slice(from, to), this.#look, undefined), columns);
	}

	/** The last block that begins in this row or above. */
	#blockAt(row: number): number {
		let [low, high] = [0, this.#sides.blocks.length];
		while (low < high - 1) {
			const middle = (low + high) >> 1;
			if (this.#tops[middle]! <= row) low = middle;
			else high = middle;
		}
		return low;
	}
}
