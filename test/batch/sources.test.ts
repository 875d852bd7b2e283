import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {type FindOptions, findSources} from '../../src/batch/sources.ts';
import {bytesOf, chunk, fmt, s16, wav} from '../audio/wav-files.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));
const at = (...parts: string[]) => join(root, ...parts);
const second = wav(fmt(), chunk('data', s16(...new Array(16_000).fill(0))));
const webm = bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm', new Uint8Array(100));
const film = bytesOf('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', new Uint8Array(100));

beforeAll(() => {
	mkdirSync(at('talks/deep/.trash'), {recursive: true});
	writeFileSync(at('talks/a.wav'), second);
	writeFileSync(at('talks/deep/b.wav'), second);
	writeFileSync(at('talks/deep/.trash/old.wav'), second);
	writeFileSync(at('talks/notes.txt'), 'notes');
	writeFileSync(at('talks/[1].wav'), second);
	writeFileSync(at('clip.webm'), webm);
	writeFileSync(at('film.mp4'), film);
	writeFileSync(at('notes.txt'), 'notes');
	mkdirSync(at('texts'));
	writeFileSync(at('texts/notes.txt'), 'notes');
	writeFileSync(at('page.wav'), `<?xml version="1.0"?>${'x'.repeat(200)}`);
	writeFileSync(at('empty.wav'), '');
	writeFileSync(at('header.wav'), wav(fmt(), chunk('data', new Uint8Array(0))));
	cpSync(at('talks/a.wav'), at('big.wav'));
	truncateSync(at('big.wav'), 1_000_000_000);
});

const filesOf = async (named: string[], options?: FindOptions) =>
	(await findSources(named, options)).sources.map(({file}) => file);

/** The one reason why the one thing named cannot be sent. */
async function reasonFor(name: string, options?: FindOptions): Promise<string> {
	const {sources, unusable} = await findSources([name], options);
	expect(sources).toEqual([]);
	expect(unusable).toMatchObject([{path: name}]);
	return unusable[0]!.reason;
}

async function* stream(...pieces: string[]): AsyncGenerator<Uint8Array> {
	for (const piece of pieces) yield Buffer.from(piece);
}

test('a folder gives all below it but what is hidden, and each knows its size, length and place', async () => {
	const {sources} = await findSources([at('talks')]);
	expect(sources.map(({file}) => relative(root, file))).toEqual([
		'talks/[1].wav',
		'talks/a.wav',
		'talks/deep/b.wav',
	]);
	expect(sources[2]).toEqual({
		kind: 'file',
		file: at('talks/deep/b.wav'),
		path: at('talks/deep/b.wav'),
		name: 'b.wav',
		size: second.length,
		seconds: 1,
		transcode: false,
		shardKey: 'deep/b.wav',
	});
});

test('hidden files are passed over, capitals make no other ending, and one named itself is known by its content', async () => {
	mkdirSync(at('names/deep'), {recursive: true});
	writeFileSync(at('names/.hidden.wav'), second);
	writeFileSync(at('names/b.mp3'), bytesOf('ID3\x03\0\0\0\0\0\0', new Uint8Array(100)));
	writeFileSync(at('names/deep/c.WAV'), second);
	writeFileSync(at('recording'), second);
	expect(await filesOf([at('names'), at('recording')])).toEqual([
		at('names/b.mp3'),
		at('names/deep/c.WAV'),
		at('recording'),
	]);
});

test('a link to a recording is one, a link to a folder is not followed into a circle', async () => {
	mkdirSync(at('links'));
	symlinkSync(at('talks/a.wav'), at('links/linked.wav'));
	symlinkSync(at('links'), at('links/circle'));
	expect(await filesOf([at('links')])).toEqual([at('links/linked.wav')]);
});

describe('a pattern no shell has replaced', () => {
	test.each([
		['talks/*.wav', ['talks/[1].wav', 'talks/a.wav']],
		['talks/**/*.wav', ['talks/[1].wav', 'talks/a.wav', 'talks/deep/b.wav']],
		['*/deep/?.w[a-b]v', ['talks/deep/b.wav']],
		['talks/{a,deep/b}.wav', ['talks/a.wav', 'talks/deep/b.wav']],
		['ta*', ['talks/[1].wav', 'talks/a.wav', 'talks/deep/b.wav']],
	])('%s', async (pattern, files) => {
		expect((await filesOf([at(pattern)])).map((file) => relative(root, file)).sort()).toEqual(files);
	});

	test('is a name first where a file has it', async () => {
		expect(await filesOf([at('talks/[1].wav')])).toEqual([at('talks/[1].wav')]);
	});

	test('says when nothing matches', async () => {
		expect(await reasonFor(at('talks/*.mp3'))).toContain('nothing is there that matches this pattern');
	});
});

describe('an address', () => {
	test('is known by all but its query, fragment and credentials', async () => {
		const url = 'https://user:secret@store.example:8443/a%20b/talk%20one.wav?X-Amz-Signature=secret#part';
		const {sources} = await findSources([url]);
		expect(sources).toEqual([
			{
				kind: 'url',
				file: 'https://store.example:8443/a%20b/talk%20one.wav',
				url,
				name: 'talk one.wav',
				shardKey: 'https://store.example:8443/a%20b/talk%20one.wav',
			},
		]);
	});

	test('that was signed twice is one recording', async () => {
		const found = await findSources([
			'https://s.example/a.wav?X-Amz-Date=1&X-Amz-Signature=one',
			'https://s.example/a.wav?X-Amz-Date=2&X-Amz-Signature=two',
			'https://s.example/a.wav?sv=2024&sig=three&se=4',
		]);
		expect(found).toMatchObject({sources: [{url: expect.stringContaining('one')}], merged: []});
	});

	test('that differs in more than its signature is merged too, and told', async () => {
		const found = await findSources(['https://s.example/get?id=1', 'https://s.example/get?id=2']);
		expect(found.sources).toHaveLength(1);
		expect(found.merged).toEqual(['https://s.example/get']);
	});

	test.each([
		['s3://bucket/talk.wav?key=secret', 's3://bucket/talk.wav', 'presigned'],
		['https://me:secret@:x/', 'https://:x/', 'not well formed'],
	])('%s cannot be fetched, and no secret is in what is said', async (address, path, reason) => {
		const {unusable} = await findSources([address]);
		expect(unusable).toEqual([{path, reason: expect.stringContaining(reason)}]);
	});

	test('of a file of this machine is that file', async () => {
		expect(await filesOf([pathToFileURL(at('talks/a.wav')).href])).toEqual([at('talks/a.wav')]);
	});
});

test('a list on stdin may name everything, and what is named twice is taken once', async () => {
	const list = `# today\n\n"${at('talks/a.wav')}"\r\nhttps://s.example/x.mp3?sig=1\n${at('talks')}\n`;
	expect(
		await filesOf([at('talks/deep/b.wav'), '-'], {stdin: stream(list.slice(0, 20), list.slice(20))}),
	).toEqual([at('talks/deep/b.wav'), at('talks/a.wav'), 'https://s.example/x.mp3', at('talks/[1].wav')]);
	expect(await filesOf([at('talks/a.wav'), at('talks/../talks/a.wav')])).toEqual([at('talks/a.wav')]);
});

describe('caught before a byte is sent, with what helps:', () => {
	test.each([
		['clip.webm', /webm files are not read .* convert it with --transcode or "ffmpeg -i IN OUT.flac"/],
		['empty.wav', /the file is empty: record or copy it again/],
		['header.wav', /no sound in it/],
		[
			'big.wav',
			/larger than 1 GB.* http\(s\) address .* --transcode .*"ffmpeg -i IN -ac 1 -ar 16000 OUT.flac/,
		],
		['notes.txt', /no audio file/],
		['texts', /there is no audio in this folder/],
		['page.wav', /xml files are not read by the service/],
		['none.wav', /there is no such file or folder: check the name/],
	])('%s', async (name, reason) => {
		expect(await reasonFor(at(name))).toMatch(reason);
	});

	test('a recording in a folder that the service does not read, instead of passing over it', async () => {
		mkdirSync(at('mixed'));
		cpSync(at('clip.webm'), at('mixed/clip.webm'));
		cpSync(at('talks/a.wav'), at('mixed/a.wav'));
		const {sources, unusable} = await findSources([at('mixed')]);
		expect(sources).toHaveLength(1);
		expect(unusable).toMatchObject([{path: at('mixed/clip.webm')}]);
	});
});

describe('with --transcode', () => {
	const transcode = true;

	test.each(['clip.webm', 'big.wav', 'film.mp4'])('%s is converted where ffmpeg is', async (name) => {
		const {sources, unusable} = await findSources([at(name)], {transcode, ffmpeg: true});
		expect(unusable).toEqual([]);
		expect(sources).toMatchObject([{file: at(name), transcode: true}]);
	});

	test.each(['empty.wav', 'notes.txt'])('%s is not: it would not help', async (name) => {
		expect(await reasonFor(at(name), {transcode, ffmpeg: true})).not.toContain('ffmpeg,');
	});

	test('what the service reads is sent as it is', async () => {
		const {sources} = await findSources([at('talks/a.wav')], {transcode, ffmpeg: true});
		expect(sources).toMatchObject([{transcode: false}]);
	});

	test('and no ffmpeg, what needs it says so and what does not goes', async () => {
		expect(await reasonFor(at('clip.webm'), {transcode, ffmpeg: false})).toContain(
			'(ffmpeg, which --transcode needs, is not installed)',
		);
		const {sources} = await findSources([at('film.mp4')], {transcode, ffmpeg: false});
		expect(sources).toMatchObject([{transcode: false}]);
	});
});

test.skipIf(process.platform === 'win32')('a pipe nobody writes into is told, not waited for', async () => {
	execFileSync('mkfifo', [at('pipe.wav')]);
	expect(await reasonFor(at('pipe.wav'))).toContain('neither a file nor a folder');
});

const isRoot = process.getuid?.() === 0;
const skipped = isRoot ? ' (skipped: root may read every file)' : '';
test.skipIf(isRoot)(`a file that may not be read is told as unusable${skipped}`, async () => {
	writeFileSync(at('secret.wav'), second);
	chmodSync(at('secret.wav'), 0);
	expect(await reasonFor(at('secret.wav'))).toContain('permission denied');
});

test('looking for recordings can be stopped', async () => {
	await expect(findSources([at('talks')], {signal: AbortSignal.abort(new Error('enough'))})).rejects.toThrow(
		'enough',
	);
});
