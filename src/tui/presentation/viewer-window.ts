/** Which rows of a text are in sight. */
import type {Position} from './scrolling.ts';
import type {ViewerLayout} from './viewer-layout.ts';

/**
 * The rows in sight, the cursor's among them. The text moves no more than it must; where the cursor has jumped, its row
 * is shown with some of what is before it.
 *
 * @param rows visible rows
 */
export function rowsInSight(layout: ViewerLayout, cursor: Position, rows: number): Position[] {
	layout.top = topFor(layout, cursor, rows);
	const positions = rowsFrom(layout, layout.top, rows);
	if (positions.length === rows) return positions;
	// At the end no row stays empty.
	layout.top = layout.moved(positions.at(-1)!, 1 - rows);
	return rowsFrom(layout, layout.top, rows);
}

function topFor(layout: ViewerLayout, cursor: Position, rows: number): Position {
	const {top} = layout;
	const jumped = () => layout.moved(cursor, -Math.floor(rows / 3));
	if (top === undefined) return jumped();
	if (isBefore(cursor, top)) return isBefore(layout.moved(cursor, rows - 1), top) ? jumped() : cursor;
	const bottom = layout.moved(top, rows - 1);
	if (!isBefore(bottom, cursor)) return top;
	const highest = layout.moved(cursor, 1 - rows);
	return isBefore(bottom, highest) ? jumped() : highest;
}

function rowsFrom(layout: ViewerLayout, {block, row}: Position, rows: number): Position[] {
	const positions: Position[] = [];
	let first = row;
	for (let index = block; index < layout.count && positions.length < rows; index++) {
		const {length} = layout.rowsOf(index);
		for (let at = first; at < length && positions.length < rows; at++)
			positions.push({block: index, row: at});
		first = 0;
	}
	return positions;
}

const isBefore = (one: Position, other: Position) =>
	one.block < other.block || (one.block === other.block && one.row < other.row);
