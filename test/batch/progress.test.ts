import {expect, test} from 'bun:test';
import {shareDone} from '../../src/batch/progress.ts';
import {BatchTable} from '../../src/batch/table.ts';

test('a job that was submitted after the moment a frame is drawn by has begun, and no less', () => {
	const table = new BatchTable();
	const file = 'a.wav';
	table.apply({type: 'queued', file, name: file}, 0);
	table.apply(
		{type: 'submitted', file, jobId: 'j', requestId: 'q', expected: {seconds: 10, isSure: true}},
		1000,
	);
	expect(shareDone(table.row(file)!, 920)).toBe(0);
	expect(shareDone(table.row(file)!, 6000)).toBe(0.5);
});
