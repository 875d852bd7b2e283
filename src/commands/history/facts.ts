/** What is told of an entry of the history. Pure. */
import type {Entry} from '../../history/entry.ts';
import {localTime} from '../../platform/local-time.ts';
import {clockTime} from '../../platform/units.ts';
import type {Column} from '../text-table.ts';

/** What a program reads of an entry. Times are seconds. */
export function entryRecord({startedAt, paths, ...entry}: Entry): object {
	return {...entry, startedAt: isoTime(startedAt), seconds: rounded(entry.seconds), ...paths};
}

/** @param idLength how many characters of the id are shown */
export function entryColumns(idLength: number): Column<Entry>[] {
	return [
		{title: 'id', text: ({id}) => id.slice(0, idLength), rank: 0},
		{title: 'transcribed', text: ({startedAt}) => localTime(startedAt), rank: 2},
		{title: 'kind', text: ({kind}) => kind, rank: 5},
		{title: 'length', text: ({seconds}) => clockTime(seconds), align: 'right', rank: 3},
		{title: 'words', text: ({words}) => String(words), align: 'right', rank: 6},
		{title: 'language', text: ({language = ''}) => language, rank: 7},
		{title: 'name', text: ({name}) => name, rank: 1, least: 16},
		{title: 'state', text: ({state}) => (state === 'finished' ? '' : state), rank: 4},
	];
}

/** For another program: columns that do not depend on a screen. */
export const PLAIN_ENTRY_COLUMNS: readonly Column<Entry>[] = [
	{title: 'id', text: ({id}) => id, rank: 0},
	{title: 'kind', text: ({kind}) => kind, rank: 0},
	{title: 'transcribed', text: ({startedAt}) => isoTime(startedAt), rank: 0},
	{title: 'seconds', text: ({seconds}) => String(rounded(seconds)), rank: 0},
	{title: 'language', text: ({language = ''}) => language, rank: 0},
	{title: 'speakers', text: ({speakers}) => String(speakers), rank: 0},
	{title: 'words', text: ({words}) => String(words), rank: 0},
	{title: 'state', text: ({state}) => state, rank: 0},
	{title: 'name', text: ({name}) => name, rank: 0},
];

export const isoTime = (milliseconds: number) => new Date(milliseconds).toISOString();

export const rounded = (seconds: number) => Math.round(seconds * 100) / 100;
