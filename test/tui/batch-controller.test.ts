import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {copyFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import type {BatchController} from '../../src/tui/controllers/batch-controller.ts';
import {stepped} from '../../src/tui/controllers/limit-steps.ts';
import {batchTab, until} from '../helpers/batch-tab.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
let emulator: Emulator;
let processing = 0;
beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => processing});
});
afterAll(async () => {
	await emulator.close();
	rmSync(root, {recursive: true});
});

const start = (name: string, {url = emulator.batchUrl, demo = false} = {}) =>
	batchTab(join(root, name), {url, demo});

const states = ({table}: BatchController) => table.rows.map(({state}) => state);

describe('the batch tab', () => {
	test('goes on with what the start before left, and makes no second job', async () => {
		processing = 60_000;
		const jobsBefore = emulator.statistics().batch.jobs;
		{
			await using app = start('left');
			expect(app.batch.goOn()).toBe(0);
			await app.batch.add([app.recording('one.wav'), app.recording('two.wav')]);
			await until(() => app.batch.table.count('transcribing') === 2);
		}
		await using app = start('left');
		expect(app.batch.goOn()).toBe(2);
		await until(() => app.batch.table.count('transcribing') === 2);
		expect(emulator.statistics().batch.jobs - jobsBefore).toBe(2);
		processing = 0;
	});

	test('reads what an earlier start has fetched without asking the service', async () => {
		let path: string;
		{
			await using app = start('read');
			path = app.recording('talk.wav');
			await app.batch.add([path]);
			await until(() => states(app.batch)[0] === 'done');
		}
		await using app = start('read', {url: 'http://127.0.0.1:9/v2'});
		await app.batch.add([path]);
		await until(() => states(app.batch)[0] === 'done');
		expect(app.batch.list.selected).toMatchObject({isFromBefore: true});
		await app.batch.reader.read();
		const {document} = app.batch.reader.viewer.store.getState();
		expect(document).toMatchObject({
			simulated: true,
			title: 'talk.wav',
			audioPath: path,
			place: {folder: join(root, 'read/out'), stem: 'talk'},
		});
		app.batch.reader.showDetails();
		expect(app.batch.reader.store.getState().reading!.details()).toMatchObject({
			requestIds: [expect.any(String)],
		});
		expect(app.told).toEqual([]);
	});

	test('looks again at what it refused, once that is mended', async () => {
		await using app = start('mended');
		const path = join(root, 'mended/late.wav');
		writeFileSync(path, '');
		await app.batch.add([path]);
		expect(states(app.batch)).toEqual(['failed']);
		app.recording('late.wav');
		await app.batch.retryFailed();
		await until(() => states(app.batch)[0] === 'done');
	});

	test('keeps apart the outputs of recordings that come one after the other', async () => {
		await using app = start('apart');
		await app.batch.add([app.recording('talk.wav')]);
		const [first, second] = [join(root, 'apart/talk.wav'), join(root, 'apart/talk.mp3')];
		copyFileSync(first, second);
		await app.batch.add([second]);
		await until(() => app.batch.table.unfinished === 0);
		const outputs = app.batch.table.rows.flatMap((row) => row.outputs);
		expect(outputs).toEqual([join(root, 'apart/out/talk.txt'), join(root, 'apart/out/talk.mp3.txt')]);
	});

	test('takes an address that was dropped, and shows none of its secrets', async () => {
		await using app = start('address');
		app.batch.togglePause();
		await app.batch.addDropped("https://example.org/it's/a.wav?X-Amz-Signature=secret\n");
		expect(app.batch.table.rows).toMatchObject([{file: "https://example.org/it's/a.wav", name: 'a.wav'}]);
		await app.batch.addDropped('s3://bucket/b.wav');
		expect(app.batch.table.rows[1]!.reason).toContain('presigned');
		expect(JSON.stringify(app.batch.table.rows)).not.toContain('secret');
	});

	test('sends nothing while it is paused', async () => {
		await using app = start('paused');
		app.batch.togglePause();
		await app.batch.add([app.recording('a.wav')]);
		const jobs = emulator.statistics().batch.jobs;
		// Long enough for it to be done otherwise.
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(app.batch.table.count('queued', 'checking')).toBe(1);
		expect(emulator.statistics().batch.jobs).toBe(jobs);
		app.batch.togglePause();
		await until(() => app.batch.table.count('done') === 1);
	});

	test('makes a new job only after a yes, and a retry makes none', async () => {
		await using app = start('again');
		await app.batch.add([app.recording('a.wav')]);
		await until(() => states(app.batch)[0] === 'done');
		const first = app.batch.list.selected!.jobId;
		await app.batch.retry();
		await until(() => states(app.batch)[0] === 'done');
		expect(app.batch.list.selected).toMatchObject({jobId: first, isFromBefore: true});
		app.batch.newJob();
		app.answer('n');
		expect(states(app.batch)).toEqual(['done']);
		app.batch.newJob();
		app.answer('y');
		expect(states(app.batch)).not.toEqual(['done']);
		await until(() => states(app.batch)[0] === 'done');
		expect(app.batch.list.selected!.jobId).not.toBe(first!);
	});

	test('goes from failure to failure', async () => {
		await using app = start('failures');
		app.batch.togglePause();
		const missing = (name: string) => join(root, name);
		await app.batch.add([app.recording('a.wav'), missing('x.wav'), app.recording('b.wav'), missing('y.wav')]);
		const names = app.batch.table.rows.map(({name}) => name);
		const next = () => {
			app.batch.list.moveToFailure();
			return app.batch.list.selected!.name;
		};
		app.batch.list.moveTo(() => 0);
		expect(names).toHaveLength(4);
		expect(new Set([next(), next()])).toEqual(new Set(['x.wav', 'y.wav']));
		expect(next()).toEndWith('.wav');
	});
});

test('limits change by small steps among small numbers, and come back the same way', () => {
	const up = [1, 9, 10, 90, 100];
	expect(up.map((limit) => stepped(limit, 1, 1000))).toEqual([2, 10, 20, 100, 200]);
	for (const limit of up) expect(stepped(stepped(limit, 1, 1000), -1, 1000)).toBe(limit);
	expect(stepped(1, -1, 1000)).toBe(1);
	expect(stepped(1000, 1, 1000)).toBe(1000);
});
