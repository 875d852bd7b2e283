/** A text in rows of a width. Only what is looked at is wrapped, and what was wrapped is kept for a while. */
import {fit, wrap} from '../../platform/width.ts';
import type {ViewedText} from '../reading/viewed-text.ts';
import {type Line, lineWidth, span} from './line.ts';
import {type Blocks, movePosition, type Position} from './scrolling.ts';
import {labelColumns, NOTES, timeText} from './speech-lines.ts';

/** A row of a line's text, in UTF-16 units. */
export type RowRange = readonly [from: number, to: number];

interface WrappedLine {
	/** What stands before the text in the first row. */
	readonly head: Line;
	/** Columns of it, in every row. */
	readonly indent: number;
	readonly ranges: readonly RowRange[];
	/** The words alone. */
	readonly rows: readonly Line[];
}

/** Lines kept wrapped: some screens of them. */
const KEPT = 2000;
/** Columns at the left for the cursor's sign, and one at the right. */
const MARGIN = 2;
const RIGHT = 1;
/** Columns for the text at least, however long the names are. */
const LEAST_TEXT = 8;

export class ViewerLayout implements Blocks {
	readonly text: ViewedText;
	readonly columns: number;
	/** The first row that was shown: the text moves no more than it must. */
	top: Position | undefined;
	readonly #wrapped = new Map<number, WrappedLine>();
	/** Columns that the labels of the speakers take. */
	readonly #labels: number;

	constructor(text: ViewedText, columns: number) {
		this.text = text;
		this.columns = columns;
		const speakers = new Set(text.lines.map(({speaker}) => speaker));
		this.#labels = Math.max(
			0,
			...[...speakers].map((speaker) => (speaker === undefined ? 0 : labelColumns(speaker))),
		);
	}

	get count(): number {
		return this.text.lines.length;
	}

	rowsOf(index: number): readonly Line[] {
		return this.wrapped(index).rows;
	}

	wrapped(index: number): WrappedLine {
		const known = this.#wrapped.get(index);
		if (known !== undefined) return known;
		if (this.#wrapped.size >= KEPT) this.#wrapped.clear();
		const wrapped = this.#wrap(index);
		this.#wrapped.set(index, wrapped);
		return wrapped;
	}

	/** The row a word begins in. */
	positionOf(word: number): Position {
		const block = this.text.lineOf(word);
		const {from} = this.text.word(word);
		const {ranges} = this.wrapped(block);
		const row = ranges.findLastIndex(([start]) => start <= from);
		return {block, row: Math.max(0, row)};
	}

	/** The column a word begins in, counted from the start of the row's text. */
	columnOf(word: number): number {
		const {block, row} = this.positionOf(word);
		const {from} = this.text.word(word);
		const [start] = this.wrapped(block).ranges[row]!;
		return lineWidth([span(this.text.lines[block]!.text.slice(start, from))]);
	}

	/** The word of a row that is nearest to a column of its text: one that begins there, if there is one. */
	wordNear({block, row}: Position, column: number): number {
		const {text} = this.text.lines[block]!;
		const [from, to] = this.wrapped(block).ranges[row]!;
		const [first, end] = this.text.wordsOf(block);
		let near = this.text.wordAt(block, from);
		for (let word = Math.max(first, near); word < end; word++) {
			const {from: start} = this.text.word(word);
			if (start >= to) break;
			if (start < from) continue;
			const isBefore = lineWidth([span(text.slice(from, start))]) <= column;
			const isOfRow = this.text.word(near).from >= from;
			if (!isBefore && isOfRow) break;
			near = word;
		}
		return near;
	}

	/** So many rows up (negative) or down, as far as there are any. */
	moved(position: Position, by: number): Position {
		const last = this.count - 1;
		return movePosition(this, position, by, 1) ?? {block: last, row: this.rowsOf(last).length - 1};
	}

	#wrap(index: number): WrappedLine {
		const line = this.text.lines[index]!;
		const head = headOf(this.text, index, this.#labels);
		const indent = Math.max(0, Math.min(lineWidth(head), this.columns - MARGIN - RIGHT - LEAST_TEXT));
		const ranges = rangesOf(line.text, this.columns - MARGIN - indent - RIGHT);
		return {head, indent, ranges, rows: ranges.map(([from, to]) => [span(line.text.slice(from, to))])};
	}
}

/** When, and who where somebody else begins to speak. */
function headOf({lines, isTimed}: ViewedText, index: number, labels: number): Line {
	const {start, speaker, speakerStyle = 'plain', kind} = lines[index]!;
	const head = isTimed
		? [span(start === undefined ? ' '.repeat(timeText(0).length) : timeText(start), 'muted')]
		: [];
	if (speaker !== undefined) {
		const width = labelColumns(speaker, labels);
		const goesOn = speakerStyle.startsWith('speaker:') && lines[index - 1]?.speaker === speaker;
		head.push(span(`${goesOn ? ' '.repeat(width) : fit(speaker, width)}  `, speakerStyle));
	}
	const {sign = '', style = 'plain'} = kind === undefined ? {} : NOTES[kind];
	return sign === '' ? head : [...head, span(sign, style)];
}

/** Where the rows of a wrapped text begin and end in it. */
function rangesOf(text: string, columns: number): RowRange[] {
	let at = 0;
	return wrap(text, columns).map((row): RowRange => {
		const found = text.indexOf(row, at);
		// Where wrapping has changed a text nobody foresaw, it is shown all the same.
		const from = found < 0 ? at : found;
		at = Math.min(text.length, from + row.length);
		return [from, at];
	});
}
