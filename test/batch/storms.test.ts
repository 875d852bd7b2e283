import {describe, expect, test} from 'bun:test';
import {chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BatchEvent} from '../../src/batch/events.ts';
import type {FaultInput} from '../../src/emulator/faults.ts';
import {batchWorld, failures, names} from '../helpers/batch-world.ts';
import {FastClock} from '../helpers/fast-clock.ts';
import {watchedLedger} from '../helpers/watched-ledger.ts';

const YEAR = 365 * 24 * 3_600_000;

describe('a batch', () => {
	test('goes through a storm of 429, waiting as long as it is told', async () => {
		await using world = await batchWorld({
			faults: [{fault: 'status', status: 429, on: 'jobs.create', after: 2, times: 12, retryAfter: 20}],
		});
		world.record(names(12));
		const {finished, events} = await world.run();
		expect(finished).toMatchObject({done: 12, failed: 0});
		expect(finished.seconds).toBeGreaterThan(20 * 2);
		expect(events.filter(({type}) => type === 'retrying').length).toBe(12);
		expect(await world.jobs()).toEqual(names(12));
	});

	test('goes through a storm of 503 at every address, and makes no job twice', async () => {
		await using world = await batchWorld({
			faults: [{fault: 'status', status: 503, body: 'html', after: 5, times: 20}],
		});
		world.record(names(12));
		const {finished} = await world.run();
		expect(finished).toMatchObject({done: 12, failed: 0});
		expect(await world.jobs()).toEqual(names(12));
	});

	test('makes no job twice where every fifth upload is cut off, before or after it had its effect', async () => {
		const cuts = [4, 9, 14, 19, 24].map(
			(after, index): FaultInput => ({
				fault: 'reset',
				on: 'jobs.create',
				after,
				when: index % 2 === 0 ? 'after' : 'before',
			}),
		);
		await using world = await batchWorld({faults: cuts});
		world.record(names(25));
		const {finished} = await world.run(undefined, {uploads: 4});
		expect(finished).toMatchObject({done: 25, failed: 0});
		expect(await world.jobs()).toEqual(names(25));
		expect(world.outputs()).toHaveLength(50);
		expect(world.emulator.pendingFaults()).toEqual([]);
		expect(world.requests.filter((request) => request.startsWith('GET /v2/jobs')).length).toBeGreaterThan(4);
	});

	test('makes no job twice where the answer to an upload is cut short', async () => {
		await using world = await batchWorld({
			faults: [{fault: 'cut-body', end: 'reset', on: 'jobs.create', after: 2, times: 5}],
		});
		world.record(names(10));
		const {finished} = await world.run();
		expect(finished).toMatchObject({done: 10, failed: 0});
		expect(await world.jobs()).toEqual(names(10));
	});

	test('at an address where nobody answers gives up soon, for all, and can be resumed', async () => {
		await using world = await batchWorld();
		world.record(names(60));
		const clock = new FastClock();
		const begins = clock.now();
		const {finished, events} = await world.run(undefined, {url: 'http://127.0.0.1:9/v2', clock});
		expect(finished).toMatchObject({done: 0, failed: 60});
		expect(clock.now() - begins).toBeLessThan(900_000);
		const begun = events.flatMap((event) => (event.type === 'uploading' ? [event.file] : []));
		expect(new Set(begun).size).toBeLessThan(20);
		expect(new Set(failures(events).map(({cause}) => cause))).toEqual(new Set(['service']));
		expect(world.ledger.recordings.takeOver('127.0.0.1:9', {submitted: false})).toHaveLength(60);
	});
});

describe('a full disk', () => {
	test('while a transcript is saved loses nothing: the next run fetches it again', async () => {
		await using world = await batchWorld();
		world.record(names(3));
		const full = Object.assign(new Error('no space is left on the disk'), {code: 'ENOSPC'});
		let isFull = true;
		const transcripts: typeof world.transcripts = {
			...world.transcripts,
			save: (...values) => (isFull ? Promise.reject(full) : world.transcripts.save(...values)),
		};
		const first = await world.run(undefined, {transcripts});
		expect(failures(first.events).map(({cause, jobId}) => [cause, jobId?.length])).toEqual(
			Array.from({length: 3}, () => ['output', 10]),
		);
		expect(failures(first.events)[0]!.reason).toBe(
			'The transcript cannot be saved: no space is left on the disk',
		);
		isFull = false;
		const second = await world.run([], {
			transcripts,
			resumed: world.ledger.recordings.takeOver(world.account, {submitted: false}),
		});
		expect(second.finished).toMatchObject({done: 3, failed: 0});
		expect(await world.jobs()).toEqual(names(3));
		expect(world.outputs()).toHaveLength(6);
	});

	test('while the outputs are written loses nothing: the next run writes them and asks nobody', async () => {
		await using world = await batchWorld();
		world.record(names(3));
		writeFileSync(world.out, 'a file where a folder should be');
		const first = await world.run();
		expect(failures(first.events).map(({cause}) => cause)).toEqual(['output', 'output', 'output']);
		rmSync(world.out);
		const before = world.requests.length;
		const second = await world.run([], {
			resumed: world.ledger.recordings.takeOver(world.account, {submitted: false}),
		});
		expect(second.finished).toMatchObject({done: 3, fromBefore: 3, failed: 0});
		expect(world.requests).toHaveLength(before);
		expect(world.outputs()).toHaveLength(6);
	});

	test('for the ledger, after an upload, makes no second job', async () => {
		await using world = await batchWorld();
		world.record(names(4));
		let failing = true;
		const ledger = watchedLedger(world.ledger, (method, call) => {
			if (failing && ['jobs.submitted', 'recordings.settle', 'jobs.release'].includes(method)) {
				throw new Error('database or disk is full');
			}
			return call();
		});
		const first = await world.run(undefined, {ledger});
		expect(first.finished).toMatchObject({done: 0, failed: 4});
		failing = false;
		world.reopen();
		const second = await world.run([], {
			resumed: world.ledger.recordings.takeOver(world.account, {submitted: false}),
		});
		expect(second.finished).toMatchObject({done: 4, failed: 0});
		expect(await world.jobs()).toEqual(names(4));
	});
});

describe('a clock that jumps', () => {
	for (const [name, atUpload, later] of [
		['back by a year', YEAR, 0],
		['ahead by a year', 0, YEAR],
		['back by three days', 3 * 24 * 3_600_000, 0],
		['to 1970', 0, -Date.now()],
	] as const) {
		test(`${name} between an upload that is cut off and the look for its job makes no second one`, async () => {
			await using world = await batchWorld({
				faults: [{fault: 'reset', on: 'jobs.create', when: 'after', times: 3}],
			});
			world.record(names(6));
			let jump: number = atUpload;
			world.wallClock = () => Date.now() + jump;
			const {finished} = await world.run(undefined, {
				emit: (event: BatchEvent) => {
					if (event.type === 'retrying') jump = later;
				},
			});
			expect(finished).toMatchObject({done: 6, failed: 0});
			expect(await world.jobs()).toEqual(names(6));
		});

		test(`${name} between two runs loses nothing`, async () => {
			await using world = await batchWorld({
				faults: [{fault: 'reset', on: 'jobs.create', when: 'after', times: 2}],
			});
			world.record(names(6));
			world.wallClock = () => Date.now() + atUpload;
			const stop = new AbortController();
			await world.run(undefined, {
				signal: stop.signal,
				emit: (event) => {
					if (event.type === 'retrying') stop.abort();
				},
			});
			world.wallClock = () => Date.now() + later;
			world.reopen();
			const {finished} = await world.run(undefined, {
				resumed: world.ledger.recordings.takeOver(world.account, {submitted: false}),
			});
			expect(finished.failed).toBe(0);
			expect(await world.jobs()).toEqual(names(6));
			expect(world.outputs()).toHaveLength(12);
		});
	}
});

test('a folder that may not be written to fails with the reason, and keeps the transcript', async () => {
	await using world = await batchWorld();
	world.record(names(1));
	mkdirSync(world.out);
	writeFileSync(join(world.out, '000.txt'), 'mine');
	chmodSync(world.out, 0o555);
	const {events, finished} = await world.run();
	chmodSync(world.out, 0o755);
	// Root writes anywhere.
	if (process.getuid?.() !== 0) expect(failures(events)[0]).toMatchObject({cause: 'output'});
	else expect(finished.done).toBe(1);
	expect(readFileSync(join(world.out, '000.txt'), 'utf8')).toBe('mine');
});
