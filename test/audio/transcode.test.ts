import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {copyFile, mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {findFfmpeg} from '../../src/audio/ffmpeg.ts';
import {probeFile} from '../../src/audio/probe.ts';
import {sweepTranscoded, transcode} from '../../src/audio/transcode.ts';
import {bytesOf, fmt, u32} from './wav-files.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const ffmpeg = await findFfmpeg();
let root: string;
let folder: string;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'speechdeck-test-'));
	folder = join(root, 'transcoded');
});
afterAll(() => rm(root, {recursive: true, force: true}));

/** Hours of silence, which take ffmpeg longer than any test. */
async function hours(name: string): Promise<string> {
	const path = join(root, name);
	const bytes = 3_900_000_000;
	await writeFile(path, bytesOf('RIFF', u32(bytes + 36), 'WAVE', fmt(), 'data', u32(bytes)));
	await truncate(path, bytes);
	return path;
}

describe.skipIf(ffmpeg === undefined)('a recording is converted', () => {
	test('to FLAC for this user only, which is gone after its use', async () => {
		let path: string;
		{
			await using made = await transcode(SAMPLE, {folder});
			path = made.path;
			expect(basename(path)).toBe('sample.flac');
			const probe = await probeFile(path);
			expect(probe).toMatchObject({size: made.size, type: {ext: 'flac'}});
			expect(probe.seconds).toBeCloseTo(14.95, 1);
			if (process.platform !== 'win32') expect((await stat(folder)).mode & 0o077).toBe(0);
		}
		expect(await readdir(folder)).toEqual([]);
	});

	test.each(['-y.wav', 'http:x.wav', 'concat:a|b.wav', '%d.wav'])('under the name %p', async (name) => {
		const path = join(root, name);
		await copyFile(SAMPLE, path);
		await using made = await transcode(path, {folder});
		expect(made.size).toBeGreaterThan(10_000);
	});

	test('or told why not in one sentence, with nothing left behind', async () => {
		const path = join(root, 'text.webm');
		await writeFile(path, 'no audio in here');
		await expect(transcode(path, {folder})).rejects.toThrow(/^ffmpeg cannot convert it: \S[^\n]*$/);
		await expect(transcode(join(root, 'none.wav'), {folder})).rejects.toMatchObject({name: 'AudioError'});
		expect(await readdir(folder)).toEqual([]);
	});

	test('until it is stopped, which ends ffmpeg and leaves nothing behind', async () => {
		const stop = new AbortController();
		const started = transcode(await hours('long.wav'), {folder, signal: stop.signal});
		const failed = started.catch((error: Error) => error);
		const written = async () => (await readdir(folder).catch(() => [])).length > 0;
		while (!(await written()) && !(await Promise.race([failed, false])));
		const reason = new Error('enough');
		stop.abort(reason);
		expect(await failed).toBe(reason);
		expect(await readdir(folder)).toEqual([]);
	});

	test('not at all when it is stopped before', async () => {
		await expect(transcode(SAMPLE, {folder, signal: AbortSignal.abort()})).rejects.toThrow();
		expect(await readdir(folder)).toEqual([]);
	});
});

test('without ffmpeg it says so', async () => {
	const path = process.env.PATH;
	try {
		process.env.PATH = root;
		await expect(transcode(SAMPLE, {folder})).rejects.toThrow(
			'ffmpeg, which would convert it, is not installed',
		);
	} finally {
		process.env.PATH = path;
	}
});

test('what a killed program left is swept away, what another one works at is not', async () => {
	const old = join(root, 'swept');
	await mkdir(join(old, 'audio-left'), {recursive: true});
	await writeFile(join(old, 'audio-left/talk.flac'), '');
	await mkdir(join(old, 'audio-working'));
	await writeFile(join(old, 'foreign.txt'), '');
	const long = new Date(Date.now() - 72 * 3_600_000);
	await utimes(join(old, 'audio-left'), long, long);
	await utimes(join(old, 'foreign.txt'), long, long);
	await sweepTranscoded(old);
	expect((await readdir(old)).sort()).toEqual(['audio-working', 'foreign.txt']);
});
