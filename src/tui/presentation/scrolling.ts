/** A text far longer than the screen, of which only what is shown is ever wrapped. */
import type {Line} from './line.ts';

/** Pieces of a text, each of a row or more. */
export interface Blocks {
	readonly count: number;
	/** The rows of one of them, at least one. */
	rowsOf(index: number): readonly Line[];
}

/** The last row shown: a row of a block. */
export interface Position {
	readonly block: number;
	readonly row: number;
}

/**
 * The rows down to a place. Only what is shown is wrapped, so a frame costs the same at any length.
 *
 * @param position `undefined`: to the end
 */
export function rowsDownTo(blocks: Blocks, position: Position | undefined, rows: number): Line[] {
	const shown: Line[] = [];
	const last = position === undefined ? blocks.count - 1 : Math.min(position.block, blocks.count - 1);
	for (let index = last; index >= 0 && shown.length < rows; index--) {
		const block = blocks.rowsOf(index);
		shown.unshift(...(index === position?.block ? block.slice(0, position.row + 1) : block));
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
	blocks: Blocks,
	position: Position | undefined,
	by: number,
	rows: number,
): Position | undefined {
	const highest = forward(blocks, {block: 0, row: 0}, rows - 1);
	if (highest === undefined) return undefined;
	if (by > 0) return position && forward(blocks, position, by);
	// The whole way need not be wrapped to know where it ends.
	if (by === Number.NEGATIVE_INFINITY) return highest;
	const last = blocks.count - 1;
	const from = position ?? {block: last, row: blocks.rowsOf(last).length - 1};
	const moved = backward(blocks, from, -by);
	const tooHigh =
		moved === undefined ||
		moved.block < highest.block ||
		(moved.block === highest.block && moved.row < highest.row);
	return tooHigh ? highest : moved;
}

/** The first row to show, so that the cursor stays in sight and the list moves no more than it must. */
export function topFor(cursor: number, top: number, visible: number, total: number): number {
	const highest = Math.max(0, total - visible);
	return Math.max(0, Math.min(highest, cursor, Math.max(top, cursor - visible + 1)));
}

function forward(blocks: Blocks, {block, row}: Position, by: number): Position | undefined {
	let left = row + by;
	for (let index = block; index < blocks.count; index++) {
		const height = blocks.rowsOf(index).length;
		const atEnd = index === blocks.count - 1 && left >= height - 1;
		if (atEnd) return undefined;
		if (left < height) return {block: index, row: left};
		left -= height;
	}
	return undefined;
}

function backward(blocks: Blocks, {block, row}: Position, by: number): Position | undefined {
	let left = row - by;
	for (let index = block; ; ) {
		if (left >= 0) return {block: index, row: left};
		index -= 1;
		if (index < 0) return undefined;
		left += blocks.rowsOf(index).length;
	}
}
