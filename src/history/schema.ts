/** The tables of the history's index. All of it is derived: an index of another version is thrown away, not converted. */
export const HISTORY_VERSION = 1;

/** Lines an entry may have, its name among them: a passage's row is `number of its entry * LINES + its place`. */
export const LINES = 2 ** 20;

/**
 * `sources`: what was read, as it was then; `entry` is empty where nothing came of it. `facts`: what the ledger knew.
 * `entries`: what was transcribed. `record` is the rest of an `Entry` as JSON.
 * `passages`: what is searched: the name of each entry at place 0, then its lines. Vowel signs belong to words, for the
 * scripts of India; case and accents count for nothing.
 */
export const HISTORY_TABLES = `
create table sources (
	key text primary key,
	stamp text not null,
	facts text not null,
	entry integer
) strict;

create table entries (
	number integer primary key,
	id text not null unique,
	kind text not null,
	folded_name text not null,
	started_at integer not null,
	state text not null,
	record text not null
) strict;
create index entries_by_time on entries (started_at);

create table notes (name text primary key, value text not null) strict;

create virtual table passages using fts5(
	text, start unindexed, speaker unindexed, kind unindexed,
	tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
`;

export const HISTORY_TABLE_NAMES = ['sources', 'entries', 'notes', 'passages'] as const;
