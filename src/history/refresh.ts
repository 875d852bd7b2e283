/** Brings the index up to date with its sources: only what has changed is read. */
import {setImmediate as nextTurn} from 'node:timers/promises';
import {messageOf} from '../platform/message-of.ts';
import {lockIn} from '../realtime/session-folder.ts';
import {isLocked} from '../realtime/session-lock.ts';
import type {HistoryDatabase} from './database.ts';
import {type BatchFacts, NO_FACTS, type ReadSource, readBatch, readLive, type Unread} from './reading.ts';
import {factsIn, type HistoryPlaces, ledgerStamp, type Source, sourcesIn} from './sources.ts';
import {type KnownSource, knownSources, putFacts, putSource, removeSources} from './writing.ts';

export interface RefreshProgress {
	/** Sources that were read, of those that had to be. */
	readonly done: number;
	readonly total: number;
}

export interface Refreshed {
	/** Sources that were new or had changed. */
	readonly read: number;
	/** Sources that were gone. */
	readonly removed: number;
	/** Files that should hold a transcript or a session and do not, of all there are. */
	readonly unreadable: number;
}

export interface RefreshOptions {
	/** Aborted, it stops between two sources; what was done stays. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: RefreshProgress) => void;
	/** One sentence each. */
	readonly onNotice: (sentence: string) => void;
}

/** Sources looked at between two chances for others to do something. */
const LOOKS = 500;
/** Sources removed or renamed in one write. */
const WRITES = 20;

/** @throws the signal's reason, HistoryError, or the database's error */
export async function refreshed(
	database: HistoryDatabase,
	places: HistoryPlaces,
	options: RefreshOptions,
): Promise<Refreshed> {
	const {signal, onProgress, onNotice} = options;
	const known = knownSources(database);
	const gone = new Set(known.keys());
	const changed: Source[] = [];
	const unchanged: KnownSource[] = [];
	let looked = 0;
	for (const source of sourcesIn(places)) {
		gone.delete(source.key);
		const before = known.get(source.key);
		if (before === undefined || hasChanged(source, before)) changed.push(source);
		else unchanged.push(before);
		looked += 1;
		if (looked % LOOKS === 0) await turn(signal);
	}
	const ledger = ledgerStamp(places.ledger);
	const ledgerHasChanged = ledger !== noteOf(database, 'ledger');
	const facts =
		ledgerHasChanged || changed.some(({key}) => key.startsWith('batch:'))
			? factsOf(places, onNotice)
			: undefined;

	for (const keys of slices([...gone])) {
		removeSources(database, keys);
		await turn(signal);
	}
	if (facts !== undefined && ledgerHasChanged) {
		const renamed = unchanged
			.filter(({key, entry}) => entry !== undefined && key.startsWith('batch:'))
			.map((source) => ({source, facts: facts.get(referenceIn(source)) ?? NO_FACTS}))
			.filter(({source, facts}) => source.facts !== JSON.stringify(facts));
		for (const part of slices(renamed)) {
			putFacts(database, part);
			await turn(signal);
		}
	}
	for (const [done, source] of changed.entries()) {
		await turn(signal);
		onProgress?.({done, total: changed.length});
		if (isReadMeanwhile(database, source, known.get(source.key))) continue;
		await readInto(database, source, facts?.get(referenceIn(source)) ?? NO_FACTS);
	}
	if (facts !== undefined && ledgerHasChanged) {
		database.change(`insert or replace into notes (name, value) values ('ledger', ?)`, [ledger]);
	}
	const [row] = database.rows(`select count(*) as count from sources where facts = 'unreadable'`);
	return {read: changed.length, removed: gone.size, unreadable: Number(row?.count ?? 0)};
}

function hasChanged({stamp, path}: Source, before: KnownSource): boolean {
	// A process that was killed leaves everything as it was.
	return stamp !== before.stamp || (before.state === 'running' && !isLocked(lockIn(path)));
}

/** Whether another process has read a source since this one looked. */
function isReadMeanwhile(
	database: HistoryDatabase,
	{key, stamp}: Source,
	before: KnownSource | undefined,
): boolean {
	if (before?.stamp === stamp) return false;
	return database.rows('select stamp from sources where key = ?', [key])[0]?.stamp === stamp;
}

async function readInto(database: HistoryDatabase, source: Source, facts: BatchFacts): Promise<void> {
	const {key, path, stamp, changedAt} = source;
	const stamped = {key, stamp, facts: JSON.stringify(facts)};
	let read: ReadSource | Unread;
	try {
		read = await (key.startsWith('live:') ? readLive(path) : readBatch(path, facts, changedAt));
	} catch {
		// One that vanishes or fails this very moment must not keep the others out: it is read again the next time.
		return putSource(database, {...stamped, stamp: ''}, 'unreadable');
	}
	putSource(database, stamped, read);
}

const referenceIn = ({key}: {readonly key: string}) => key.slice(key.indexOf(':') + 1);

function factsOf(
	{ledger}: HistoryPlaces,
	onNotice: (sentence: string) => void,
): Map<string, BatchFacts> | undefined {
	try {
		return factsIn(ledger);
	} catch (error) {
		onNotice(`${messageOf(error)}. Recordings are listed without their files.`);
		return undefined;
	}
}

function noteOf(database: HistoryDatabase, name: string): string | undefined {
	return database.rows('select value from notes where name = ?', [name])[0]?.value as string | undefined;
}

/** Lets others do something. @throws the signal's reason */
async function turn(signal: AbortSignal | undefined): Promise<void> {
	await nextTurn();
	signal?.throwIfAborted();
}

function* slices<Item>(items: readonly Item[]): Generator<Item[]> {
	for (let from = 0; from < items.length; from += WRITES) yield items.slice(from, from + WRITES);
}
