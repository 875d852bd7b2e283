import {afterAll, expect, test} from 'bun:test';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {namesInList, readList} from '../../src/batch/source-list.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));

test.each<[string, string, string[]]>([
	['lines of every system', 'a.wav\nb.wav\r\nc.wav\rd.wav', ['a.wav', 'b.wav', 'c.wav', 'd.wav']],
	['comments and blank lines', '# a\n\n  \n  # b\na #1.wav\n', ['a #1.wav']],
	['quotes around a line', `"a b.wav"\n'c "d".wav'\nit's.wav\n""`, ['a b.wav', 'c "d".wav', "it's.wav"]],
	['names parted by NUL, as they are', 'a\nb.wav\0# c.wav\0"d".wav\0', ['a\nb.wav', '# c.wav', '"d".wav']],
	['nothing', '', []],
])('a list with %s', (_, text, names) => {
	expect(namesInList(text)).toEqual(names);
});

test.each([
	['UTF-8', Buffer.from('ä.wav\n')],
	['UTF-8 with its mark', Buffer.from('\uFEFFä.wav\n')],
	['UTF-16 of PowerShell', Buffer.from('\uFEFFä.wav\r\n', 'utf16le')],
])('a list in %s is read', async (_, bytes) => {
	writeFileSync(join(root, 'list.txt'), bytes);
	expect(await readList(join(root, 'list.txt'))).toEqual(['ä.wav']);
});

test('a list that is missing or no text says so', async () => {
	await expect(readList(join(root, 'none.txt'))).rejects.toThrow(
		/none\.txt cannot be read: there is no such file/,
	);
	writeFileSync(join(root, 'talk.wav'), Buffer.from([0x52, 0xff, 0xfe, 0x80]));
	await expect(readList(join(root, 'talk.wav'))).rejects.toThrow('is no text in UTF-8');
});
