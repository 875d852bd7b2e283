import {expect, test} from 'bun:test';
import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {nativeComponents, packageComponent} from '../../scripts/release/components.ts';
import {withoutStaleSignature} from '../../scripts/release/mach-o.ts';
import {checksums, type Outcome, outcomeSentence, releaseNotes} from '../../scripts/release/notes.ts';
import {noticesText, packageFolders} from '../../scripts/release/notices.ts';
import {releaseNames, TARGETS, targetsNamed} from '../../scripts/release/targets.ts';

const root = resolve(import.meta.dirname, '../..');
const lock = readFileSync(join(root, 'bun.lock'), 'utf8');
const [linux] = TARGETS;
const windows = TARGETS.find(({name}) => name === 'windows-x64')!;
const outcome: Outcome = {
	target: linux!,
	size: 2e6,
	archived: 1e6,
	archive: 'a.tar.gz',
	addon: true,
	started: true,
};

test('targets keep their order, and an unknown one is told', () => {
	expect(targetsNamed(['windows-x64', 'linux-x64'])).toEqual([linux!, windows]);
	expect(targetsNamed([])).toBe(TARGETS);
	expect(() => targetsNamed(['linux-mips'])).toThrow(
		'no release target "linux-mips": name some of linux-x64',
	);
});

test('file names say version, system and processor', () => {
	expect(releaseNames('1.2.3', windows)).toEqual({
		folder: 'speechdeck-1.2.3-windows-x64',
		executable: 'speechdeck-1.2.3-windows-x64.exe',
		command: 'speechdeck.exe',
		archive: 'speechdeck-1.2.3-windows-x64.zip',
	});
	expect(releaseNames('1.2.3', linux!).archive).toBe('speechdeck-1.2.3-linux-x64.tar.gz');
});

test('packages are found by their folders, scoped and nested ones too', () => {
	const inputs = [
		'src/main.ts',
		'node_modules/zod/v4/index.js',
		'node_modules/zod/index.js',
		'node_modules/@fastify/busboy/lib/main.js',
		'node_modules/ink/node_modules/string-width/index.js',
	];
	expect(packageFolders(inputs)).toEqual([
		'node_modules/@fastify/busboy',
		'node_modules/ink/node_modules/string-width',
		'node_modules/zod',
	]);
});

test('a package is told with its own text, or with a remark where that stands elsewhere', () => {
	const ink = packageComponent(root, 'node_modules/ink', lock);
	expect(ink).toMatchObject({name: 'ink', licence: 'MIT'});
	expect(ink.text).toContain('Permission is hereby granted');
	const yoga = packageComponent(root, 'node_modules/yoga-layout', lock);
	expect(yoga.remark).toContain('React');
	expect(yoga.text).toContain('Meta Platforms');
});

test('a package without a licence text, or other than locked, is refused', () => {
	expect(() => packageComponent(root, 'node_modules/@tokenizer/token', lock)).toThrow('ships no text');
	expect(() => packageComponent(root, 'node_modules/ink', '')).toThrow('bun.lock does not name');
});

test('runtime, addon and PortAudio are told with their texts', () => {
	const texts = new Map(nativeComponents(root, lock).map(({name, text}) => [name, text]));
	expect(texts.get('Bun')).toMatch(/^\s*Bun itself is MIT-licensed/);
	expect(texts.get('naudiodon')).toContain('Apache License');
	expect(texts.get('PortAudio')).toContain('Ross Bencina and Phil Burk');
	expect(texts.get('JavaScriptCore, WebKit, TinyCC')).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
});

test('notices list packages by name, each version once, in any order of finding', () => {
	const b = {name: 'b', version: '1.0.0', licence: 'MIT', text: 'text of b\r\n'};
	const a = {name: 'a', version: '2.0.0', licence: 'ISC', text: 'text of a'};
	const other = {name: 'Runtime', licence: 'MIT', remark: 'Look.', text: 'text'};
	const text = noticesText([b, a, b], [other]);
	expect(text).toBe(noticesText([a, b], [other]));
	expect(text).toContain('  a 2.0.0: ISC\n  b 1.0.0: MIT\n  Runtime: MIT\n');
	expect(text.split('text of b')).toHaveLength(2);
	expect(text).not.toContain('\r');
});

test('notes say of each file what it contains and whether it was started', () => {
	const failed = {...outcome, target: windows, failure: 'No network.'};
	const notes = releaseNotes('1.2.3', 'linux x64', [outcome, failed]);
	expect(notes).toContain('| Linux, x64 (glibc) | a.tar.gz | 1.0 MB | 2.0 MB | yes; needs libasound2');
	expect(notes).toContain('| Windows, x64 | could not be built |');
	expect(outcomeSentence(failed)).toBe('windows-x64: not built. No network.');
	expect(outcomeSentence({...outcome, addon: false, started: false})).toContain('without the microphone');
});

test('checksums are as sha256sum writes them, by file name', () => {
	const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
	const content = new Uint8Array();
	expect(checksums(['b', 'a'].map((name) => ({name, content})))).toBe(`${empty}  a\n${empty}  b\n`);
});

test('only a macOS program for Intel loses its signature', () => {
	const intel = machO(0x01000007);
	const unsigned = Buffer.from(withoutStaleSignature(intel));
	expect(unsigned.length).toBe(256);
	// One command is left, and the last segment ends where the file ends.
	expect([unsigned.readUInt32LE(16), unsigned.readUInt32LE(20)]).toEqual([1, 72]);
	expect(unsigned.readBigUInt64LE(32 + 40) + unsigned.readBigUInt64LE(32 + 48)).toBe(256n);
	expect(unsigned.subarray(104, 120).every((byte) => byte === 0)).toBe(true);
	expect(withoutStaleSignature(unsigned)).toBe(unsigned);
	const arm = machO(0x0100000c);
	expect(withoutStaleSignature(arm)).toBe(arm);
});

/** A program with one segment from 200 to its end at 300, of which the last 44 bytes are a signature. */
function machO(processor: number): Buffer {
	const file = Buffer.alloc(300, 1);
	[0xfeedfacf, processor, 0, 2, 2, 72 + 16, 0, 0].forEach((value, index) => {
		file.writeUInt32LE(value, index * 4);
	});
	file.writeUInt32LE(0x19, 32);
	file.writeUInt32LE(72, 36);
	file.write('__LINKEDIT\0\0\0\0\0\0', 40);
	file.writeBigUInt64LE(200n, 32 + 40);
	file.writeBigUInt64LE(100n, 32 + 48);
	[0x1d, 16, 256, 44].forEach((value, index) => {
		file.writeUInt32LE(value, 104 + index * 4);
	});
	return file;
}
