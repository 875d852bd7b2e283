import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {watchFolder} from '../../src/batch/watch.ts';
import {afterLook, type Glimpse, isDue, type Seen} from '../../src/batch/watch-look.ts';

describe('what a look means', () => {
	/** Looks at one file after another moment; gives what came out each time. */
	function looks(...moments: Array<readonly [time: number, glimpse: Glimpse | undefined]>): boolean[] {
		let seen: ReadonlyMap<string, Seen> = new Map();
		return moments.map(([time, glimpse]) => {
			const look = afterLook(seen, new Map(glimpse && [['a', glimpse]]), time);
			seen = look.seen;
			return look.finished.length > 0;
		});
	}
	const small = {size: 1, modified: 1};
	const large = {size: 2, modified: 2};
	const empty = {size: 0, modified: 1};

	test('a file is finished when it stayed the same for two seconds, and then once', () => {
		expect(looks([0, small], [1999, small], [2000, small], [4000, small])).toEqual([
			false,
			false,
			true,
			false,
		]);
	});

	test('one look is not enough, however late it comes', () => {
		expect(looks([60_000, small])).toEqual([false]);
	});

	test('a file that grows starts again, by its size or its time alone', () => {
		const touched = {...small, modified: 3};
		expect(looks([0, small], [2000, large], [3000, large], [4000, large])).toEqual([
			false,
			false,
			false,
			true,
		]);
		expect(looks([0, small], [2000, touched], [4000, touched])).toEqual([false, false, true]);
	});

	test('an empty file is never finished', () => {
		expect(looks([0, empty], [2000, empty], [9000, empty])).toEqual([false, false, false]);
	});

	test('a file that vanished is forgotten', () => {
		expect(looks([0, small], [2000, undefined], [4000, small], [6000, small])).toEqual([
			false,
			false,
			false,
			true,
		]);
	});

	test('a file that was replaced is handed out again', () => {
		expect(looks([0, small], [2000, small], [9000, large], [11_000, large])).toEqual([
			false,
			true,
			false,
			true,
		]);
	});

	test('a file that was not looked at is remembered as it was', () => {
		const {seen} = afterLook(new Map(), new Map([['a', small]]), 0);
		const next = afterLook(seen, new Map([['a', undefined]]), 2000);
		expect(next).toEqual({seen, finished: []});
	});

	test('what was handed out is looked at seldom, what was not every time', () => {
		const seen = {...small, since: 0, looked: 2000, told: true};
		expect(isDue(undefined, 0)).toBeTrue();
		expect(isDue({...seen, told: false}, 2001)).toBeTrue();
		expect(isDue(seen, 31_999)).toBeFalse();
		expect(isDue(seen, 32_000)).toBeTrue();
	});
});

describe('a watched folder', () => {
	let root: string;
	let folder: string;
	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
		folder = join(root, 'in');
		mkdirSync(folder);
	});
	afterEach(() => rmSync(root, {recursive: true}));
	const put = (name: string, content = 'sound') => writeFileSync(join(folder, name), content);

	/** Watches while the steps happen, one between any two looks; gives what was told, by the number of the look. */
	async function watched(...steps: Array<() => void>): Promise<string[]> {
		const end = new AbortController();
		let now = 0;
		let look = 1;
		const clock = {
			now: () => now,
			sleep: async (milliseconds: number) => {
				now += milliseconds;
				look += 1;
				const step = steps.shift();
				if (step === undefined) end.abort();
				else step();
			},
		};
		const told: string[] = [];
		for await (const event of watchFolder(folder, {
			signal: end.signal,
			clock,
			inspect: async (path) => path,
		})) {
			const where = event.type === 'recording' ? event.inspected : event.folder;
			told.push(`${look} ${event.type} ${where.slice(root.length + 1)}`);
		}
		return told;
	}
	const nothing = () => {};

	test('gives what lies there at the start and what comes later, in folders too, each once', async () => {
		put('old.wav');
		const later = () => {
			mkdirSync(join(folder, 'deep'));
			put('deep/new.mp3');
		};
		expect(await watched(later, nothing, nothing)).toEqual([
			'2 recording in/old.wav',
			'3 recording in/deep/new.mp3',
		]);
	});

	test('waits while a recording grows', async () => {
		put('long.wav');
		const grow = () => appendFileSync(join(folder, 'long.wav'), 'more');
		expect(await watched(grow, grow, nothing)).toEqual(['4 recording in/long.wav']);
	});

	test('leaves copies under way alone until they have their name', async () => {
		for (const name of ['a.wav.part', 'b.wav.crdownload', '.c.wav', '~d.wav', 'e.wav~', 'notes.txt'])
			put(name);
		const finish = () => renameSync(join(folder, 'a.wav.part'), join(folder, 'a.wav'));
		expect(await watched(nothing, finish, nothing, nothing)).toEqual(['4 recording in/a.wav']);
	});

	test('gives a recording again whose content was replaced, even at the same size', async () => {
		put('a.wav', 'one');
		const replace = () => {
			put('a.wav', 'two');
			utimesSync(join(folder, 'a.wav'), 1, 1);
		};
		const wait = Array.from({length: 20}, () => nothing);
		const told = await watched(nothing, replace, ...wait);
		expect(told.map((line) => line.replace(/^\d+ /, ''))).toEqual([
			'recording in/a.wav',
			'recording in/a.wav',
		]);
	});

	test('that goes away is told once, and so that it is back; nothing is given twice for it', async () => {
		put('a.wav');
		const unmount = () => renameSync(folder, join(root, 'away'));
		const mount = () => renameSync(join(root, 'away'), folder);
		expect(await watched(nothing, unmount, nothing, mount, () => put('b.wav'), nothing, nothing)).toEqual([
			'2 recording in/a.wav',
			'3 unreadable in',
			'5 readable in',
			'7 recording in/b.wav',
		]);
	});

	test('on a slow drive is looked at less often', async () => {
		const end = new AbortController();
		let now = 0;
		const slept: number[] = [];
		const clock = {
			// Time passes with every question for it, as if all took long.
			now: () => (now += 1000),
			sleep: async (milliseconds: number) => {
				slept.push(milliseconds);
				end.abort();
			},
		};
		for await (const _ of watchFolder(folder, {signal: end.signal, clock, inspect: async () => {}}));
		expect(slept[0]).toBeGreaterThan(20_000);
	});
});
