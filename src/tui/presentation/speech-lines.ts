/** What was said, as lines: when, who, and the words, wrapped below each other. */
import {clockTime} from '../../platform/units.ts';
import {fit, widthOf, wrap} from '../../platform/width.ts';
import type {TranscriptLine} from '../../realtime/transcript-lines.ts';
import {type Line, type Span, span} from './line.ts';

const TIME = 7;
/** A label longer than this is cut. */
const LONGEST_LABEL = 12;

/** One sentence. The speaker stands where it begins to speak, not again with each sentence. */
export function speechLines(
	{start, speaker, text}: TranscriptLine,
	previousSpeaker: string | undefined,
	columns: number,
): Line[] {
	const time = span(`${fit(clockTime(start), TIME, 'right')}  `, 'muted');
	const who: Span[] = [];
	if (speaker !== undefined) {
		const width = Math.min(LONGEST_LABEL, widthOf(speaker));
		const label = speaker === previousSpeaker ? ' '.repeat(width) : fit(speaker, width);
		who.push(span(`${label}  `, `speaker:${speaker}`));
	}
	const indent = [time, ...who].reduce((sum, part) => sum + widthOf(part.text), 0);
	return wrap(text, columns - indent - 1).map((row, index) =>
		index === 0 ? [time, ...who, span(row)] : [span(' '.repeat(indent)), span(row)],
	);
}

const wrapped = new WeakMap<readonly TranscriptLine[], {columns: number; rows: Line[]}>();

/** All rows of a transcript that grows no more. Wrapped once for each width. */
export function transcriptLines(lines: readonly TranscriptLine[], columns: number): Line[] {
	const known = wrapped.get(lines);
	if (known?.columns === columns) return known.rows;
	const rows = lines.flatMap((_line, index) => speechLinesAt(lines, index, columns));
	wrapped.set(lines, {columns, rows});
	return rows;
}

/** The last row shown: a row of a line. */
export interface Position {
	readonly line: number;
	readonly row: number;
}

/**
 * The rows of a transcript down to a place. Only what is shown is wrapped, so a frame costs the same at any length.
 *
 * @param position `undefined`: down to the end
 */
export function linesDownTo(
	lines: readonly TranscriptLine[],
	position: Position | undefined,
	rows: number,
	columns: number,
): Line[] {
	const shown: Line[] = [];
	for (let index = position?.line ?? lines.length - 1; index >= 0 && shown.length < rows; index--) {
		const block = speechLinesAt(lines, index, columns);
		shown.unshift(...(index === position?.line ? block.slice(0, position.row + 1) : block));
	}
	return shown.slice(-rows);
}

/**
 * Moves a place up (negative) or down, never so far up that rows would stay empty.
 *
 * @param rows visible rows
 * @returns `undefined` where the end is reached
 */
export function movePosition(
	lines: readonly TranscriptLine[],
	position: Position | undefined,
	by: number,
	rows: number,
	columns: number,
): Position | undefined {
	const highest = forward(lines, {line: 0, row: 0}, rows - 1, columns);
	if (highest === undefined) return undefined;
	if (by > 0) return position && forward(lines, position, by, columns);
	const last = lines.length - 1;
	const from = position ?? {line: last, row: speechLinesAt(lines, last, columns).length - 1};
	const moved = backward(lines, from, -by, columns);
	const tooHigh =
		moved === undefined ||
		moved.line < highest.line ||
		(moved.line === highest.line && moved.row < highest.row);
	return tooHigh ? highest : moved;
}

function forward(
	lines: readonly TranscriptLine[],
	{line, row}: Position,
	by: number,
	columns: number,
): Position | undefined {
	let left = row + by;
	for (let index = line; index < lines.length; index++) {
		const height = speechLinesAt(lines, index, columns).length;
		const atEnd = index === lines.length - 1 && left >= height - 1;
		if (atEnd) return undefined;
		if (left < height) return {line: index, row: left};
		left -= height;
	}
	return undefined;
}

function backward(
	lines: readonly TranscriptLine[],
	{line, row}: Position,
	by: number,
	columns: number,
): Position | undefined {
	let left = row - by;
	for (let index = line; ; ) {
		if (left >= 0) return {line: index, row: left};
		index -= 1;
		if (index < 0) return undefined;
		left += speechLinesAt(lines, index, columns).length;
	}
}

function speechLinesAt(lines: readonly TranscriptLine[], index: number, columns: number): Line[] {
	return speechLines(lines[index]!, lines[index - 1]?.speaker, columns);
}
