import {afterAll, beforeAll, expect, test} from 'bun:test';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findRecordings} from '../../src/batch/recordings.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));
const at = (...parts: string[]) => join(root, ...parts);
const wav = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(100)]);

beforeAll(() => {
	mkdirSync(at('talks/deep'), {recursive: true});
	mkdirSync(at('texts'));
	writeFileSync(at('talks/b.wav'), wav);
	writeFileSync(at('talks/a.mp3'), Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0'), Buffer.alloc(100)]));
	writeFileSync(at('talks/deep/c.WAV'), wav);
	writeFileSync(at('talks/.hidden.wav'), wav);
	writeFileSync(at('talks/notes.txt'), 'notes');
	writeFileSync(at('texts/notes.txt'), 'notes');
	writeFileSync(at('empty.wav'), '');
	writeFileSync(at('recording'), wav);
	writeFileSync(at('page.wav'), `<?xml version="1.0"?>${'x'.repeat(200)}`);
	writeFileSync(
		at('clip.webm'),
		Buffer.concat([
			Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
			Buffer.alloc(100),
		]),
	);
});

test('a folder gives the audio below it, by name, without hidden files', async () => {
	const {recordings, unusable} = await findRecordings([at('talks')]);
	expect(recordings.map(({path}) => path)).toEqual([
		at('talks/a.mp3'),
		at('talks/b.wav'),
		at('talks/deep/c.WAV'),
	]);
	expect(recordings[1]).toMatchObject({name: 'b.wav', size: wav.length});
	expect(unusable).toEqual([]);
});

test('a recording named twice is taken once, and is known by its content', async () => {
	const {recordings} = await findRecordings([at('talks/b.wav'), at('talks'), at('recording')]);
	expect(recordings.map(({path}) => path)).toEqual([
		at('talks/b.wav'),
		at('talks/a.mp3'),
		at('talks/deep/c.WAV'),
		at('recording'),
	]);
});

test.each([
	['none.wav', 'there is no such file or folder'],
	['empty.wav', 'the file is empty'],
	['texts', 'there is no audio in this folder'],
	['texts/notes.txt', 'this is no audio file'],
	['page.wav', 'xml files are not read by the service'],
	['clip.webm', 'webm files are not read by the service'],
])('%s is told as unusable: %s', async (name, reason) => {
	const {recordings, unusable} = await findRecordings([at(name)]);
	expect(recordings).toEqual([]);
	expect(unusable).toHaveLength(1);
	expect(unusable[0]).toMatchObject({path: at(name), reason: expect.stringContaining(reason)});
});

const isRoot = process.getuid?.() === 0;
const skipped = isRoot ? ' (skipped: root may read every file)' : '';
test.skipIf(isRoot)(`a file that may not be read is told as unusable${skipped}`, async () => {
	writeFileSync(at('secret.wav'), wav);
	chmodSync(at('secret.wav'), 0);
	expect((await findRecordings([at('secret.wav')])).unusable[0]!.reason).toContain('permission denied');
});
