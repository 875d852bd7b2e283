import {afterEach, beforeEach, expect, test} from 'bun:test';
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {unpackInto} from '../../src/platform/unpack.ts';

const FILES = [
	{name: 'addon.node', content: Buffer.from('addon')},
	{name: 'library.so', content: Buffer.from('library')},
];
let parent: string;

beforeEach(() => {
	parent = join(mkdtempSync(join(tmpdir(), 'unpack-')), 'cache');
});
afterEach(() => {
	rmSync(dirname(parent), {recursive: true, force: true});
});

test('files lie together in a folder that is for this user only', () => {
	const paths = unpackInto(parent, FILES);
	expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['addon', 'library']);
	expect(statSync(dirname(paths[0]!)).mode & 0o777).toBe(0o700);
	expect(dirname(paths[0]!)).toBe(dirname(paths[1]!));
});

test('a good copy is used again', () => {
	const [path] = unpackInto(parent, FILES);
	const {ino} = statSync(path!);
	expect(statSync(unpackInto(parent, FILES)[0]!).ino).toBe(ino);
	expect(readdirSync(parent)).toHaveLength(1);
});

test('other content has another folder', () => {
	const [first] = unpackInto(parent, FILES);
	const [second] = unpackInto(parent, [{name: 'addon.node', content: Buffer.from('newer')}]);
	expect(dirname(second!)).not.toBe(dirname(first!));
});

test.each([
	['changed', (path: string) => writeFileSync(path, 'other')],
	['open to others', (path: string) => chmodSync(path, 0o777)],
	['missing', (path: string) => rmSync(path)],
	['a link', replaceByLink],
	['in a folder open to others', (path: string) => chmodSync(dirname(path), 0o777)],
])('a copy that is %s is made again', (_, spoil) => {
	const [path] = unpackInto(parent, FILES);
	spoil(path!);
	expect(unpackInto(parent, FILES)).toContain(path!);
	expect(readFileSync(path!, 'utf8')).toBe('addon');
	expect(statSync(path!).mode & 0o022).toBe(0);
	expect(statSync(dirname(path!)).mode & 0o777).toBe(0o700);
});

test('a folder that others can write to, or a link to one, is refused', () => {
	mkdirSync(parent);
	chmodSync(parent, 0o777);
	expect(() => unpackInto(parent, FILES)).toThrow('is not private');
	const link = `${parent}-link`;
	symlinkSync(parent, link);
	expect(() => unpackInto(link, FILES)).toThrow('is not private');
});

function replaceByLink(path: string): void {
	rmSync(path);
	symlinkSync('/etc/hostname', path);
}
