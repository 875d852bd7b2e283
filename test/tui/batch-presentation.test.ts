import {describe, expect, test} from 'bun:test';
import type {BatchEvent} from '../../src/batch/events.ts';
import {BatchTable} from '../../src/batch/table.ts';
import {type BatchModel, batchLines} from '../../src/tui/presentation/batch-lines.ts';
import {batchStatus} from '../../src/tui/presentation/batch-status.ts';
import {lineWidth} from '../../src/tui/presentation/line.ts';
import {topFor} from '../../src/tui/presentation/scrolling.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';
import {glyphs, text, WINDOWS} from '../helpers/presentation.ts';

const ascii = glyphsFor({LANG: 'C'}, 'linux');

function tableOf(...names: string[]): BatchTable {
	const table = new BatchTable();
	for (const file of names) table.apply({type: 'queued', file, name: file, bytes: 1_400_000}, 0);
	return table;
}

/** The row of one recording to which these events have happened, each a second after the one before. */
function rowAfter(
	events: readonly BatchEvent[],
	{
		now = events.length * 1000,
		columns = 140,
		look = glyphs,
	}: Partial<Record<'now' | 'columns', number>> & {
		look?: typeof glyphs;
	} = {},
): string {
	const table = tableOf('a.wav');
	for (const [index, event] of events.entries()) table.apply(event, index * 1000);
	return text(batchLines(modelOf(table, {now}), look, 24, columns)[1]!).trimEnd();
}

const modelOf = (table: BatchTable, model: Partial<BatchModel> = {}): BatchModel => ({
	rows: table.rows,
	total: table.rows.length,
	cursor: 0,
	top: 0,
	now: 0,
	saves: true,
	marked: new Set(),
	sort: 'added',
	descending: false,
	...model,
});

const file = 'a.wav';
const submitted = {type: 'submitted', file, jobId: 'j', requestId: 'q'} as const;
const done = {type: 'done', file, jobId: 'j', outputs: ['/x/a.txt', '/x/a.srt'], seconds: 1} as const;

describe('the table of jobs', () => {
	test.each(WINDOWS)('fits %i columns and %i rows, whatever the names are', (columns, rows) => {
		const table = tableOf(
			'a.wav',
			'会议录音会议录音会议录音会议录音.wav',
			'👩‍👩‍👧 family.mp3',
			`${'long'.repeat(40)}.wav`,
			'x\u001B[31m.wav',
		);
		table.apply({type: 'failed', file: 'a.wav', reason: 'because '.repeat(20), cause: 'service'}, 5);
		const lines = batchLines(modelOf(table, {cursor: 1}), glyphs, rows, columns);
		expect(lines).toHaveLength(Math.min(rows, 6));
		for (const line of lines) {
			expect(lineWidth(line)).toBeLessThanOrEqual(columns);
			expect(text(line)).not.toContain('\u001B');
		}
	});

	test('has its columns where the window is wide, and the length where a container tells it', () => {
		const table = new BatchTable();
		table.apply({type: 'queued', file, name: file, bytes: 1_400_000, audioSeconds: 3723}, 0);
		const [heading, row] = batchLines(modelOf(table), glyphs, 24, 140).map(text);
		expect(heading).toMatch(/Name +Size +Length +State +Progress +Elapsed +Result/);
		expect(row).toMatch(/❯ · a\.wav +1\.4 MB +1:02:03 +waiting/);
	});

	test('says how far an upload is, and how long it will take', () => {
		const events = [
			{type: 'uploading', file, sentBytes: 0, totalBytes: 1_400_000},
			{type: 'uploading', file, sentBytes: 700_000, totalBytes: 1_400_000},
		] as const;
		expect(rowAfter(events)).toMatch(/↑ a\.wav +1\.4 MB +uploading, 0:02 left +━{6}─{6} +0:02/);
		// Without room for a bar the share is said in figures.
		expect(rowAfter(events, {columns: 60})).toMatch(/↑ a\.wav +uploading 50 % +0:02$/);
		const all = {...events[1], sentBytes: 1_400_000};
		expect(rowAfter([events[0], all])).toMatch(/uploading, all sent +━{12} /);
	});

	test('makes up no share for what the service fetches itself, or for a job it knows nothing about', () => {
		const address = rowAfter([{type: 'uploading', file, sentBytes: 0, totalBytes: 0}], {now: 2500});
		expect(address).not.toMatch(/%|left/);
		const job = rowAfter([submitted], {now: 2500});
		expect(job).toMatch(/◐ a\.wav +1\.4 MB +transcribing +─*━{1,3}─+ +0:02/);
		expect(rowAfter([submitted], {now: 3500})).not.toBe(job);
	});

	test('marks an estimate with ~ while it is unsure, and says nothing once it has proved wrong', () => {
		const unsure = {...submitted, expected: {seconds: 40, isSure: false}};
		expect(rowAfter([unsure], {now: 10_000})).toMatch(/transcribing, ~0:30 left +━━━─{9}/);
		const sure = {...submitted, expected: {seconds: 40, isSure: true}};
		expect(rowAfter([sure], {now: 10_000})).toMatch(/transcribing, 0:30 left/);
		expect(rowAfter([sure], {now: 41_000})).not.toMatch(/left/);
	});

	test('says why and when it tries again', () => {
		const again = {type: 'retrying', file, reason: 'Too many requests', times: 2, inSeconds: 5} as const;
		expect(rowAfter([again], {now: 0})).toMatch(/↻ a\.wav .*again in 5 s .*Too many requests$/);
		expect(rowAfter([again], {now: 0, columns: 80})).toMatch(/again in 5 s: Too many/);
		expect(rowAfter([again], {now: 9000})).toContain('trying again');
		// The job goes on, whatever keeps its transcript from being fetched.
		expect(rowAfter([submitted, again], {now: 1000})).toMatch(/◐ a\.wav .*again in 5 s/);
	});

	test('says how fast it went, as players count speed', () => {
		const at = (realTimeFactor: number) => rowAfter([submitted, {...done, realTimeFactor}]);
		expect(at(0.08)).toMatch(/✓ a\.wav .* done +13x speed +0:01 {2}a\.txt, a\.srt/);
		expect(at(0.5)).toContain(' 2.0x speed');
		expect(at(2)).toContain(' 0.50x speed');
		expect(rowAfter([submitted, done])).not.toContain('speed');
	});

	test('tells what was paid for before, what was left to the service, and what the next start goes on with', () => {
		expect(rowAfter([{...done, isFromBefore: true}])).toMatch(/✓ .* done before .*a\.txt/);
		expect(rowAfter([{type: 'left', file, jobId: 'j'}])).toMatch(/→ .* at the service/);
		const interrupted = {type: 'failed', file, reason: 'interrupted', cause: 'interrupted'} as const;
		expect(rowAfter([interrupted])).toMatch(/– .* goes on at the next start/);
		expect(rowAfter([interrupted])).not.toContain('✗');
	});

	test('has a sign in ASCII for each state', () => {
		const events: BatchEvent[] = [
			{type: 'checking', file},
			{type: 'converting', file},
			{type: 'uploading', file, sentBytes: 7, totalBytes: 10},
			submitted,
			{type: 'left', file, jobId: 'j'},
			{type: 'retrying', file, reason: 'r', times: 1, inSeconds: 1},
		];
		for (const event of events) expect(rowAfter([event], {look: ascii})).toMatch(/^[\x20-\x7E]+$/);
	});

	test('draws only the rows in sight, and says which they are', () => {
		const table = tableOf(...Array.from({length: 10_000}, (_, index) => `${index}.wav`));
		const lines = batchLines(modelOf(table, {cursor: 5000, top: 4990}), glyphs, 20, 80);
		expect(lines).toHaveLength(20);
		expect(text(lines[0]!)).toContain('4991–5009 of 10000');
	});

	test('moves no more than it must to keep the cursor in sight', () => {
		expect(topFor(0, 0, 10, 100)).toBe(0);
		expect(topFor(10, 0, 10, 100)).toBe(1);
		expect(topFor(5, 1, 10, 100)).toBe(1);
		expect(topFor(0, 1, 10, 100)).toBe(0);
		expect(topFor(99, 0, 10, 100)).toBe(90);
		expect(topFor(2, 90, 10, 5)).toBe(0);
	});
});

describe('the line below the table', () => {
	const status = (table: BatchTable, model: object = {}, columns = 140) =>
		text(
			batchStatus(
				{
					table,
					limits: {uploads: 4, running: 100},
					paused: false,
					looking: false,
					selected: undefined,
					marked: 0,
					filter: '',
					now: 2000,
					...model,
				},
				glyphs,
				columns,
			),
		);

	test('adds up the table, and what is sent of it', () => {
		const table = tableOf('a.wav', 'b.wav', 'c.wav');
		table.apply({type: 'uploading', file, sentBytes: 0, totalBytes: 1_400_000}, 0);
		table.apply({type: 'uploading', file, sentBytes: 700_000, totalBytes: 1_400_000}, 1000);
		table.apply({type: 'failed', file: 'c.wav', reason: 'no', cause: 'input'}, 1000);
		expect(status(table)).toMatch(
			/^ 1 failed, 1 running, 1 waiting +700 kB of 2\.8 MB sent, 350 kB\/s, ~0:06 +max 4 uploads, 100 jobs $/,
		);
		expect(status(table, {}, 80)).toMatch(/1 waiting +700 kB of 2\.8 MB sent, 350 kB\/s, ~0:06 $/);
		expect(status(table, {}, 60)).toMatch(/1 waiting +350 kB\/s $/);
	});

	test('says that it is paused, or looks for recordings', () => {
		const table = tableOf('a.wav');
		expect(status(table, {paused: true})).toStartWith(' paused: nothing more is sent  │ 1 waiting');
		expect(status(new BatchTable(), {looking: true})).toBe(' looking for recordings…');
	});

	test('has room for the reason that has none in its row', () => {
		const table = tableOf('a.wav');
		table.apply({type: 'failed', file, reason: 'Job j was rejected', cause: 'service'}, 0);
		expect(status(table, {selected: table.rows[0]}, 80)).toBe(' 1 failed  │ Job j was rejected');
	});
});
