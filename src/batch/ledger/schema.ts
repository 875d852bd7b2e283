/** The tables of the ledger. A version that is newer than this program is refused, an older one is brought up to date. */
export const LEDGER_VERSION = 1;

/**
 * `runs`: processes that work with the ledger, so that two of them never take the same recording.
 * `recordings`: what the user wants transcribed, and how it is to be delivered.
 * `jobs`: what was asked of the service; written before it is asked. Times are milliseconds since 1970.
 * `outputs`: what was written, to tell it from what the user changed since.
 * `contents`: hashes of files as they were when last read.
 */
export const LEDGER_TABLES = `
create table runs (
	id integer primary key,
	pid integer not null,
	host text not null,
	seen_at integer not null
) strict;

create table recordings (
	id integer primary key,
	account text not null,
	source text not null,
	config_hash text not null,
	file text not null,
	kind text not null check (kind in ('file', 'url', 'job')),
	name text not null,
	size integer,
	seconds real,
	transcode integer not null default 0,
	config text not null,
	delivery text not null,
	priority integer not null default 0,
	state text not null check (state in ('pending', 'submitted', 'done', 'failed', 'cancelled')),
	cause text,
	reason text,
	reference text,
	run integer,
	added_at integer not null,
	unique (account, source, config_hash)
) strict;
create index recordings_by_state on recordings (account, state);

create table jobs (
	account text not null,
	reference text not null,
	base text not null,
	attempt integer not null,
	content text not null,
	config_hash text not null,
	size integer,
	state text not null check (state in ('submitting', 'submitted', 'fetched', 'rejected', 'gone')),
	job_id text,
	request_ids text not null default '[]',
	tries integer not null default 0,
	model text,
	language text,
	audio_seconds real,
	processing_seconds real,
	run integer,
	submitting_at integer not null,
	submitted_at integer,
	fetched_at integer,
	primary key (account, reference)
) strict;
create index jobs_by_base on jobs (account, base, attempt);

create table outputs (
	path text primary key,
	recording integer not null,
	hash text not null
) strict;
create index outputs_by_recording on outputs (recording);

create table contents (
	path text primary key,
	size integer not null,
	changed_at real not null,
	hash text not null
) strict;
`;
