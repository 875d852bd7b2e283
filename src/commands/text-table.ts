/** Rows and columns as text: fitted to a terminal's width, or tab-separated for another program. Pure. */
import {printable} from '../platform/printable.ts';
import {clip, fit, widthOf} from '../platform/width.ts';

export interface Column<Row> {
	readonly title: string;
	readonly text: (row: Row) => string;
	readonly align?: 'left' | 'right';
	/** As the terminal narrows, the column with the highest number goes first. */
	readonly rank: number;
	/** A column that may be cut keeps at least so many terminal columns; without it, it is never cut. */
	readonly least?: number;
}

const GAP = 2;

interface Laid<Row> {
	readonly column: Column<Row>;
	readonly cells: readonly string[];
	/** What its longest cell needs. */
	readonly natural: number;
	width: number;
}

/**
 * Lays rows out under their titles. A column whose cells are all empty is left out; where the rest does not fit, columns
 * are first cut as far as they allow, then dropped by rank.
 *
 * @param width terminal columns
 * @returns the line of titles, then one line for each row, none wider than `width`
 */
export function tableLines<Row>(
	rows: readonly Row[],
	columns: readonly Column<Row>[],
	width: number,
): string[] {
	const laid = chosen(columns.map((column) => layOut(rows, column)).filter(hasText), width);
	const lineOf = (cellOf: (item: Laid<Row>) => string) => {
		const cells = laid.map((item) => fit(cellOf(item), item.width, item.column.align));
		return clip(cells.join(' '.repeat(GAP)).trimEnd(), width);
	};
	return [
		lineOf(({column}) => column.title.toUpperCase()),
		...rows.map((_, index) => lineOf(({cells}) => cells[index]!)),
	];
}

/** A row for another program to read: every column, in order, with tabs between them. */
export function tabbedLine<Row>(row: Row, columns: readonly Column<Row>[]): string {
	return columns.map(({text}) => printable(text(row))).join('\t');
}

function layOut<Row>(rows: readonly Row[], column: Column<Row>): Laid<Row> {
	const cells = rows.map((row) => printable(column.text(row)));
	const natural = cells.reduce((most, cell) => Math.max(most, widthOf(cell)), widthOf(column.title));
	const least = Math.max(column.least ?? natural, widthOf(column.title));
	return {column, cells, natural, width: Math.min(natural, least)};
}

function hasText<Row>({cells}: Laid<Row>): boolean {
	return cells.length === 0 || cells.some((cell) => cell !== '');
}

function chosen<Row>(laid: readonly Laid<Row>[], width: number): Laid<Row>[] {
	const byRank = laid.toSorted((one, other) => one.column.rank - other.column.rank);
	while (byRank.length > 1 && totalOf(byRank) > width) byRank.pop();
	let left = width - totalOf(byRank);
	for (const item of byRank) {
		const more = Math.max(0, Math.min(left, item.natural - item.width));
		item.width += more;
		left -= more;
	}
	return laid.filter((item) => byRank.includes(item));
}

function totalOf<Row>(laid: readonly Laid<Row>[]): number {
	return laid.reduce((sum, {width}) => sum + width, GAP * (laid.length - 1));
}
