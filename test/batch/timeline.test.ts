import {describe, expect, test} from 'bun:test';
import type {BatchEvent} from '../../src/batch/events.ts';
import {BatchTable} from '../../src/batch/table.ts';
import {timeSpent} from '../../src/batch/timeline.ts';

const file = 'a.wav';
const queued = {type: 'queued', file, name: file, bytes: 1000} as const;
const uploading = (sentBytes: number) =>
	({type: 'uploading', file, sentBytes, totalBytes: 1000}) as const satisfies BatchEvent;
const retrying = {type: 'retrying', file, reason: 'Too many requests', times: 1, inSeconds: 5} as const;

/** The table to whose one recording these happened, at seconds since 1970. */
function tableAfter(events: ReadonlyArray<readonly [number, BatchEvent]>): BatchTable {
	let wall = 0;
	const table = new BatchTable(() => wall);
	for (const [seconds, event] of events) {
		wall = seconds * 1000;
		// The clock of the table has a start of its own.
		table.apply(event, 5 + wall);
	}
	return table;
}

describe('a timeline', () => {
	test('tells what happened and when by the clock on the wall, and where the time went', () => {
		const table = tableAfter([
			[100, queued],
			[110, {type: 'checking', file}],
			[111, {type: 'waiting', file}],
			[120, uploading(0)],
			[122, uploading(600)],
			[124, uploading(1000)],
			[125, {type: 'submitted', file, jobId: 'j', requestId: 'q'}],
			[165, {type: 'saving', file, jobId: 'j'}],
			[166, {type: 'done', file, jobId: 'j', outputs: ['a.txt', 'a.srt'], seconds: 66}],
		]);
		const {first, spent, phase} = table.timeline(file)!;
		expect(first.map(({at, is}) => [at / 1000, is])).toEqual([
			[100, 'added'],
			[110, 'checking'],
			[111, 'checked'],
			[120, 'uploading'],
			[125, 'submitted'],
			[165, 'saving'],
			[166, 'done'],
		]);
		expect(first[4]).toMatchObject({jobId: 'j', requestId: 'q', bytes: 1000, seconds: 5, isResumed: false});
		expect(first[6]).toMatchObject({files: 2, isFromBefore: false});
		expect(spent).toEqual({here: 19_000, checking: 1000, uploading: 5000, service: 40_000, saving: 1000});
		expect(phase).toBeUndefined();
	});

	test('counts the phase that goes on, and no time where the clock is set back', () => {
		const timeline = tableAfter([
			[100, queued],
			[90, uploading(0)],
		]).timeline(file)!;
		expect(timeSpent(timeline, 97_000)).toEqual({here: 0, uploading: 7000});
		expect(timeSpent(timeline, 80_000)).toEqual({here: 0, uploading: 0});
	});

	test('has a failure that ends nothing where it happened: here, or with the job at the service', () => {
		const sent = [queued, uploading(0), {type: 'submitted', file, jobId: 'j', requestId: 'q'}] as const;
		const phaseAfter = (...events: BatchEvent[]) =>
			tableAfter(events.map((event, index) => [index, event])).timeline(file)!.phase;
		expect(phaseAfter(queued, uploading(0), retrying)).toBe('here');
		expect(phaseAfter(...sent, retrying)).toBe('service');
	});

	test('stays small however often it is tried again, and counts what it leaves out', () => {
		const again = Array.from(
			{length: 1000},
			(_, index): Array<[number, BatchEvent]> => [
				[index * 3, uploading(0)],
				[index * 3 + 1, {...retrying, times: index + 1}],
				[index * 3 + 2, {type: 'waiting', file}],
			],
		);
		const {first, skipped, skippedRetries, last} = tableAfter([[0, queued], ...again.flat()]).timeline(file)!;
		expect(first.length + last.length).toBeLessThanOrEqual(20);
		expect(first.length + skipped + last.length).toBe(3001);
		expect(skippedRetries).toBeWithin(990, 1000);
		expect(first[0]!.is).toBe('added');
		expect(last.findLast(({is}) => is === 'retrying')).toMatchObject({times: 1000});
	});

	test('begins anew when the recording does', () => {
		const table = tableAfter([
			[1, queued],
			[2, {type: 'failed', file, reason: 'no', cause: 'service'}],
			[50, queued],
		]);
		expect(table.timeline(file)).toMatchObject({
			first: [{at: 50_000, is: 'added'}],
			spent: {},
			phase: 'here',
		});
	});

	test('is there for what was refused before it was anything', () => {
		const table = tableAfter([[3, {type: 'failed', file, reason: 'no such file', cause: 'input'}]]);
		expect(table.timeline(file)!.first).toEqual([{at: 3000, is: 'failed', reason: 'no such file'}]);
		expect(table.timeline('other')).toBeUndefined();
	});
});
