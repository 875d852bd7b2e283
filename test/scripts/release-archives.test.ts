import {afterAll, beforeAll, expect, test} from 'bun:test';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import type {ArchiveEntry} from '../../scripts/release/archive-entry.ts';
import {tar} from '../../scripts/release/tar.ts';
import {zip} from '../../scripts/release/zip.ts';

const entries: ArchiveEntry[] = [
	{path: 'folder/program', content: Buffer.from('#!/bin/sh\necho started\n'), executable: true},
	{path: 'folder/EXACT', content: Buffer.alloc(512, 'x'), executable: false},
	{path: 'folder/EMPTY', content: new Uint8Array(), executable: false},
];

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'release-archives-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function expectUnpacked(parent: string): void {
	for (const {path, content} of entries) {
		expect(readFileSync(join(parent, path)).equals(Buffer.from(content))).toBe(true);
	}
	expect(statSync(join(parent, 'folder/program')).mode & 0o777).toBe(0o755);
	expect(statSync(join(parent, 'folder/EXACT')).mode & 0o777).toBe(0o644);
}

function run(command: string, ...args: string[]): void {
	const {status, stderr} = spawnSync(command, args, {encoding: 'utf8'});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
}

test.skipIf(Bun.which('tar') === null)(
	"the system's tar unpacks what is packed, permissions included",
	() => {
		const archive = join(folder, 'a.tar.gz');
		writeFileSync(archive, gzipSync(tar(entries)));
		run('mkdir', join(folder, 'tar'));
		run('tar', '-xzf', archive, '-C', join(folder, 'tar'));
		expectUnpacked(join(folder, 'tar'));
	},
);

test.skipIf(Bun.which('unzip') === null)(
	"the system's unzip unpacks what is packed, permissions included",
	() => {
		const archive = join(folder, 'a.zip');
		writeFileSync(archive, zip(entries));
		run('unzip', '-q', archive, '-d', join(folder, 'zip'));
		expectUnpacked(join(folder, 'zip'));
	},
);

test('a path that a tar file has no room for is refused', () => {
	const path = 'x'.repeat(101);
	expect(() => tar([{path, content: new Uint8Array(), executable: false}])).toThrow('too long');
});
