import {expect, test} from 'bun:test';
import {PassThrough} from 'node:stream';
import type {BatchRow, BatchTable} from '../../src/batch/table.ts';
import {batchProgress, batchSummary, windowTitle} from '../../src/tui/presentation/window-signs.ts';
import {PlainOutput} from '../../src/tui/terminal/plain-output.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';
import {glyphs} from '../helpers/presentation.ts';

const ENDED = ['done', 'left', 'failed', 'cancelled'];

function tableOf(rows: ReadonlyArray<Partial<BatchRow>>): BatchTable {
	const count = (...states: string[]) => rows.filter(({state}) => states.includes(state!)).length;
	return {rows, count, unfinished: rows.length - count(...ENDED)} as unknown as BatchTable;
}

test('the title says first what changes', () => {
	const model = {batch: '3/5', realtime: '0:12:03', demo: false};
	expect(windowTitle(model, glyphs)).toBe('3/5 · ● 0:12:03 · speechdeck');
	expect(windowTitle({batch: '', realtime: '', demo: true}, glyphs)).toBe('speechdeck demo');
	expect(windowTitle(model, glyphsFor({LANG: 'C'}, 'linux'))).toBe('3/5 . * 0:12:03 . speechdeck');
});

test('progress is that of all recordings, an upload being half of the way', () => {
	const table = tableOf([
		{state: 'done'},
		{state: 'uploading', bytes: 100, sentBytes: 50},
		{state: 'transcribing', submittedAt: 0, expected: {seconds: 10, isSure: true}},
		{state: 'queued'},
	]);
	expect(batchProgress(table, false, 5000)?.share).toBeCloseTo((1 + 0.25 + 0.75) / 4);
});

test('of one recording of which nothing is known nothing is said', () => {
	expect(batchProgress(tableOf([{state: 'transcribing'}]), false, 0)).toEqual({share: undefined});
	expect(batchProgress(tableOf([{state: 'done'}]), false, 0)).toBeUndefined();
});

test('failures and a pause are told', () => {
	const rows = [{state: 'failed'}, {state: 'queued'}] as const;
	expect(batchProgress(tableOf(rows), false, 0)).toEqual({share: 0.5, state: 'failing'});
	expect(batchProgress(tableOf(rows), true, 0)).toEqual({share: 0.5, state: 'paused'});
});

test('ten thousand recordings are not looked through', () => {
	const rows = Array.from({length: 10_000}, () => ({state: 'queued'}) as const);
	const table = {rows: {length: rows.length}, count: () => 2500, unfinished: 7500} as unknown as BatchTable;
	expect(batchProgress(table, false, 0)?.share).toBe(0.25);
});

test('the end is told in numbers', () => {
	expect(batchSummary(tableOf([{state: 'done'}, {state: 'done'}, {state: 'failed'}]))).toBe(
		'Batch finished: 2 done, 1 failed',
	);
});

test('a terminal that can only print gets paragraphs, each once', async () => {
	const target = new PassThrough();
	let printed = '';
	target.on('data', (chunk) => {
		printed += chunk;
	});
	const output = new PlainOutput(target as unknown as NodeJS.WriteStream);
	output.write('\u001B[?25l\u001B[?2004h');
	output.write('\u001B[1ma\u001B[22m b\r\n日本\u001B]2;title\u0007\u001B[?2026l');
	output.write('a b\n日本');
	output.write('c');
	await new Promise((resolve) => output.end(() => setImmediate(resolve)));
	expect(printed).toBe('a b\n日本\n\nc\n\n');
});
