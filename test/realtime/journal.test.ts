import {describe, expect, test} from 'bun:test';
import {appendFileSync, fdatasyncSync, readFileSync, statSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {Journal, type JournalDisk} from '../../src/realtime/journal.ts';
import {journalEnd, readJournal} from '../../src/realtime/journal-reader.ts';
import {final, over, partial, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {mark, word} from '../helpers/results.ts';

const quiet = {onTrouble: () => {}, now: () => 7};

const eventsIn = (path: string) => Array.fromAsync(readJournal(path));
const typesIn = async (path: string) => (await eventsIn(path)).map(({type}) => type);

describe('a journal', () => {
	test('holds what lasts, when it was, and nobody else may read it', async () => {
		using folder = temporaryFolder();
		const path = join(folder.path, 'journal.ndjson');
		const journal = new Journal(path, quiet);
		journal.write(started());
		journal.write(partial(word('Good', 0)));
		journal.write({type: 'level', rms: -20, peak: -10, clipped: 0} as never);
		journal.write(final());
		journal.write(final(word('Good', 0)));
		journal.write({type: 'mark', time: 1, text: 'here'});
		journal.close();
		expect(await eventsIn(path)).toEqual([
			{at: 7, ...started()},
			{at: 7, ...final(word('Good', 0))},
			{at: 7, type: 'mark', time: 1, text: 'here'},
		] as never);
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	test('is synced with each event, before the next thing happens', () => {
		using folder = temporaryFolder();
		const calls: string[] = [];
		const disk: JournalDisk = {
			write: (file, bytes, position) => {
				calls.push('write');
				return writeSync(file, bytes, 0, bytes.length, position);
			},
			sync: (file) => {
				calls.push('sync');
				fdatasyncSync(file);
			},
		};
		const journal = new Journal(join(folder.path, 'j'), {...quiet, disk});
		journal.write(final(word('Good', 0)));
		expect(calls).toEqual(['write', 'sync']);
		journal.close();
	});

	test('of a file, which can be streamed again, is synced now and then, and at the end', () => {
		using folder = temporaryFolder();
		let syncs = 0;
		const disk: JournalDisk = {
			write: (file, bytes, position) => writeSync(file, bytes, 0, bytes.length, position),
			sync: () => {
				syncs += 1;
			},
		};
		const journal = new Journal(join(folder.path, 'j'), {...quiet, disk, syncEvery: 60_000});
		for (let index = 0; index < 5; index++) journal.write(final(word('Good', index)));
		expect(syncs).toBe(1);
		journal.close();
		expect(syncs).toBe(2);
	});

	test('that broke off in the midst of a line goes on behind the line before', async () => {
		using folder = temporaryFolder();
		const path = join(folder.path, 'j');
		const first = new Journal(path, quiet);
		first.write(final(word('Good', 0)));
		first.close();
		appendFileSync(path, '{"at":7,"type":"final","results":[{"type":"wo');
		expect(await typesIn(path)).toEqual(['final']);
		const second = new Journal(path, quiet);
		second.write(over());
		second.close();
		expect(await typesIn(path)).toEqual(['final', 'ended']);
		expect(readFileSync(path, 'utf8')).not.toContain('"wo{');
	});

	test('with a line that a disk has spoilt keeps the others', async () => {
		using folder = temporaryFolder();
		const path = join(folder.path, 'j');
		const journal = new Journal(path, quiet);
		journal.write(final(word('Good', 0)));
		journal.close();
		appendFileSync(path, `${'\0'.repeat(40)}\n{"type":"mark"}\n${JSON.stringify({at: 1, ...over()})}\n`);
		expect(await typesIn(path)).toEqual(['final', 'ended']);
	});

	test('on a full disk tells it once, and catches up when there is room again', async () => {
		using folder = temporaryFolder();
		const path = join(folder.path, 'j');
		let room = 30;
		const disk: JournalDisk = {
			write(file, bytes, position) {
				const taken = Math.min(room, bytes.length);
				if (taken === 0) throw new Error('no space left on device');
				room -= taken;
				return writeSync(file, bytes, 0, taken, position);
			},
			sync: fdatasyncSync,
		};
		const troubles: string[] = [];
		const journal = new Journal(path, {now: () => 7, disk, onTrouble: (reason) => troubles.push(reason)});
		for (const content of ['one', 'two', 'three']) journal.write(final(word(content, 0)));
		expect(troubles).toEqual(['no space left on device']);
		expect(await eventsIn(path)).toEqual([]);
		room = 10_000;
		journal.write(final(word('four', 0)));
		journal.close();
		expect((await eventsIn(path)).map((event) => event.type === 'final' && event.text)).toEqual([
			'one',
			'two',
			'three',
			'four',
		]);
		expect(troubles).toHaveLength(1);
	});
});

describe('the end of a journal', () => {
	test('tells the last run, and the last word, whatever came after them', async () => {
		using folder = temporaryFolder();
		const path = join(folder.path, 'j');
		const journal = new Journal(path, quiet);
		const end = () => journalEnd(path);
		expect(await end()).toEqual({
			ended: undefined,
			isSaved: false,
			finalUntil: undefined,
			endsWithMark: false,
		});
		journal.write(started());
		journal.write(final(word('Good', 0, {end: 2})));
		expect(await end()).toMatchObject({ended: undefined, finalUntil: 2, endsWithMark: false});
		journal.write(final(mark('.', 2)));
		journal.write(over('failed'));
		expect(await end()).toMatchObject({ended: 'failed', isSaved: false, finalUntil: 2, endsWithMark: true});
		journal.write({type: 'saved', outputs: []});
		expect(await end()).toMatchObject({ended: 'failed', isSaved: true});
		journal.write(started(2));
		expect(await end()).toMatchObject({ended: undefined, isSaved: false, finalUntil: 2});
		// So much that the last word does not stand in what is read first.
		for (let time = 0; time < 2000; time++) journal.write({type: 'mark', time, text: 'x'.repeat(40)});
		expect(await end()).toMatchObject({ended: undefined, finalUntil: 2});
		journal.close();
	});
});
