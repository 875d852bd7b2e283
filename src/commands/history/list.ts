/** `speechdeck history`. */
import type {EntryKind} from '../../history/entry.ts';
import {EXIT} from '../failure.ts';
import {ndjsonLine, type Streams} from '../streams.ts';
import {tabbedLine, tableLines} from '../text-table.ts';
import {entryColumns, entryRecord, PLAIN_ENTRY_COLUMNS} from './facts.ts';
import {withHistory} from './with-history.ts';

export interface HistoryFilterFlags {
	readonly kind?: EntryKind;
	/** Milliseconds since 1970. */
	readonly since?: number;
	/** A part of the name. */
	readonly name?: string;
}

export interface HistoryListFlags extends HistoryFilterFlags {
	readonly limit: number;
	readonly json?: boolean;
}

/** @returns the exit code */
export function historyListCommand(flags: HistoryListFlags, streams: Streams): Promise<number> {
	const {limit, json, ...filter} = flags;
	return withHistory(streams, (history) => {
		const {out, err} = streams;
		const {entries, total} = history.entries(filter, {limit});
		if (json === true) for (const entry of entries) out.line(ndjsonLine(entryRecord(entry)));
		else if (!out.isTerminal) for (const entry of entries) out.line(tabbedLine(entry, PLAIN_ENTRY_COLUMNS));
		else if (entries.length > 0) {
			for (const line of tableLines(entries, entryColumns(history.idLength), out.columns)) out.line(line);
		}
		if (total === 0) err.line(noneText(history.entries({}, {limit: 1}).total === 0));
		else if (total > entries.length) {
			err.line(`${entries.length} of ${total} are listed: --limit N lists more.`);
		}
		return EXIT.ok;
	});
}

/** @param isEmpty nothing was ever transcribed here */
export function noneText(isEmpty: boolean): string {
	return isEmpty
		? 'Nothing was transcribed here yet.\n"speechdeck batch FILE" and "speechdeck realtime" make a beginning.'
		: 'Nothing in the history is like that.';
}
