/** Finding entries and passages in the index. */
import type {Row, Value} from '../platform/sqlite.ts';
import type {HistoryDatabase} from './database.ts';
import {type Entry, type EntryKind, folded, storedEntry} from './entry.ts';
import {LINES} from './schema.ts';
import {MARK_END, MARK_START, type Range, unmarked} from './searchable.ts';

/** Which entries are wanted. */
export interface HistoryFilter {
	readonly kind?: EntryKind | undefined;
	/** Milliseconds since 1970: those that were transcribed then or later. */
	readonly since?: number | undefined;
	/** Milliseconds since 1970: those that were transcribed before. */
	readonly until?: number | undefined;
	/** A part of the name; case and accents count for nothing. */
	readonly name?: string | undefined;
}

export interface Page {
	/** Entries at most. */
	readonly limit: number;
	/** Entries to pass over. */
	readonly offset?: number;
}

/** A passage, or a name, in which something was found. */
export interface Hit {
	readonly kind: 'speech' | 'mark' | 'name';
	/** Its place among the lines of the opened entry; `undefined` for a name. */
	readonly line: number | undefined;
	/** Seconds from the beginning of the audio. */
	readonly start: number;
	readonly speaker: string | undefined;
	readonly text: string;
	/** What was found in it. */
	readonly marks: readonly Range[];
}

export interface FoundEntry {
	readonly entry: Entry;
	/** How many passages there are; the name counts as one. */
	readonly count: number;
	/** The best of them, in the order of the audio. */
	readonly hits: readonly Hit[];
}

/** The newest first. */
export function listed(
	database: HistoryDatabase,
	filter: HistoryFilter,
	{limit, offset = 0}: Page,
): {entries: Entry[]; total: number} {
	const {where, values} = conditions(filter);
	const [counted] = database.rows(`select count(*) as total from entries ${where}`, values);
	const rows = database.rows(
		`select number, record from entries ${where} order by started_at desc, id limit ? offset ?`,
		[...values, limit, offset],
	);
	return {entries: rows.map((row) => storedEntry(row).entry), total: Number(counted!.total)};
}

/**
 * Entries in which each term is found somewhere, the one with the best passage first, the newest first among equals. Best
 * are passages that have all terms; else those are better that have more of them, or rarer ones (BM25).
 *
 * @param terms as `termsOf` gives them; none find nothing
 * @param options.hits passages of each entry at most
 */
export function found(
	database: HistoryDatabase,
	terms: readonly string[],
	filter: HistoryFilter,
	{limit, offset = 0, hits}: Page & {readonly hits: number},
): {entries: FoundEntry[]; total: number} {
	if (terms.length === 0) return {entries: [], total: 0};
	const wanted = wantedNumbers(database, terms, filter);
	if (wanted?.size === 0) return {entries: [], total: 0};
	const any = terms.join(' OR ');
	const ranked = rankedEntries(database, terms, wanted);
	const page = ranked
		.sort((one, other) => one.best - other.best || other.startedAt - one.startedAt)
		.slice(offset, offset + limit)
		.map((entry) => ({...entry, passages: bestOf(entry.passages, hits)}));
	const chosen = page.flatMap(({passages}) => passages);
	const shown = new Map(hitsAt(database, any, chosen));
	const entries = page.flatMap(({number, count, passages}) => {
		const [row] = database.rows('select number, record from entries where number = ?', [number]);
		// Another process may have removed it just now.
		if (row === undefined) return [];
		return {
			entry: storedEntry(row).entry,
			count,
			hits: passages.flatMap((passage) => shown.get(passage) ?? []),
		};
	});
	return {entries, total: ranked.length};
}

interface Scored {
	readonly passage: number;
	/** The lower, the better. */
	readonly score: number;
}

/** Less than any score that BM25 gives. */
const HAS_ALL = -1000;

/** All entries that have something, with all their passages. Grouped here: that is quicker than in SQL. */
function rankedEntries(
	database: HistoryDatabase,
	terms: readonly string[],
	wanted: ReadonlySet<number> | undefined,
) {
	const whole = terms.length === 1 ? new Set() : passagesWith(database, terms.join(' AND '));
	const passages = new Map<number, Scored[]>();
	const sql = 'select rowid as passage, rank as score from passages where passages match ?';
	for (const {passage, score} of database.rows(sql, [terms.join(' OR ')]) as unknown as Scored[]) {
		const number = Math.floor(passage / LINES);
		const scored = {passage, score: whole.has(passage) ? HAS_ALL + score : score};
		const known = passages.get(number);
		if (known !== undefined) known.push(scored);
		else if (wanted?.has(number) !== false) passages.set(number, [scored]);
	}
	const times = timesOf(database, [...passages.keys()]);
	return [...passages].map(([number, scored]) => ({
		number,
		startedAt: times.get(number) ?? 0,
		passages: scored,
		count: scored.length,
		best: scored.reduce((best, {score}) => Math.min(best, score), 0),
	}));
}

/** When entries were transcribed, by their numbers. */
function timesOf(database: HistoryDatabase, numbers: readonly number[]): Map<unknown, number> {
	const sql = 'select number, started_at from entries where number in (select value from json_each(?))';
	const rows = database.rows(sql, [JSON.stringify(numbers)]);
	return new Map(rows.map((row) => [row.number, row.started_at as number]));
}

function passagesWith(database: HistoryDatabase, query: string): Set<unknown> {
	const rows = database.rows('select rowid as passage from passages where passages match ?', [query]);
	return new Set(rows.map(({passage}) => passage));
}

/** In the order of the audio. */
function bestOf(passages: readonly Scored[], most: number): number[] {
	return passages
		.toSorted((one, other) => one.score - other.score || one.passage - other.passage)
		.slice(0, most)
		.map(({passage}) => passage)
		.sort((one, other) => one - other);
}

/** All passages of one entry in which any of the terms is found, in the order of the audio. */
export function hitsIn(database: HistoryDatabase, number: number, terms: readonly string[]): Hit[] {
	if (terms.length === 0) return [];
	const rows = database.rows(`${HITS} and rowid between ? and ? order by rowid`, [
		MARK_START,
		MARK_END,
		terms.join(' OR '),
		number * LINES,
		(number + 1) * LINES - 1,
	]);
	return rows.map(hitOf);
}

/** Passages by their rows. The sign keeps SQLite from searching anew for each of them. */
function hitsAt(database: HistoryDatabase, query: string, passages: readonly number[]): Array<[number, Hit]> {
	const rows = database.rows(`${HITS} and +rowid in (select value from json_each(?))`, [
		MARK_START,
		MARK_END,
		query,
		JSON.stringify(passages),
	]);
	return rows.map((row) => [row.passage as number, hitOf(row)]);
}

const HITS = `select rowid as passage, start, speaker, kind, highlight(passages, 0, ?, ?) as marked
	from passages where passages match ?`;

function hitOf({passage, start, speaker, kind, marked}: Row): Hit {
	const place = (passage as number) % LINES;
	return {
		kind: kind as Hit['kind'],
		line: place === 0 ? undefined : place - 1,
		start: start as number,
		speaker: (speaker ?? undefined) as string | undefined,
		...unmarked(marked as string),
	};
}

/** The entries that pass the filter and have every term; `undefined` where all may be taken. */
function wantedNumbers(
	database: HistoryDatabase,
	terms: readonly string[],
	filter: HistoryFilter,
): Set<number> | undefined {
	const {where, values} = conditions(filter);
	const numbers = (sql: string, more: readonly Value[]) =>
		new Set(database.rows(sql, more).map(({number}) => number as number));
	let wanted = where === '' ? undefined : numbers(`select number from entries ${where}`, values);
	if (terms.length === 1) return wanted;
	for (const term of terms) {
		const having = numbers(
			`select distinct rowid / ${LINES} as number from passages where passages match ?`,
			[term],
		);
		wanted = wanted === undefined ? having : wanted.intersection(having);
	}
	return wanted;
}

function conditions({kind, since, until, name}: HistoryFilter): {where: string; values: Value[]} {
	const parts: Array<readonly [sql: string, value: Value | undefined]> = [
		['kind = ?', kind],
		['started_at >= ?', since],
		['started_at < ?', until],
		['instr(folded_name, ?) > 0', name === undefined || name === '' ? undefined : folded(name)],
	];
	const given = parts.filter((part): part is readonly [string, Value] => part[1] !== undefined);
	return {
		where: given.length === 0 ? '' : `where ${given.map(([sql]) => sql).join(' and ')}`,
		values: given.map(([, value]) => value),
	};
}
