/** Everything that was transcribed here, the newest first, of which only what is near the cursor is held. */
import {createStore} from 'zustand/vanilla';
import type {Entry, EntryKind} from '../../history/entry.ts';
import type {HistoryIndex} from '../services.ts';

/** Asks the index something. @returns `undefined` where that is not open, or failed */
export type ReadIndex = <Result>(work: (index: HistoryIndex) => Result) => Result | undefined;

export interface HistoryListState {
	readonly cursor: number;
	/** How many there are of this kind. */
	readonly total: number;
	/** `undefined`: of all kinds. */
	readonly kind: EntryKind | undefined;
	/** Another one as soon as what is held is. */
	readonly version: number;
}

/** Entries held on each side of the cursor at least: more than any window has rows. */
const NEAR = 150;
/** Entries read at once. */
const READ = 4 * NEAR;

const KINDS = [undefined, 'batch', 'live'] as const;

export class HistoryList {
	readonly store = createStore<HistoryListState>(() => ({
		cursor: 0,
		total: 0,
		kind: undefined,
		version: 0,
	}));
	readonly #read: ReadIndex;
	#entries: readonly Entry[] = [];
	/** Where the first of them stands among all. */
	#offset = 0;

	constructor(read: ReadIndex) {
		this.#read = read;
	}

	/** The entry at a place near the cursor. */
	entryAt(place: number): Entry | undefined {
		return this.#entries[place - this.#offset];
	}

	get selected(): Entry | undefined {
		return this.entryAt(this.store.getState().cursor);
	}

	moveTo(place: (cursor: number, last: number) => number): void {
		const {cursor: before, total} = this.store.getState();
		const last = Math.max(0, total - 1);
		const cursor = Math.max(0, Math.min(last, place(before, last)));
		if (!this.#holds(cursor)) this.#load(cursor);
		this.store.setState({cursor});
	}

	/** To the next kind, or to all. */
	cycleKind(): void {
		const {kind} = this.store.getState();
		this.store.setState({kind: KINDS[(KINDS.indexOf(kind) + 1) % KINDS.length], cursor: 0});
		this.#load(0);
	}

	/** Reads again. The cursor stays on its entry where that has moved a little; at the top it stays there. */
	reload(): void {
		const {cursor} = this.store.getState();
		const {selected} = this;
		this.#load(cursor);
		const {total} = this.store.getState();
		const found = this.#entries.findIndex(({id}) => id === selected?.id);
		const moved = cursor === 0 || found === -1 ? cursor : this.#offset + found;
		this.moveTo(() => Math.min(moved, total - 1));
	}

	#holds(cursor: number): boolean {
		const {total} = this.store.getState();
		const end = this.#offset + this.#entries.length;
		return this.#offset <= Math.max(0, cursor - NEAR) && end >= Math.min(total, cursor + NEAR);
	}

	#load(cursor: number): void {
		const offset = Math.max(0, cursor - READ / 2);
		const {kind} = this.store.getState();
		const page = this.#read((index) => index.entries({kind}, {limit: READ, offset}));
		if (page === undefined) return;
		this.#entries = page.entries;
		this.#offset = offset;
		this.store.setState(({version}) => ({total: page.total, version: version + 1}));
	}
}
