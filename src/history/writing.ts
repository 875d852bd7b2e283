/** What is written into the index. Each write is whole or not at all, and minds that another process may have done the same. */
import type {HistoryDatabase} from './database.ts';
import {type Entry, folded, storedEntry} from './entry.ts';
import type {BatchFacts, ReadSource, Unread} from './reading.ts';
import {LINES} from './schema.ts';
import {searchable} from './searchable.ts';

/** A source as it was when it was read. */
export interface Stamped {
	readonly key: string;
	readonly stamp: string;
	/** What the ledger knew, as JSON; or why there is no entry. */
	readonly facts: string;
}

export interface KnownSource extends Stamped {
	/** The number of its entry. */
	readonly entry: number | undefined;
	readonly state: string | undefined;
}

export function knownSources(database: HistoryDatabase): Map<string, KnownSource> {
	const rows = database.rows(
		'select key, stamp, facts, entry, state from sources left join entries on entries.number = sources.entry',
	);
	return new Map(
		rows.map(({key, stamp, facts, entry, state}) => [
			key as string,
			{
				key: key as string,
				stamp: stamp as string,
				facts: facts as string,
				entry: (entry ?? undefined) as number | undefined,
				state: (state ?? undefined) as string | undefined,
			},
		]),
	);
}

/** Puts what was read of a source in place of what was there. */
export function putSource(
	database: HistoryDatabase,
	{key, stamp, facts}: Stamped,
	read: ReadSource | Unread,
): void {
	database.together(() => {
		const before = numberOf(database, key);
		if (before !== undefined) removePassages(database, before);
		const number = typeof read === 'string' ? undefined : putEntry(database, read, before);
		if (before !== undefined && number === undefined)
			database.change('delete from entries where number = ?', [before]);
		database.change('insert or replace into sources (key, stamp, facts, entry) values (?, ?, ?, ?)', [
			key,
			stamp,
			typeof read === 'string' ? read : facts,
			number ?? null,
		]);
	});
}

/** Gives recordings the names and files that the ledger knows now. */
export function putFacts(
	database: HistoryDatabase,
	sources: ReadonlyArray<{readonly source: KnownSource; readonly facts: BatchFacts}>,
): void {
	database.together(() => {
		for (const {source, facts} of sources) {
			const [row] = database.rows('select number, record from entries where number = ?', [
				source.entry ?? null,
			]);
			if (row === undefined) continue;
			const {number, entry} = storedEntry(row);
			const {name = entry.name, audio, outputs} = facts;
			const renamed: Entry = {...entry, name, paths: {...entry.paths, audio, outputs}};
			database.change('update entries set folded_name = ?, record = ? where number = ?', [
				folded(name),
				JSON.stringify(renamed),
				number,
			]);
			database.change('update passages set text = ? where rowid = ?', [searchable(name), number * LINES]);
			database.change('update sources set facts = ? where key = ?', [JSON.stringify(facts), source.key]);
		}
	});
}

export function removeSources(database: HistoryDatabase, keys: readonly string[]): void {
	database.together(() => {
		for (const key of keys) {
			const number = numberOf(database, key);
			if (number !== undefined) {
				removePassages(database, number);
				database.change('delete from entries where number = ?', [number]);
			}
			database.change('delete from sources where key = ?', [key]);
		}
	});
}

function numberOf(database: HistoryDatabase, key: string): number | undefined {
	return (database.rows('select entry from sources where key = ?', [key])[0]?.entry ?? undefined) as
		| number
		| undefined;
}

function putEntry(database: HistoryDatabase, {entry, lines}: ReadSource, before: number | undefined): number {
	const {lastInsertRowid} = database.change(
		`insert or replace into entries (number, id, kind, folded_name, started_at, state, record)
		values (?, ?, ?, ?, ?, ?, ?)`,
		[
			before ?? null,
			entry.id,
			entry.kind,
			folded(entry.name),
			entry.startedAt,
			entry.state,
			JSON.stringify(entry),
		],
	);
	const number = Number(lastInsertRowid);
	const put = (place: number, text: string, start: number, speaker: string | undefined, kind: string) =>
		database.change('insert into passages (rowid, text, start, speaker, kind) values (?, ?, ?, ?, ?)', [
			number * LINES + place,
			searchable(text),
			start,
			speaker ?? null,
			kind,
		]);
	put(0, entry.name, 0, undefined, 'name');
	for (const [index, {text, start, speaker, kind = 'speech'}] of lines.slice(0, LINES - 1).entries()) {
		// Applause and gaps are seen in a transcript, not looked for.
		if (text !== '' && (kind === 'speech' || kind === 'mark')) put(index + 1, text, start, speaker, kind);
	}
	return number;
}

function removePassages(database: HistoryDatabase, number: number): void {
	database.change('delete from passages where rowid between ? and ?', [
		number * LINES,
		(number + 1) * LINES - 1,
	]);
}
