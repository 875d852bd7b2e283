import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {JobDetails} from '../../src/tui/controllers/job-details.ts';
import {batchBindings} from '../../src/tui/keys/batch-bindings.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {paneBindings, readingBindings} from '../../src/tui/keys/reading-bindings.ts';
import {batchTab, until} from '../helpers/batch-tab.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => 0});
});
afterAll(async () => {
	await emulator.close();
	rmSync(root, {recursive: true});
});

type Tab = ReturnType<typeof batchTab>;

const start = (name: string, more: {url?: string; saves?: boolean; demo?: boolean} = {}) =>
	batchTab(join(root, name), {url: emulator.batchUrl, ...more});

async function transcribe({batch, recording}: Tab, ...names: string[]): Promise<string[]> {
	const paths = names.map(recording);
	await batch.add(paths);
	await until(() => batch.table.rows.length > 0 && batch.table.unfinished === 0);
	return paths;
}

const detailsOf = ({batch}: Tab) => batch.reader.store.getState().reading!.details()!;

describe('the details of a recording', () => {
	test('know the config as it was sent, all ids, and what happened', async () => {
		await using app = start('known');
		await transcribe(app, 'talk.wav');
		app.batch.reader.showDetails();
		const details = detailsOf(app);
		expect(details.timeline!.first.map(({is}) => is)).toEqual([
			'added',
			'checking',
			'checked',
			'uploading',
			'submitted',
			'saving',
			'done',
		]);
		expect(details.timeline!.first[0]!.at).toBeWithin(Date.now() - 60_000, Date.now() + 1);
		expect(details.config).toMatchObject({
			transcription_config: {language: 'en'},
			tracking: {title: 'talk.wav', reference: expect.stringMatching(/^speechdeck-/)},
		});
		expect(details.requestIds).toEqual([expect.any(String)]);
		expect(details.service).toBe(app.services.batchClient.url.href);
		expect(details.kept!.outputs).toEqual([join(root, 'known/out/talk.txt')]);
	});

	test('of an earlier run come from what is kept', async () => {
		let submittedAt: number | undefined;
		{
			await using app = start('kept');
			await transcribe(app, 'talk.wav');
			app.batch.reader.showDetails();
			submittedAt = detailsOf(app).kept!.job.submittedAt;
		}
		await using app = start('kept', {url: 'http://127.0.0.1:9/v2'});
		await transcribe(app, 'talk.wav');
		app.batch.reader.showDetails();
		const {kept, requestIds, timeline} = detailsOf(app);
		expect(kept!.job.submittedAt).toBe(submittedAt!);
		expect(kept!.job.fetchedAt).toBeLessThanOrEqual(timeline!.first[0]!.at);
		expect(requestIds).toHaveLength(1);
	});

	test('tell what the service says when it is asked, and that it keeps the job no more', async () => {
		await using app = start('asked');
		const [path] = await transcribe(app, 'talk.wav');
		app.batch.reader.showDetails();
		const {details} = app.batch.reader;
		expect(detailsOf(app).answer).toBeUndefined();
		await details.ask(path!);
		expect(detailsOf(app).answer).toMatchObject({status: 'done', createdAt: expect.any(Number), seconds: 15});
		expect(app.told).toEqual(['The service says: done']);
		await app.services.batchClient.deleteJob(detailsOf(app).row.jobId!);
		await details.ask(path!);
		expect(app.told.at(-1)).toContain('no such job');
		expect(detailsOf(app).answer!.status).toContain('no such job');
	});

	test('give support what it asks for', async () => {
		await using app = start('copied');
		const [path] = await transcribe(app, 'talk.wav');
		const copied: string[] = [];
		const details = new JobDetails({
			services: app.services,
			table: app.batch.table,
			now: () => 0,
			tell: (text) => app.told.push(text),
			copy: async (text) => {
				copied.push(text);
				return {by: undefined, isWhole: true};
			},
		});
		await details.copyIds(path!);
		const {row, requestIds} = details.of(path!)!;
		expect(copied).toEqual([
			`Job: ${row.jobId}\nRequest: ${requestIds[0]}\nService: ${app.services.batchClient.url.href}`,
		]);
	});

	test('show no secrets of a config, and follow the cursor', async () => {
		await using app = start('followed');
		app.batch.togglePause();
		await app.batch.add([app.recording('a.wav'), app.recording('b.wav')]);
		app.batch.list.moveTo(() => 0);
		app.batch.reader.showDetails();
		const name = () => detailsOf(app).row.name;
		const first = name();
		app.batch.list.moveTo((cursor) => cursor + 1);
		expect(name()).not.toBe(first);
		const size = {rows: 20, columns: 80};
		const refused: string[] = [];
		dispatch('y', [readingBindings(app.batch, size)], (reason) => refused.push(reason));
		expect(refused).toEqual(['it has no job yet']);
		dispatch('escape', [paneBindings(app.batch, size), batchBindings(app.batch, 10, false)], () => {});
		expect(app.batch.reader.store.getState().reading).toBeUndefined();
	});
});

describe('writing transcripts again', () => {
	const press = (app: Tab, key: string) =>
		dispatch(key, [batchBindings(app.batch, 10, false)], (reason) => app.told.push(reason));

	test('asks for the formats, and writes what is marked beside what is there', async () => {
		await using app = start('written');
		await transcribe(app, 'one.wav', 'two.wav', 'three.wav');
		const out = (name: string) => join(root, 'written/out', name);
		const before = statSync(out('one.txt')).mtimeMs;
		app.batch.list.moveTo(() => 0);
		app.batch.list.toggleMark();
		app.batch.list.toggleMark();
		const marked = app.batch.list.chosen.map(({name}) => name.replace('.wav', ''));
		press(app, 'X');
		expect(app.dialog).toBeDefined();
		app.answer('down');
		app.answer('down');
		app.answer('space');
		app.answer('enter');
		expect(app.dialog).toBeUndefined();
		await until(() => app.told.length > 0);
		expect(app.told).toEqual(['2 files written, 2 were there already']);
		for (const name of marked) expect(readFileSync(out(`${name}.srt`), 'utf8')).toContain('-->');
		expect(['one', 'two', 'three'].filter((name) => existsSync(out(`${name}.srt`)))).toHaveLength(2);
		expect(statSync(out('one.txt')).mtimeMs).toBe(before);
		// The details know of them.
		app.batch.list.moveToFile(app.batch.list.chosen[0]!.file);
		app.batch.reader.showDetails();
		expect(detailsOf(app).kept!.outputs).toHaveLength(2);
	});

	test('never writes over what somebody changed or made, and brings back what is gone', async () => {
		await using app = start('changed');
		await transcribe(app, 'one.wav', 'two.wav');
		const out = (name: string) => join(root, 'changed/out', name);
		writeFileSync(out('one.txt'), 'my own words');
		rmSync(out('two.txt'));
		writeFileSync(out('two.srt'), 'of another program');
		await app.batch.reExport.write(app.batch.table.rows, ['txt', 'srt']);
		expect(app.told).toEqual(['3 files written, 1 left as somebody changed it']);
		expect(readFileSync(out('one.txt'), 'utf8')).toBe('my own words');
		expect(readFileSync(out('two.srt'), 'utf8')).toBe('of another program');
		expect(readFileSync(out('two-2.srt'), 'utf8')).toContain('-->');
		// Files that belong together have one number.
		expect(existsSync(out('two-2.txt'))).toBe(true);
		await app.batch.reExport.write(app.batch.table.rows, ['srt']);
		expect(app.told.at(-1)).toBe('2 files were there already');
	});

	test('stops on Esc after the one that is being written', async () => {
		await using app = start('stopped');
		await transcribe(app, ...Array.from({length: 6}, (_, index) => `${index}.wav`));
		const {reExport, table} = app.batch;
		reExport.store.subscribe(({progress, ending}) => {
			if (progress?.done === 2 && !ending) press(app, 'escape');
		});
		await reExport.write(table.rows, ['srt']);
		expect(app.told).toEqual(['2 files written, 4 recordings left out']);
		expect(reExport.isRunning).toBe(false);
	});

	test('names what did not work, and goes on with the others', async () => {
		await using app = start('problem');
		await transcribe(app, 'one.wav', 'two.wav');
		const [one, two] = app.batch.table.rows;
		await app.batch.reExport.write([{...one!, jobId: 'unknown'}, two!], ['srt']);
		expect(app.told).toEqual([`1 file written; not ${one!.name}: this computer keeps nothing of its job`]);
	});

	test('is for what is done, and not for a demo that writes nothing', async () => {
		{
			await using app = start('waiting');
			app.batch.togglePause();
			await app.batch.add([app.recording('one.wav')]);
			press(app, 'X');
			expect(app.told).toEqual(['it has no transcript yet']);
		}
		await using app = start('demo', {demo: true, saves: false});
		await transcribe(app, 'one.wav');
		press(app, 'X');
		expect(app.told).toEqual(['the demo writes no files without --output-dir']);
		expect(app.dialog).toBeUndefined();
	});
});
