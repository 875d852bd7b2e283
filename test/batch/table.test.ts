import {expect, test} from 'bun:test';
import {pathsIn} from '../../src/batch/dropped-paths.ts';
import {BatchTable} from '../../src/batch/table.ts';

test('events become rows, and rows are counted by state', () => {
	const table = new BatchTable();
	table.apply({type: 'queued', file: 'a.wav', name: 'a.wav', bytes: 100}, 0);
	table.apply({type: 'queued', file: 'b.wav', name: 'b.wav', bytes: 200}, 0);
	table.apply({type: 'failed', file: 'none.wav', reason: 'there is no such file', cause: 'input'}, 0);
	expect(table.rows.map(({file, state}) => [file, state])).toEqual([
		['a.wav', 'queued'],
		['b.wav', 'queued'],
		['none.wav', 'failed'],
	]);
	table.apply({type: 'uploading', file: 'a.wav', sentBytes: 0, totalBytes: 100}, 10);
	table.apply({type: 'uploading', file: 'a.wav', sentBytes: 60, totalBytes: 100}, 20);
	expect(table.row('a.wav')).toMatchObject({state: 'uploading', sentBytes: 60, startedAt: 10});
	table.apply({type: 'submitted', file: 'a.wav', jobId: 'j', requestId: undefined}, 30);
	expect([table.unfinished, table.count('queued'), table.count('failed')]).toEqual([2, 1, 1]);
	table.apply({type: 'done', file: 'a.wav', jobId: 'j', outputs: ['a.txt'], seconds: 1}, 1010);
	expect(table.row('a.wav')).toMatchObject({state: 'done', endedAt: 1010, outputs: ['a.txt'], jobId: 'j'});
	table.apply({type: 'queued', file: 'a.wav', name: 'a.wav', bytes: 100}, 2000);
	expect(table.row('a.wav')).toEqual({
		file: 'a.wav',
		name: 'a.wav',
		bytes: 100,
		state: 'queued',
		sentBytes: 0,
		outputs: [],
	});
	expect(table.rows).toHaveLength(3);
});

test.each([
	['/a/b.wav', ['/a/b.wav']],
	["'/a b/c.wav' /d.wav", ['/a b/c.wav', '/d.wav']],
	['/a\\ b/c\\(1\\).wav', ['/a b/c(1).wav']],
	['"/a \\"b\\".wav"', ['/a "b".wav']],
	['/a.wav\n/b.wav\r\n', ['/a.wav', '/b.wav']],
	['file:///a%20b.wav', ['/a b.wav']],
	["it's", ['its']],
	['  ', []],
])('a dropped %j names %j', (text, paths) => {
	expect(pathsIn(text)).toEqual(paths);
});
