import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {
	appendFileSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {type RunOptions, run as runAt} from '../helpers/batch-run.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => 0, apiKey: 'right'});
});
afterAll(async () => {
	await emulator.close();
	rmSync(root, {recursive: true});
});

const run = (paths: readonly string[], options: Partial<RunOptions> = {}) =>
	runAt(paths, {url: emulator.batchUrl, ...options});
const TO_FILES = {to: 'files', formats: ['txt']} as const;

/** A folder of copies of the sample under these names. */
function folderOf(name: string, ...files: string[]): string {
	const folder = join(root, name);
	for (const file of files) {
		mkdirSync(join(folder, file, '..'), {recursive: true});
		// Each its own recording: equal ones would share a job.
		copyFileSync(SAMPLE, join(folder, file));
		appendFileSync(join(folder, file), join(folder, file));
	}
	return folder;
}

describe('a batch', () => {
	test('writes each format beside the recording, with the known sentences of both speakers', async () => {
		const folder = folderOf('beside', 'talk.wav');
		const {events, finished} = await run([folder]);
		expect(finished).toMatchObject({done: 1, failed: 0, interrupted: false});
		expect(readdirSync(folder).sort()).toEqual(['talk.json', 'talk.srt', 'talk.txt', 'talk.wav']);
		const text = readFileSync(join(folder, 'talk.txt'), 'utf8');
		expect(text).toStartWith(
			"[SIMULATED]\n\nS1: Good morning, everyone. Let's begin today's meeting.\n\nS2: ",
		);
		expect(readFileSync(join(folder, 'talk.srt'), 'utf8')).toContain('[SIMULATED] Good morning, everyone.');
		expect(JSON.parse(readFileSync(join(folder, 'talk.json'), 'utf8'))).toMatchObject({
			simulated: true,
			format: '2.9',
		});
		expect(events.map(({type}) => type).filter((type) => type !== 'uploading')).toEqual([
			'queued',
			'checking',
			'waiting',
			'submitted',
			'saving',
			'done',
			'finished',
		]);
	});

	test('keeps apart recordings that share a stem, and overwrites nothing', async () => {
		const folder = folderOf('stems', 'a/talk.wav', 'b/talk.wav', 'b/talk.mp3');
		const out = join(root, 'stems-out');
		mkdirSync(out);
		writeFileSync(join(out, 'talk.wav.txt'), 'mine');
		const {finished} = await run([folder], {output: {...TO_FILES, folder: out}});
		expect(finished.done).toBe(3);
		expect(readdirSync(out).sort()).toEqual([
			'talk.mp3.txt',
			'talk.wav-2.txt',
			'talk.wav-3.txt',
			'talk.wav.txt',
		]);
		expect(readFileSync(join(out, 'talk.wav.txt'), 'utf8')).toBe('mine');
	});

	test('goes on when one of its recordings is no good', async () => {
		const folder = folderOf('mixed', 'good.wav');
		writeFileSync(join(folder, 'garbage.wav'), `RIFF....WAVE${'x'.repeat(100)}`);
		const {events, finished} = await run([join(folder, 'none.wav'), folder]);
		expect(finished).toMatchObject({done: 1, failed: 2});
		const failed = events.filter((event) => event.type === 'failed');
		expect(failed.map(({file, cause}) => [file, cause])).toEqual([
			[join(folder, 'none.wav'), 'input'],
			[join(folder, 'garbage.wav'), 'service'],
		]);
	});

	test('with a key that is refused stops after the first refusal', async () => {
		const folder = folderOf('refused', ...Array.from({length: 9}, (_, index) => `${index}.wav`));
		const {events, finished} = await run([folder], {key: 'wrong'});
		expect(finished.failed).toBe(9);
		expect(new Set(events.flatMap((event) => (event.type === 'failed' ? [event.cause] : [])))).toEqual(
			new Set(['authentication']),
		);
		const begun = events.flatMap((event) => (event.type === 'uploading' ? [event.file] : []));
		expect(new Set(begun).size).toBeLessThanOrEqual(2);
	});

	test('that cannot save names the job, which can still be fetched', async () => {
		const folder = folderOf('unsaved', 'talk.wav');
		const blocked = join(root, 'a-file');
		writeFileSync(blocked, '');
		const {events} = await run([folder], {output: {...TO_FILES, folder: blocked}});
		expect(events.find(({type}) => type === 'failed')).toMatchObject({
			cause: 'output',
			jobId: expect.stringMatching(/^\w{10}$/),
		});
	});

	test('that is interrupted sends nothing more and says so', async () => {
		const folder = folderOf('interrupted', '1.wav', '2.wav', '3.wav');
		const stop = new AbortController();
		await using server = await scriptedServer(answer(201, {id: 'job1'}), () => stop.abort());
		const {events, finished} = await run([folder], {url: server.url, uploads: 1, signal: stop.signal});
		expect(finished).toMatchObject({done: 0, failed: 3, interrupted: true});
		expect(server.requests.filter(({method}) => method === 'POST')).toHaveLength(1);
		const interrupted = events.filter((event) => event.type === 'failed' && event.cause === 'interrupted');
		expect(interrupted).toContainEqual(expect.objectContaining({jobId: 'job1'}));
		expect(existsSync(join(folder, '1.txt'))).toBe(false);
	});

	test('can be printed instead of written', async () => {
		const folder = folderOf('printed', 'talk.wav');
		const {events} = await run([folder], {output: {...TO_FILES, to: 'print'}});
		expect(events.find(({type}) => type === 'done')).toMatchObject({
			outputs: [],
			text: expect.stringContaining('Good morning, everyone.'),
		});
		expect(readdirSync(folder)).toEqual(['talk.wav']);
	});
});
