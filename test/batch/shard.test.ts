import {afterAll, expect, test} from 'bun:test';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inShard, parseShard} from '../../src/batch/shard.ts';
import {findSources} from '../../src/batch/sources.ts';
import {chunk, fmt, s16, wav} from '../audio/wav-files.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));

const sources = Array.from({length: 5000}, (_, index) => ({shardKey: `2026/11/talk ${index}.wav`}));

test.each([1, 2, 3, 7, 64])('%d shards have every recording once, in about equal parts', (count) => {
	const parts = Array.from({length: count}, (_, index) =>
		sources.filter((source) => inShard(source, {index: index + 1, count})),
	);
	expect(parts.flat()).toHaveLength(sources.length);
	expect(new Set(parts.flat())).toEqual(new Set(sources));
	const even = sources.length / count;
	for (const part of parts) expect(Math.abs(part.length - even)).toBeLessThan(5 * Math.sqrt(even) + 1);
});

test('a recording is in the same shard on every machine, today and later', () => {
	const shardOf = (shardKey: string) =>
		[1, 2, 3, 4, 5].find((index) => inShard({shardKey}, {index, count: 5}));
	// Written down once: another answer would let two versions of the program send a recording twice.
	expect(['a.wav', 'deep/b.wav', 'https://s.example/a.wav'].map(shardOf)).toEqual([2, 1, 4]);
});

test('a folder is the same to every machine, wherever it is mounted and whatever was named before it', async () => {
	const names = Array.from({length: 20}, (_, index) => `talk ${index}.wav`);
	const machines = ['mnt/a', 'Volumes/b'].map((place) => join(root, place));
	for (const folder of machines) {
		mkdirSync(join(folder, 'deep'), {recursive: true});
		for (const name of names) writeFileSync(join(folder, 'deep', name), wav(fmt(), chunk('data', s16(1))));
	}
	const [first, second] = await Promise.all(
		machines.map(async (folder, index) => {
			const {sources} = await findSources([folder], {shard: {index: index + 1, count: 2}});
			return sources.map(({name}) => name);
		}),
	);
	expect([...first!, ...second!].sort()).toEqual([...names].sort());
	expect(first!.length).toBeGreaterThan(0);
	expect(second!.length).toBeGreaterThan(0);
});

test('a recording that is named in two ways is in one shard', async () => {
	const folder = join(root, 'twice');
	mkdirSync(folder);
	const paths = Array.from({length: 10}, (_, index) => join(folder, `${index}.wav`));
	for (const path of paths) writeFileSync(path, wav(fmt(), chunk('data', s16(1))));
	const shards = await Promise.all(
		[1, 2].map((index) => findSources([...paths, folder], {shard: {index, count: 2}})),
	);
	expect(shards.flatMap(({sources}) => sources)).toHaveLength(10);
});

test('an address that is signed again stays in its shard', async () => {
	const keys = await Promise.all(
		['one', 'two'].map(async (signature) => {
			const {sources} = await findSources([`https://s.example/a.wav?X-Amz-Signature=${signature}`]);
			return sources[0]!.shardKey;
		}),
	);
	expect(keys[0]).toBe(keys[1]!);
});

test('a shard is read', () => {
	expect(parseShard('2/5')).toEqual({index: 2, count: 5});
	expect(parseShard(' 1/1 ')).toEqual({index: 1, count: 1});
});

test.each([
	['2', 'write it as 2/5'],
	['a/b', 'write it as 2/5'],
	['-1/5', 'write it as 2/5'],
	['1/0', 'at least one shard'],
	['0/5', 'count from 1: the first of 5 is 1/5'],
	['6/5', 'no shard 6 of 5'],
])('%s is no shard', (text, message) => {
	expect(() => parseShard(text)).toThrow(message);
});
