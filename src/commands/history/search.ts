/** `speechdeck history search`. */
import type {Entry} from '../../history/entry.ts';
import type {History} from '../../history/history.ts';
import {termsOf} from '../../history/query.ts';
import type {FoundEntry, Hit} from '../../history/search.ts';
import {type Piece, snippet} from '../../history/snippet.ts';
import {localDay} from '../../platform/local-time.ts';
import {printable} from '../../platform/printable.ts';
import {clockTime} from '../../platform/units.ts';
import {clip, widthOf} from '../../platform/width.ts';
import {EXIT, UsageError} from '../failure.ts';
import {ndjsonLine, type OutputStream, type Streams} from '../streams.ts';
import {type Column, tabbedLine} from '../text-table.ts';
import {isoTime, rounded} from './facts.ts';
import {type HistoryFilterFlags, noneText} from './list.ts';
import {withHistory} from './with-history.ts';

export interface HistorySearchFlags extends HistoryFilterFlags {
	/** Entries at most. */
	readonly limit: number;
	readonly json?: boolean;
}

/** Passages shown of each entry on a terminal; a program gets all. */
const SHOWN_HITS = 3;
/** Columns of a time before ten hours. */
const TIME = 7;

/** @returns the exit code */
export function historySearchCommand(
	words: readonly string[],
	flags: HistorySearchFlags,
	streams: Streams,
	environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
	const {limit, json, ...filter} = flags;
	// A shell takes the quotes off a phrase.
	const query = words.map((word) => (/\s/.test(word) && !word.includes('"') ? `"${word}"` : word)).join(' ');
	if (termsOf(query).length === 0) {
		throw new UsageError(
			`There is no word to look for in ${words.join(' ')}: name one, such as "speechdeck history search budget"`,
		);
	}
	return withHistory(streams, (history) => {
		const {out, err} = streams;
		const isForPeople = out.isTerminal && json !== true;
		const hits = isForPeople ? SHOWN_HITS : Number.MAX_SAFE_INTEGER;
		const {entries, total} = history.search(query, filter, {limit, hits});
		if (isForPeople) showEntries(entries, history, out, canBeBold(environment));
		else tellHits(entries, out, json === true);
		if (total === 0) err.line(noneText(history.entries({}, {limit: 1}).total === 0));
		else if (total > entries.length)
			err.line(`${entries.length} of ${total} are shown: --limit N shows more.`);
		if (isForPeople && entries.length > 0) err.line(exampleOf(entries[0]!, history.idLength));
		return EXIT.ok;
	});
}

function canBeBold({NO_COLOR = '', TERM}: Readonly<Record<string, string | undefined>>): boolean {
	return NO_COLOR === '' && TERM !== 'dumb';
}

function showEntries(
	entries: readonly FoundEntry[],
	history: History,
	out: OutputStream,
	isBold: boolean,
): void {
	const {idLength} = history;
	const written = (pieces: readonly Piece[]) =>
		pieces
			.map(({text, isMatch}) =>
				isMatch && isBold ? `\u001B[1m${printable(text)}\u001B[22m` : printable(text),
			)
			.join('');
	for (const [index, {entry, count, hits}] of entries.entries()) {
		if (index > 0) out.line('');
		const before = `${entry.id.slice(0, idLength)}  ${localDay(entry.startedAt)}  `;
		const name = hits.find(({kind}) => kind === 'name') ?? {text: printable(entry.name), marks: []};
		out.line(before + written(snippet(name, out.columns - widthOf(before))));
		for (const hit of hits) {
			if (hit.kind === 'name') continue;
			const label = labelOf(hit);
			const place = `  ${clockTime(hit.start).padStart(TIME)}  ${clip(label, Math.floor(out.columns / 4))}`;
			out.line(place + written(snippet(hit, out.columns - widthOf(place))));
		}
		if (count > hits.length)
			out.line(clip(`${' '.repeat(TIME + 4)}and ${count - hits.length} more`, out.columns));
	}
}

function labelOf({kind, speaker}: Hit): string {
	if (kind === 'mark') return 'mark: ';
	return speaker === undefined ? '' : `${printable(speaker)}: `;
}

function exampleOf({entry, hits}: FoundEntry, idLength: number): string {
	const at = hits.find(({kind}) => kind !== 'name')?.start ?? 0;
	return `\n"speechdeck history show ${entry.id.slice(0, idLength)} --at ${clockTime(at)}" reads on from there.`;
}

type ToldHit = Hit & {readonly entry: Entry};

const PLAIN_HIT_COLUMNS: readonly Column<ToldHit>[] = [
	{title: 'id', text: ({entry}) => entry.id, rank: 0},
	{title: 'transcribed', text: ({entry}) => isoTime(entry.startedAt), rank: 0},
	{title: 'name', text: ({entry}) => entry.name, rank: 0},
	{title: 'seconds', text: ({start}) => String(rounded(start)), rank: 0},
	{title: 'speaker', text: ({speaker = ''}) => speaker, rank: 0},
	{title: 'found in', text: ({kind}) => kind, rank: 0},
	{title: 'text', text: ({text}) => text, rank: 0},
];

function tellHits(entries: readonly FoundEntry[], out: OutputStream, asJson: boolean): void {
	for (const {entry, hits} of entries) {
		for (const {kind, start, speaker, text, marks} of hits) {
			if (!asJson) {
				out.line(tabbedLine({entry, kind, start, speaker, text, marks, line: undefined}, PLAIN_HIT_COLUMNS));
				continue;
			}
			const {id, name, startedAt} = entry;
			out.line(
				ndjsonLine({
					id,
					name,
					startedAt: isoTime(startedAt),
					in: kind,
					start: rounded(start),
					speaker,
					text,
					marks,
				}),
			);
		}
	}
}
