import {expect, test} from 'bun:test';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {droppedPaths} from '../../src/batch/dropped-paths.ts';

test('a line that is a path as it stands is that one, however many lines there are', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
	try {
		const odd = ['board meeting.wav', "Anna's talk.wav", 'a "quoted" name.wav'].map((name) =>
			join(folder, name),
		);
		for (const path of odd) writeFileSync(path, '');
		expect(await droppedPaths(odd.join('\n'))).toEqual(odd);
		const escaped = join(folder, 'board\\ meeting.wav');
		expect(await droppedPaths(`${escaped}\r\n${odd[1]}\nhttps://example.com/a%20b.mp3\n\n`)).toEqual([
			odd[0]!,
			odd[1]!,
			'https://example.com/a%20b.mp3',
		]);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test.each([
	['It was a dark and stormy night', []],
	['One word\nand another', []],
	// A lone word, and whatever is written as a place, is looked for and told where it is missing.
	['missing.wav', ['missing.wav']],
	['/no/such.wav also.wav', ['/no/such.wav', 'also.wav']],
	['*.wav *.mp3', ['*.wav', '*.mp3']],
	['s3://bucket/a.wav b.wav', ['s3://bucket/a.wav', 'b.wav']],
])('a sentence that was pasted names no files: %j', async (pasted, named) => {
	expect(await droppedPaths(pasted)).toEqual(named);
});
