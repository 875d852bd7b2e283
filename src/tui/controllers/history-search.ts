/** What is looked for in everything that was transcribed here, and where it was found. */
import {createStore} from 'zustand/vanilla';
import type {EntryKind} from '../../history/entry.ts';
import type {FoundEntry, Hit} from '../../history/search.ts';
import {widthOf} from '../../platform/width.ts';
import type {Clock} from '../../speechmatics/clock.ts';
import {TextField} from '../stores/text-field.ts';
import type {ReadIndex} from './history-list.ts';

/** An entry, or one of the passages found in it. */
export interface FoundRow {
	readonly found: FoundEntry;
	/** `undefined` for the entry itself. */
	readonly hit: Hit | undefined;
	/** Which of the entries it belongs to, from 0. */
	readonly group: number;
}

export interface HistorySearchState {
	/** What was looked for; empty where nothing is. */
	readonly query: string;
	/** True while it is typed. */
	readonly typing: boolean;
	/** Index of a row. */
	readonly cursor: number;
	readonly rows: readonly FoundRow[];
	/** Entries in which it was found, shown or not. */
	readonly total: number;
}

/** Milliseconds after the last key until it is looked for. */
const TYPING_PAUSE = 80;
/** The same after a lone letter, which nearly every word begins with somewhere: hardly anybody wants that found. */
const LETTER_PAUSE = 400;
/** Entries read at once. */
const READ = 50;
/** Entries shown at most: nobody reads on, and each costs a look into the index. */
export const MOST_FOUND = 500;
/** Rows below the cursor that are read before they are needed: more than any window has. */
const NEAR = 150;

const NOTHING = {query: '', cursor: 0, rows: [], total: 0} as const;

export class HistorySearch {
	readonly store = createStore<HistorySearchState>(() => ({...NOTHING, typing: false}));
	readonly field = new TextField();
	readonly #read: ReadIndex;
	readonly #kind: () => EntryKind | undefined;
	readonly #clock: Clock;
	#waiting: AbortController | undefined;
	#entries = 0;
	/** Milliseconds of the last search: the next one waits longer where that was slow. */
	#took = 0;

	constructor(read: ReadIndex, kind: () => EntryKind | undefined, clock: Clock) {
		this.#read = read;
		this.#kind = kind;
		this.#clock = clock;
		this.field.store.subscribe(({text}, before) => {
			if (text !== before.text) void this.#searchSoon(text);
		});
	}

	/** Whether what was found is shown instead of everything. */
	get isActive(): boolean {
		return this.store.getState().query !== '';
	}

	get selected(): FoundRow | undefined {
		const {rows, cursor} = this.store.getState();
		return rows[cursor];
	}

	startTyping(): void {
		this.store.setState({typing: true});
	}

	/** What is typed goes on counting, and is looked for at once. */
	keep(): void {
		this.#waiting?.abort();
		const {query} = this.store.getState();
		if (this.field.text.trim() !== query) this.#search(this.field.text);
		this.store.setState({typing: false});
	}

	/** Forgets what was looked for. */
	clear(): void {
		this.field.set('');
		this.#waiting?.abort();
		this.store.setState({...NOTHING, typing: false});
	}

	moveBy(rows: number): void {
		this.moveTo(this.store.getState().cursor + rows);
	}

	/** To the last row of all that are shown. */
	moveToEnd(): void {
		this.#readOn(MOST_FOUND);
		this.moveTo(Number.POSITIVE_INFINITY);
	}

	/** @param row by its index */
	moveTo(row: number): void {
		if (row + NEAR >= this.store.getState().rows.length) this.#readOn(READ);
		const last = this.store.getState().rows.length - 1;
		this.store.setState({cursor: Math.max(0, Math.min(last, row))});
	}

	/** Looks again, as the index has changed. The cursor stays on its row where that is still found. */
	again(): void {
		if (!this.isActive) return;
		const {cursor, query} = this.store.getState();
		const {selected} = this;
		this.#search(query, Math.max(READ, this.#entries));
		const same = this.store
			.getState()
			.rows.findIndex(
				({found, hit}) => found.entry.id === selected?.found.entry.id && hit?.line === selected.hit?.line,
			);
		this.moveTo(cursor === 0 || same === -1 ? cursor : same);
	}

	/** Looks for the same among other entries. */
	restart(): void {
		this.#search(this.store.getState().query);
	}

	async #searchSoon(text: string): Promise<void> {
		this.#waiting?.abort();
		const waiting = new AbortController();
		this.#waiting = waiting;
		const query = text.trim();
		const pause = Math.max(widthOf(query) === 1 ? LETTER_PAUSE : TYPING_PAUSE, 2 * this.#took);
		try {
			if (query !== '') await this.#clock.sleep(pause, waiting.signal);
		} catch {
			return;
		}
		this.#search(text);
	}

	#search(text: string, limit = READ): void {
		const query = text.trim();
		if (query === '') {
			this.store.setState(NOTHING);
			return;
		}
		const begun = this.#clock.now();
		const found = this.#found(query, limit, 0);
		this.#took = this.#clock.now() - begun;
		this.#entries = found?.entries.length ?? 0;
		this.store.setState({
			query,
			cursor: 0,
			rows: rowsOf(found?.entries ?? [], 0),
			total: found?.total ?? 0,
		});
	}

	#readOn(limit: number): void {
		const {query, rows, total} = this.store.getState();
		const left = Math.min(total, MOST_FOUND) - this.#entries;
		if (left <= 0) return;
		const found = this.#found(query, Math.min(left, limit), this.#entries);
		if (found === undefined) return;
		this.store.setState({rows: [...rows, ...rowsOf(found.entries, this.#entries)]});
		this.#entries += found.entries.length;
	}

	/** The last word is always taken for a beginning: what was seen while it was typed stays. */
	#found(query: string, limit: number, offset: number) {
		const filter = {kind: this.#kind()};
		return this.#read((index) => index.search(query, filter, {limit, offset}, {isTyping: true}));
	}
}

/** What was found of a name is shown in it. @param first the group of the first entry */
function rowsOf(entries: readonly FoundEntry[], first: number): FoundRow[] {
	return entries.flatMap((found, index) => {
		const group = first + index;
		const spoken = found.hits.filter(({kind}) => kind !== 'name');
		return [{found, hit: undefined, group}, ...spoken.map((hit) => ({found, hit, group}))];
	});
}
