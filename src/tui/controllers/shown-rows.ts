/** The recordings that a filter lets through, in an order. */
import {elapsedOf, stateWord} from '../../batch/row-state.ts';
import type {BatchRow} from '../../batch/table.ts';

export const SORT_KEYS = ['added', 'name', 'state', 'size', 'length', 'elapsed'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface RowOrder {
	readonly sort: SortKey;
	readonly descending: boolean;
	/** Words that all have to be there; `!` before one: that must not. */
	readonly filter: string;
}

/**
 * Filters and sorts a table of which a row at a time changes: of thousands, only those that changed are looked at again,
 * and the order by name is worked out anew only when rows have come.
 */
export class ShownRows {
	readonly #filter = new Filter();
	readonly #names = new NameOrder();

	/**
	 * @param rows of a table to which rows are only added
	 * @param now milliseconds by the clock of the rows' times
	 */
	of(rows: readonly BatchRow[], {sort, descending, filter}: RowOrder, now: number): readonly BatchRow[] {
		const passes = this.#filter.passing(rows, filter);
		const places = sort === 'name' ? this.#names.of(rows) : rows.keys();
		const shown: BatchRow[] = [];
		for (const place of places) if (passes(place)) shown.push(rows[place]!);
		const inOrder = sort === 'added' || sort === 'name' ? shown : byNumber(shown, NUMBERS[sort], now);
		return descending ? inOrder.reverse() : inOrder;
	}
}

class Filter {
	#filter = '';
	#rows: BatchRow[] = [];
	#passes: boolean[] = [];

	/** @returns whether the row at a place is let through */
	passing(rows: readonly BatchRow[], filter: string): (place: number) => boolean {
		const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
		if (words.length === 0) return () => true;
		if (filter !== this.#filter) [this.#filter, this.#rows] = [filter, []];
		for (const [place, row] of rows.entries()) {
			if (this.#rows[place] === row) continue;
			this.#rows[place] = row;
			this.#passes[place] = hasWords(row, words);
		}
		return (place) => this.#passes[place]!;
	}
}

function hasWords(row: BatchRow, words: readonly string[]): boolean {
	const text = `${row.name} ${stateWord(row)}`.toLowerCase();
	return words.every((word) =>
		word.startsWith('!') && word.length > 1 ? !text.includes(word.slice(1)) : text.includes(word),
	);
}

const byName = new Intl.Collator(undefined, {numeric: true});

/** Names do not change, and no other comparison is as slow. */
class NameOrder {
	#places: readonly number[] = [];

	/** @returns the places of the rows */
	of(rows: readonly BatchRow[]): readonly number[] {
		if (this.#places.length !== rows.length)
			this.#places = [...rows.keys()].sort((one, other) =>
				byName.compare(rows[one]!.name, rows[other]!.name),
			);
		return this.#places;
	}
}

/** What comes first where the order is that of the states: what wants to be looked at. */
const STATE_ORDER: ReadonlyArray<BatchRow['state']> = [
	'failed',
	'saving',
	'transcribing',
	'uploading',
	'converting',
	'checking',
	'queued',
	'left',
	'cancelled',
	'done',
];

type Key = (row: BatchRow, now: number) => number;

const NUMBERS: Readonly<Record<Exclude<SortKey, 'added' | 'name'>, Key>> = {
	state: ({state}) => STATE_ORDER.indexOf(state),
	size: ({bytes}) => bytes ?? -1,
	length: ({audioSeconds}) => audioSeconds ?? -1,
	elapsed: (row, now) => elapsedOf(row, now) ?? -1,
};

function byNumber(rows: readonly BatchRow[], key: Key, now: number): BatchRow[] {
	return rows
		.map((row) => ({row, value: key(row, now)}))
		.sort((one, other) => one.value - other.value)
		.map(({row}) => row);
}
