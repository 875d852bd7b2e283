import {afterAll, expect, test} from 'bun:test';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {writeNewFiles} from '../../src/platform/files.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));
const files = (content: string) => [
	{ending: '.txt', content},
	{ending: '.srt', content},
];

test('nothing that is there is overwritten, and what belongs together keeps one number', async () => {
	const folder = join(root, 'a/b');
	expect(await writeNewFiles(folder, 'talk', files('1'))).toEqual([
		join(folder, 'talk.txt'),
		join(folder, 'talk.srt'),
	]);
	writeFileSync(join(folder, 'talk-2.srt'), 'mine');
	expect(await writeNewFiles(folder, 'talk', files('2'))).toEqual([
		join(folder, 'talk-3.txt'),
		join(folder, 'talk-3.srt'),
	]);
	expect(readFileSync(join(folder, 'talk.txt'), 'utf8')).toBe('1');
	expect(readFileSync(join(folder, 'talk-2.srt'), 'utf8')).toBe('mine');
	expect(readdirSync(folder).sort()).toEqual([
		'talk-2.srt',
		'talk-3.srt',
		'talk-3.txt',
		'talk.srt',
		'talk.txt',
	]);
});

test('many writers at once never meet under one name', async () => {
	const folder = join(root, 'race');
	const written = await Promise.all(
		Array.from({length: 20}, (_, index) => writeNewFiles(folder, 'talk', files(String(index)))),
	);
	expect(new Set(written.flat()).size).toBe(40);
	for (const [index, paths] of written.entries()) {
		for (const path of paths) expect(readFileSync(path, 'utf8')).toBe(String(index));
	}
	expect(readdirSync(folder)).toHaveLength(40);
});

test('control characters do not get into a name', async () => {
	const [path] = await writeNewFiles(root, '\u001B[31mred\n', [{ending: '.txt', content: ''}]);
	expect(path).toBe(join(root, '_[31mred_.txt'));
});
