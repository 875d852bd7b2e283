/** Which sources there are, and whether they have changed, without reading them. */
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {transcribedRecordings} from '../batch/ledger/transcribed-recordings.ts';
import {messageOf} from '../platform/message-of.ts';
import {journalIn} from '../realtime/session-folder.ts';
import {HistoryError} from './database.ts';
import type {BatchFacts} from './reading.ts';

/** Where the program keeps what the history is made of. */
export interface HistoryPlaces {
	/** The file of the index. */
	readonly index: string;
	/** The folder that has a folder for each session. */
	readonly sessions: string;
	/** The folder of saved transcripts. */
	readonly transcripts: string;
	/** The file of the ledger; it need not be there. */
	readonly ledger: string;
}

export interface Source {
	/** `live:` and the name of its folder, or `batch:` and its reference. */
	readonly key: string;
	readonly path: string;
	/** Differs once the source has changed. */
	readonly stamp: string;
	/** Milliseconds since 1970. */
	readonly changedAt: number;
}

/** @throws HistoryError where a folder is there and cannot be read */
export function* sourcesIn({sessions, transcripts}: HistoryPlaces): Generator<Source> {
	for (const name of namesIn(sessions)) {
		const path = join(sessions, name);
		const folder = statSync(path, {throwIfNoEntry: false});
		if (folder?.isDirectory() !== true) continue;
		// The lock, the outputs and the parts of a recording change the folder; what is said changes the journal.
		const journal = statSync(journalIn(path), {throwIfNoEntry: false});
		const stamp = [folder.mtimeMs, journal?.mtimeMs, journal?.size].join(' ');
		yield {key: `live:${name}`, path, stamp, changedAt: folder.mtimeMs};
	}
	for (const name of namesIn(transcripts)) {
		if (!name.endsWith('.json') || name.startsWith('.')) continue;
		const path = join(transcripts, name);
		const file = statSync(path, {throwIfNoEntry: false});
		if (file?.isFile() !== true) continue;
		const stamp = `${file.mtimeMs} ${file.size}`;
		yield {key: `batch:${name.slice(0, -'.json'.length)}`, path, stamp, changedAt: file.mtimeMs};
	}
}

/** Differs once the ledger has changed. */
export function ledgerStamp(path: string): string {
	return [path, `${path}-wal`]
		.map((file) => statSync(file, {throwIfNoEntry: false}))
		.map((file) => (file === undefined ? '' : `${file.mtimeMs} ${file.size}`))
		.join(', ');
}

/**
 * What the ledger knows of transcripts, by their references. Of several recordings with one transcript the last one that was
 * asked for gives the name.
 *
 * @throws LedgerError
 */
export function factsIn(ledger: string): Map<string, BatchFacts> {
	const facts = new Map<string, BatchFacts>();
	if (!existsSync(ledger)) return facts;
	for (const {reference, name, path, outputs} of transcribedRecordings(ledger)) {
		const before = facts.get(reference);
		facts.set(reference, {
			name,
			audio: [...(before?.audio ?? []), ...(path === undefined ? [] : [path])],
			outputs: [...(before?.outputs ?? []), ...outputs],
		});
	}
	return facts;
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw new HistoryError(`The folder ${folder} cannot be read: ${messageOf(error)}`);
	}
}
