/** Which recordings of the batch are shown, in which order, which of them are marked, and where the cursor is. */
import {createStore} from 'zustand/vanilla';
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import {TextField} from '../stores/text-field.ts';
import {type RowOrder, ShownRows, SORT_KEYS, type SortKey} from './shown-rows.ts';

export {SORT_KEYS, type SortKey} from './shown-rows.ts';

export interface BatchListState extends RowOrder {
	/** The recording the cursor is on; it stays there when the order changes. */
	readonly file: string | undefined;
	/** Where that was. */
	readonly at: number;
	/** By file. */
	readonly marked: ReadonlySet<string>;
	/** True while the filter is typed. */
	readonly typing: boolean;
}

interface Shown {
	readonly rows: readonly BatchRow[];
	readonly of: readonly unknown[];
}

export class BatchList {
	readonly store = createStore<BatchListState>(() => ({
		file: undefined,
		at: 0,
		sort: 'added',
		descending: false,
		filter: '',
		marked: new Set(),
		typing: false,
	}));
	/** What is typed of the filter. */
	readonly field = new TextField();
	readonly #table: BatchTable;
	readonly #now: () => number;
	readonly #order = new ShownRows();
	#shown: Shown = {rows: [], of: []};

	/** @param now milliseconds by the clock of the table */
	constructor(table: BatchTable, now: () => number) {
		this.#table = table;
		this.#now = now;
		this.field.store.subscribe(({text}) => this.store.setState({filter: text}));
	}

	/** Those that are shown. Sorted and filtered once for each version of the table. */
	get rows(): readonly BatchRow[] {
		const {sort, descending, filter} = this.store.getState();
		const {rows, version} = this.#table;
		if (sort === 'added' && !descending && filter === '') return rows;
		const of = [version, sort, descending, filter];
		if (this.#shown.of.some((value, index) => value !== of[index]) || this.#shown.of.length === 0)
			this.#shown = {rows: this.#order.of(rows, {sort, descending, filter}, this.#now()), of};
		return this.#shown.rows;
	}

	/** Index of the row the cursor is on. */
	get cursor(): number {
		const {file, at} = this.store.getState();
		const {rows} = this;
		if (file === undefined || rows[at]?.file === file) return Math.min(at, Math.max(0, rows.length - 1));
		const found = rows.findIndex((row) => row.file === file);
		return found === -1 ? Math.max(0, Math.min(at, rows.length - 1)) : found;
	}

	get selected(): BatchRow | undefined {
		return this.rows[this.cursor];
	}

	/** What a command is for: what is marked, or where the cursor is. */
	get chosen(): readonly BatchRow[] {
		const {marked} = this.store.getState();
		if (marked.size > 0) return this.#table.rows.filter(({file}) => marked.has(file));
		return this.selected === undefined ? [] : [this.selected];
	}

	moveTo(place: (cursor: number, last: number) => number): void {
		const {rows} = this;
		const last = Math.max(0, rows.length - 1);
		const at = Math.max(0, Math.min(last, place(this.cursor, last)));
		this.store.setState({at, file: rows[at]?.file});
	}

	/** To a recording, wherever it stands. */
	moveToFile(file: string): void {
		this.moveTo((cursor) => {
			const found = this.rows.findIndex((row) => row.file === file);
			return found === -1 ? cursor : found;
		});
	}

	/** To the next recording that failed, from the start again after the last one. */
	moveToFailure(): void {
		const {rows} = this;
		this.moveTo((cursor) => {
			for (let step = 1; step <= rows.length; step++) {
				const index = (cursor + step) % rows.length;
				if (rows[index]!.state === 'failed') return index;
			}
			return cursor;
		});
	}

	/** Marks the recording at the cursor, or takes its mark, and goes on to the next one. */
	toggleMark(): void {
		const {selected} = this;
		if (selected === undefined) return;
		const marked = new Set(this.store.getState().marked);
		if (!marked.delete(selected.file)) marked.add(selected.file);
		this.store.setState({marked});
		this.moveTo((cursor) => cursor + 1);
	}

	/** Marks all that is shown; takes their marks where all have one. */
	toggleAllMarks(): void {
		const {rows} = this;
		const marked = new Set(this.store.getState().marked);
		const all = rows.every(({file}) => marked.has(file));
		for (const {file} of rows) {
			if (all) marked.delete(file);
			else marked.add(file);
		}
		this.store.setState({marked});
	}

	unmark(): void {
		this.store.setState({marked: new Set()});
	}

	/** To the next order, or to a certain one; that again turns it round. */
	sortBy(key?: SortKey): void {
		this.store.setState(({sort, descending}) => {
			if (key === undefined) return {sort: SORT_KEYS[(SORT_KEYS.indexOf(sort) + 1) % SORT_KEYS.length]!};
			return key === sort ? {descending: !descending} : {sort: key, descending: false};
		});
	}

	turnRound(): void {
		this.store.setState(({descending}) => ({descending: !descending}));
	}

	startTyping(): void {
		this.store.setState({typing: true});
	}

	/** @param keep what is typed goes on counting */
	endTyping(keep: boolean): void {
		this.store.setState({typing: false});
		if (!keep) this.field.set('');
	}
}
