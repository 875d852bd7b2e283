/** The words of a transcript as a table. Source: RFC 4180. */
import type {RecognitionResult} from '../speechmatics/results.ts';
import {contentOf, languageOf, speakerOf} from '../speechmatics/transcript.ts';

type Cell = string | number | boolean | null | undefined;

const COLUMNS: Readonly<Record<string, (result: RecognitionResult) => Cell>> = {
	start: ({start_time}) => start_time,
	end: ({end_time}) => end_time,
	content: contentOf,
	type: ({type}) => type,
	confidence: ({alternatives}) => alternatives?.[0]?.confidence,
	speaker: speakerOf,
	channel: ({channel}) => channel,
	language: languageOf,
	attaches_to: ({attaches_to}) => attaches_to,
	is_eos: ({is_eos}) => is_eos,
	entity_class: ({entity_class}) => entity_class,
	tags: ({alternatives}) => alternatives?.[0]?.tags?.join(' '),
	volume: ({volume}) => volume,
};

/** A row a recognised item, times in seconds, with a head. @param simulated adds a column that says so */
export function csvText(
	results: Iterable<RecognitionResult>,
	{simulated}: {readonly simulated: boolean},
): string {
	const columns = simulated ? {...COLUMNS, simulated: () => true} : COLUMNS;
	const rows: Cell[][] = [Object.keys(columns)];
	for (const result of results) rows.push(Object.values(columns).map((cell) => cell(result)));
	return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
	if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell);
	// A spreadsheet would run it as a formula. Source: OWASP, "CSV injection".
	const safe = /^[\s\uFEFF]*[=+\-@＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
