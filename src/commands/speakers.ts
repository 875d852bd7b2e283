/** `speechdeck speakers`: the people whose voices are known again. */
import {localTime} from '../platform/local-time.ts';
import {forget, isSpeakerName, rename, type SpeakerBook, type Voice} from '../settings/speaker-book.ts';
import {changeSpeakerBook, readSpeakerBook} from '../settings/speaker-book-file.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import {ndjsonLine, type Streams} from './streams.ts';
import {type Column, tabbedLine, tableLines} from './text-table.ts';

export interface SpeakersListFlags {
	readonly json?: boolean;
}

/** Prints who is in the book; identifiers are not shown. @returns the exit code */
export function speakersListCommand({json}: SpeakersListFlags, {out, err}: Streams): number {
	const book = readSpeakerBook();
	if (json === true) for (const voice of book) out.line(ndjsonLine(voiceRecord(voice)));
	else if (!out.isTerminal) for (const voice of book) out.line(tabbedLine(voice, COLUMNS));
	else if (book.length > 0) for (const line of tableLines(book, COLUMNS, out.columns)) out.line(line);
	if (book.length === 0) err.line('The book is empty: speakers you name in a live session are noted in it.');
	return EXIT.ok;
}

/** @returns the exit code @throws UsageError where nobody has that name */
export function speakersForgetCommand(names: readonly string[], {err}: Streams): number {
	changeSpeakerBook((book) => {
		for (const name of names) mustBeIn(book, name);
		return names.reduce(forget, book);
	});
	for (const name of names) err.line(ended(`${name} is forgotten`));
	return EXIT.ok;
}

/** @returns the exit code @throws UsageError where nobody has that name, or the new one cannot be a speaker's */
export function speakersRenameCommand(name: string, newName: string, {err}: Streams): number {
	const wanted = newName.trim();
	if (!isSpeakerName(wanted)) {
		throw new UsageError(
			`"${newName}" cannot be a speaker's name: the service keeps S1, S2 and UU for itself`,
		);
	}
	let isThere = false;
	changeSpeakerBook((book) => {
		mustBeIn(book, name);
		isThere = name !== wanted && book.some((voice) => voice.name === wanted);
		return rename(book, name, wanted);
	});
	err.line(ended(isThere ? `${name} and ${wanted} are one now: ${wanted}` : `${name} is ${wanted} now`));
	return EXIT.ok;
}

const COLUMNS: readonly Column<Voice>[] = [
	{title: 'name', text: ({name}) => name, rank: 0, least: 8},
	{title: 'samples', text: ({identifiers}) => String(identifiers.length), align: 'right', rank: 4},
	{title: 'model', text: ({model}) => model, rank: 2},
	{title: 'service', text: ({place}) => place, rank: 3},
	{title: 'noted', text: ({notedAt}) => localTime(Date.parse(notedAt)), rank: 5},
	{title: 'note', text: ({isStale}) => (isStale ? 'refused by the service' : ''), rank: 1},
];

function voiceRecord({name, identifiers, model, place, account, notedAt, isStale}: Voice): object {
	return {
		name,
		samples: identifiers.length,
		model,
		service: place,
		...(account !== undefined && {account}),
		notedAt,
		isStale: isStale === true,
	};
}

function mustBeIn(book: SpeakerBook, name: string): void {
	if (book.some((voice) => voice.name === name)) return;
	throw new UsageError(`Nobody in the book is called "${name}": "speechdeck speakers list" tells who is`);
}
