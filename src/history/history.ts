/**
 * Everything that was transcribed here, batch and live, to be listed, searched, and opened at the second. The index is
 * derived from what the program keeps anyway, and is the only home of nothing.
 */
import {messageOf} from '../platform/message-of.ts';
import {deleteSession} from '../realtime/stored-sessions.ts';
import {HistoryDatabase, HistoryError, isDamaged} from './database.ts';
import {type Entry, type StoredEntry, storedEntry} from './entry.ts';
import {termsOf} from './query.ts';
import {type ReadSource, readBatch, readLive} from './reading.ts';
import {type Refreshed, type RefreshOptions, refreshed} from './refresh.ts';
import {type FoundEntry, found, type HistoryFilter, type Hit, hitsIn, listed, type Page} from './search.ts';
import type {HistoryPlaces} from './sources.ts';
import {removeSources} from './writing.ts';

/** Passages shown of each entry, unless told otherwise. */
const HITS = 3;
/** Characters of an id that are shown at least. */
const SHORTEST_ID = 6;

export interface WordOptions {
	/** The last word may not be complete. */
	readonly isTyping?: boolean;
}

export class History implements Disposable {
	readonly #places: HistoryPlaces;
	readonly #database: HistoryDatabase;
	readonly #onNotice: (sentence: string) => void;

	/**
	 * Opens the index, or makes an empty one. It shows what it held when it was last brought up to date: see `refresh`.
	 *
	 * @param onNotice is told in a sentence each what went wrong and was mended
	 * @throws HistoryError
	 */
	constructor(places: HistoryPlaces, onNotice: (sentence: string) => void = () => {}) {
		this.#places = places;
		this.#onNotice = onNotice;
		this.#database = new HistoryDatabase(places.index, onNotice);
	}

	/**
	 * Reads what is new or has changed since the last time, one source at a time, so that others can do something in between.
	 * Two may do so at once.
	 *
	 * @throws the signal's reason, or HistoryError
	 */
	async refresh(options: Omit<RefreshOptions, 'onNotice'> = {}): Promise<Refreshed> {
		const work = () => refreshed(this.#database, this.#places, {...options, onNotice: this.#onNotice});
		try {
			return await work();
		} catch (error) {
			if (!isDamaged(error)) throw this.#told(error, options.signal);
			this.#renew();
			return await work();
		}
	}

	/** Throws the index away, and reads everything. @throws as `refresh` */
	async rebuild(options: Omit<RefreshOptions, 'onNotice'> = {}): Promise<Refreshed> {
		this.#database.renew();
		return this.refresh(options);
	}

	/** The newest first. @throws HistoryError */
	entries(filter: HistoryFilter, page: Page): {entries: Entry[]; total: number} {
		return this.#read(() => listed(this.#database, filter, page));
	}

	/**
	 * Entries in which every word, `"phrase"` or `beginning*` is found, the best first.
	 *
	 * @param words as a person types them; nothing in them is an error
	 * @param page.hits passages of each entry at most; 3 unless told otherwise
	 * @throws HistoryError
	 */
	search(
		words: string,
		filter: HistoryFilter,
		{hits = HITS, ...page}: Page & {readonly hits?: number},
		options?: WordOptions,
	): {entries: FoundEntry[]; total: number} {
		return this.#read(() => found(this.#database, termsOf(words, options), filter, {...page, hits}));
	}

	/** All passages of an entry in which any of the words is found, in the order of the audio. @throws HistoryError */
	hits(id: string, words: string, options?: WordOptions): Hit[] {
		const stored = this.#stored(id);
		if (stored === undefined) return [];
		return this.#read(() => hitsIn(this.#database, stored.number, termsOf(words, options)));
	}

	/**
	 * The entries that an id may mean: the one of that id, of that session or job, or the newest for `last`; else those whose
	 * id, or session's id, begins so.
	 *
	 * @throws HistoryError
	 */
	find(id: string): Entry[] {
		if (id === '') return [];
		if (id === 'last') return this.entries({}, {limit: 1}).entries;
		const rows = this.#read(() =>
			this.#database.rows(
				`select number, record from entries where substr(id, 1, length(?1)) = ?1
				or substr(record ->> '$.sessionId', 1, length(?1)) = ?1 or record ->> '$.jobId' = ?1
				order by started_at desc`,
				[id],
			),
		);
		const entries = rows.map((row) => storedEntry(row).entry);
		const exact = entries.filter((entry) => [entry.id, entry.sessionId, entry.jobId].includes(id));
		return exact.length === 1 ? exact : entries;
	}

	/** How many characters of an id tell each entry from all others. */
	get idLength(): number {
		const ids = this.#read(() => this.#database.rows('select id from entries order by id')).map(
			({id}) => id as string,
		);
		return ids.reduce((most, id, index) => Math.max(most, 1 + shared(id, ids[index + 1] ?? '')), SHORTEST_ID);
	}

	/**
	 * What was said, read from where it is kept.
	 *
	 * @returns its lines in the order of `Hit.line`, and the transcript, which a session has once it was connected
	 * @throws HistoryError where it is gone
	 */
	async open(id: string): Promise<ReadSource> {
		const {entry} = this.#known(id);
		const {name, paths, startedAt} = entry;
		const read = await (paths.folder === undefined
			? readBatch(paths.transcript, {name, audio: paths.audio, outputs: paths.outputs}, startedAt)
			: readLive(paths.folder)
		).catch(() => 'unreadable' as const);
		if (typeof read === 'string') throw new HistoryError(`The transcript of ${name} cannot be read any more`);
		return read;
	}

	/**
	 * Deletes a session from this computer, with what was recorded. A batch transcript cannot be forgotten: it is what keeps
	 * the recording from being paid for again.
	 *
	 * @throws SessionBusyError where the session runs, or HistoryError
	 */
	forget(id: string): void {
		const {entry} = this.#known(id);
		if (entry.paths.folder === undefined) {
			throw new HistoryError(
				`The transcript of ${entry.name} stays: without it, the same recording would be paid for again`,
			);
		}
		deleteSession(entry.paths.folder);
		this.#read(() => removeSources(this.#database, [`live:${entry.sessionId}`]));
	}

	close(): void {
		this.#database.close();
	}

	[Symbol.dispose](): void {
		this.close();
	}

	#known(id: string): StoredEntry {
		const stored = this.#stored(id);
		if (stored === undefined) throw new HistoryError(`The history has no entry ${id}`);
		return stored;
	}

	#stored(id: string): StoredEntry | undefined {
		return this.#read(() => this.#database.rows('select number, record from entries where id = ?', [id])).map(
			storedEntry,
		)[0];
	}

	#read<Result>(work: () => Result): Result {
		try {
			return work();
		} catch (error) {
			if (!isDamaged(error)) throw this.#told(error);
			this.#renew();
			return work();
		}
	}

	/** What it holds afterwards is nothing: whoever looks again later finds what `refresh` brings. */
	#renew(): void {
		this.#onNotice('The index of the history was damaged: it is made anew.');
		this.#database.renew();
	}

	#told(error: unknown, signal?: AbortSignal): unknown {
		if (error instanceof HistoryError || signal?.aborted) return error;
		return new HistoryError(`The history cannot be read: ${messageOf(error)}`);
	}
}

function shared(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length += 1;
	return length;
}
