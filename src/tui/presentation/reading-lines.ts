/** What stands instead of the table: all that is known of one recording. */
import type {FailureCause} from '../../batch/events.ts';
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import {clockTime, fileSize, timeSpan} from '../../platform/units.ts';
import {fit, wrap} from '../../platform/width.ts';
import type {StyleName} from '../theme/styles.ts';
import {clipLine, EMPTY, type Line, span} from './line.ts';
import {speedText, stateStyle, stateText} from './row-cells.ts';

export interface Reading {
	readonly file: string;
	readonly title: string;
	readonly requestIds: readonly string[];
	/** First row shown. */
	readonly top: number;
}

const LABEL = 14;

const REMEDIES: Readonly<Record<FailureCause, string>> = {
	input: 'When that is mended, r tries again.',
	authentication: 'Quit, run "speechdeck login", and start again: r goes on from here.',
	service:
		'r tries again, and pays nothing twice. If it stays so, tell the support of Speechmatics the ids of the job and the request.',
	output: 'When there is room, r writes the files again. The transcript is kept: no new job is made.',
	interrupted: 'The next start goes on with it.',
};

/** Rows of text that a body of so many rows has room for, below the title of what is read. */
export const readingRows = (rows: number) => Math.max(1, rows - 2);

/** All rows of it. @param now milliseconds by the clock of the table's times */
export function readingText(reading: Reading, table: BatchTable, now: number, columns: number): Line[] {
	const row = table.row(reading.file);
	return row === undefined ? [] : detailLines(row, reading.requestIds, now, columns);
}

export function readingTitle({title}: Reading, columns: number): Line {
	return clipLine([span(` ${title}`, 'strong')], columns);
}

type Fact = readonly [label: string, text: string | undefined, style?: StyleName];

function detailLines(row: BatchRow, requestIds: readonly string[], now: number, columns: number): Line[] {
	const {state, trouble, bytes, audioSeconds, jobId, startedAt, endedAt, cause} = row;
	const speed = speedText(row);
	const took =
		endedAt === undefined || startedAt === undefined ? undefined : timeSpan((endedAt - startedAt) / 1000);
	const facts: Fact[] = [
		['State', stateText(row, now, false), stateStyle(row)],
		['Why', trouble?.reason ?? row.reason],
		['What to do', state === 'failed' && cause !== undefined ? REMEDIES[cause] : undefined],
		['Tries', trouble && `${trouble.times} failed in a row; it goes on by itself`],
		['Took', state === 'done' ? [took, speed].filter(Boolean).join(', ') : undefined],
		['Paid', row.isFromBefore && 'by an earlier run: no new job was made'],
		['Saved as', row.outputs.length === 0 ? undefined : row.outputs.join('\n')],
		['Recording', row.file],
		['Size', bytes === undefined ? undefined : fileSize(bytes)],
		['Length', audioSeconds === undefined ? undefined : clockTime(audioSeconds)],
		['Job', jobId],
		['Request', requestIds.length === 0 ? row.requestId : requestIds.join('\n')],
	];
	return facts.flatMap((fact) => factLines(fact, columns));
}

function factLines([label, text, style = 'plain']: Fact, columns: number): Line[] {
	if (text === undefined || text === '') return [];
	const rows = text.split('\n').flatMap((part) => wrap(part, columns - LABEL - 3));
	const lines = rows.map(
		(row, index): Line => [span(`  ${fit(index === 0 ? label : '', LABEL)}`, 'muted'), span(row, style)],
	);
	// What is to be read as sentences gets some air.
	return label === 'What to do' || label === 'Why' ? [...lines, EMPTY] : lines;
}
