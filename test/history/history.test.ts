import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {
	appendFileSync,
	closeSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {HistoryError} from '../../src/history/database.ts';
import {History} from '../../src/history/history.ts';
import type {HistoryPlaces} from '../../src/history/sources.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import {SessionBusyError} from '../../src/realtime/session-lock.ts';
import {keepSession, noteRecording, placesIn, said, saveTranscript} from '../helpers/kept-history.ts';
import {ASKED, final, START, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {word} from '../helpers/results.ts';

let home: ReturnType<typeof temporaryFolder>;
let places: HistoryPlaces;
let history: History;
let notices: string[];

beforeEach(() => {
	home = temporaryFolder();
	places = placesIn(home.path);
	notices = [];
	history = new History(places, (sentence) => notices.push(sentence));
});
afterEach(() => {
	history.close();
	home[Symbol.dispose]();
});

const names = () => history.entries({}, {limit: 100}).entries.map(({name}) => name);
const foundIn = (words: string, filter = {}) =>
	history.search(words, filter, {limit: 100}).entries.map(({entry}) => entry.name);
/** What was found, as `[marked] text`. */
const marked = (words: string) =>
	history
		.search(words, {}, {limit: 100})
		.entries.flatMap(({hits}) =>
			hits.map(({text, marks}) =>
				marks
					.toReversed()
					.reduce(
						(all, [start, end]) => `${all.slice(0, start)}[${all.slice(start, end)}]${all.slice(end)}`,
						text,
					),
			),
		);

describe('entries', () => {
	test('tell of a recording what its transcript and the ledger know', async () => {
		const path = saveTranscript(places, 'speechdeck-1', said(['S1', 'Good day'], ['S2', 'To you too']));
		noteRecording(places, 'speechdeck-1', 'interview.wav', ['/out/interview.txt']);
		await history.refresh();
		expect(history.entries({}, {limit: 10})).toEqual({
			total: 1,
			entries: [
				{
					id: expect.stringMatching(/^[0-9a-f]{16}$/),
					kind: 'batch',
					name: 'interview.wav',
					startedAt: Date.parse('2026-01-31T09:05:00Z'),
					seconds: 60,
					language: 'en',
					speakers: 2,
					words: 5,
					state: 'finished',
					paths: {
						transcript: path,
						audio: ['/recordings/interview.wav'],
						outputs: ['/out/interview.txt'],
						folder: undefined,
					},
					jobId: 'job-of-speechdeck-1',
					sessionId: undefined,
					model: undefined,
					reference: 'speechdeck-1',
				},
			],
		});
	});

	test('tell of a session what its folder knows', async () => {
		const folder = await keepSession(places, said('Good day'));
		await history.refresh();
		expect(history.entries({}, {limit: 10}).entries[0]).toMatchObject({
			kind: 'live',
			name: 'mic',
			startedAt: new Date(2026, 1, 1, 10).getTime(),
			seconds: 1.5,
			language: 'en',
			model: 'enhanced',
			speakers: 0,
			words: 2,
			state: 'finished',
			sessionId: '2026-02-01T10-00-00',
			paths: {transcript: join(folder, 'journal.ndjson'), folder, audio: []},
		});
		expect(history.entries({}, {limit: 10}).entries[0]!.paths.outputs).toContain(
			join(folder, 'transcript.txt'),
		);
	});

	test('come the newest first, in pages, filtered by kind, time and name', async () => {
		saveTranscript(places, 'a', said('one'), {name: 'Zürich.wav', at: '2026-01-01T00:00:00Z'});
		saveTranscript(places, 'b', said('two'), {name: 'b.wav', at: '2026-01-03T00:00:00Z'});
		await keepSession(places, said('three'), {startedAt: new Date('2026-01-02T00:00:00Z')});
		await history.refresh();
		expect(names()).toEqual(['b.wav', 'mic', 'Zürich.wav']);
		const page = history.entries({}, {limit: 1, offset: 1});
		expect([page.entries[0]!.name, page.total]).toEqual(['mic', 3]);
		const filtered = (filter: object) => history.entries(filter, {limit: 10}).entries.map(({name}) => name);
		expect(filtered({kind: 'live'})).toEqual(['mic']);
		expect(filtered({since: Date.parse('2026-01-02T00:00:00Z')})).toEqual(['b.wav', 'mic']);
		expect(filtered({until: Date.parse('2026-01-02T00:00:00Z')})).toEqual(['Zürich.wav']);
		expect(filtered({name: 'ZURI'})).toEqual(['Zürich.wav']);
		expect(foundIn('one', {kind: 'live'})).toEqual([]);
		expect(foundIn('one', {name: 'zür'})).toEqual(['Zürich.wav']);
	});

	test('are none of the demo', async () => {
		saveTranscript(places, 'a', said('one'), {simulated: true});
		await keepSession(places, said('two'), {asked: {...ASKED, simulated: true}});
		await keepSession(places, said('three'), {
			startedAt: new Date(2026, 1, 2),
			more: [{...(started() as object), simulated: true} as never],
		});
		await history.refresh();
		expect(names()).toEqual([]);
		expect(foundIn('one')).toEqual([]);
		expect((await history.refresh()).read).toBe(0);
	});
});

describe('a search', () => {
	test('finds words, phrases and beginnings, whatever their case and accents', async () => {
		saveTranscript(places, 'a', said('Das Café in Zürich', 'we talked about transcription'));
		await history.refresh();
		expect(marked('cafe')).toEqual(['Das [Café] in Zürich.']);
		expect(marked('CAFE\u0301')).toEqual(['Das [Café] in Zürich.']);
		expect(marked('"in zurich"')).toEqual(['Das Café [in Zürich].']);
		expect(marked('"zurich in"')).toEqual([]);
		expect(marked('transcri*')).toEqual(['we talked about [transcription].']);
		expect(marked('transcri')).toEqual([]);
		expect(history.search('transcri', {}, {limit: 1}, {isTyping: true}).total).toBe(1);
	});

	test('finds Japanese, Chinese, Korean, Thai and Hindi', async () => {
		const one = (content: string) => [word(content, 0)];
		const letters = (text: string) => [...text].map((content, at) => word(content, at));
		saveTranscript(places, 'ja', letters('今日は東京で会議があります'), {language: 'ja', delimiter: ''});
		saveTranscript(places, 'zh', letters('我们明天在北京开会'), {language: 'cmn', delimiter: ''});
		saveTranscript(places, 'ko', said('서울에서 만나요'), {language: 'ko'});
		saveTranscript(places, 'th', one('สวัสดีครับ'), {language: 'th', delimiter: ''});
		saveTranscript(places, 'hi', said('हिन्दी भाषा'), {language: 'hi'});
		await history.refresh();
		expect(marked('東京')).toEqual(['今日は[東京]で会議があります']);
		expect(marked('会').sort()).toEqual(['今日は東京で[会]議があります', '我们明天在北京开[会]']);
		expect(marked('"東京で会議"')).toEqual(['今日は[東京で会議]があります']);
		expect(marked('京東')).toEqual([]);
		expect(marked('北京')).toEqual(['我们明天在[北京]开会']);
		expect(marked('서울')).toEqual(['[서울]에서 만나요.']);
		expect(marked('สวัสดี')).toEqual(['[สวัสดี]ครับ']);
		expect(marked('हिन्दी')).toEqual(['[हिन्दी] भाषा.']);
		expect(marked('हन्द')).toEqual([]);
	});

	test('wants all words in one entry, and ranks passages that have more of them first', async () => {
		saveTranscript(places, 'a', said('the budget is small', 'zurich is far', 'the budget of zurich'), {
			name: 'both',
		});
		saveTranscript(places, 'b', said('the budget is large'), {name: 'one'});
		await history.refresh();
		const {entries, total} = history.search('budget zurich', {}, {limit: 10, hits: 1});
		expect(total).toBe(1);
		expect(entries[0]).toMatchObject({
			entry: {name: 'both'},
			count: 3,
			hits: [{kind: 'speech', line: 2, start: 20, text: 'the budget of zurich.'}],
		});
		const all = history.hits(entries[0]!.entry.id, 'budget zurich');
		expect(all.map(({start}) => start)).toEqual([0, 10, 20]);
	});

	test('puts the newest first among equals', async () => {
		for (const day of [2, 3, 1]) {
			saveTranscript(places, `${day}`, said('equal words'), {name: 'x.wav', at: `2026-01-0${day}T00:00:00Z`});
		}
		await history.refresh();
		const {entries} = history.search('equal', {}, {limit: 2});
		expect(entries.map(({entry}) => entry.reference)).toEqual(['3', '2']);
	});

	test('finds names, marks and who speaks where', async () => {
		saveTranscript(places, 'a', said(['S1', 'hello there'], ['S2', 'goodbye now']), {
			name: 'Anna_interview.wav',
		});
		await keepSession(places, said('nothing special'), {more: [{type: 'mark', time: 4, text: 'decision'}]});
		await history.refresh();
		expect(history.search('anna', {}, {limit: 1}).entries[0]!.hits).toEqual([
			{
				kind: 'name',
				line: undefined,
				start: 0,
				speaker: undefined,
				text: 'Anna_interview.wav',
				marks: [[0, 4]],
			},
		]);
		expect(history.search('decision', {}, {limit: 1}).entries[0]!.hits).toMatchObject([
			{kind: 'mark', start: 4},
		]);
		expect(history.search('goodbye', {}, {limit: 1}).entries[0]!.hits).toMatchObject([
			{speaker: 'S2', start: 10, line: 1},
		]);
	});

	test('is never an error, whatever is typed', async () => {
		saveTranscript(places, 'a', said('plain words'));
		await history.refresh();
		const odd = [
			'"',
			'""',
			'*',
			'-',
			'NEAR(',
			'a:b',
			'^x',
			"'; drop table passages; --",
			'{}[]()',
			'\\',
			'+',
			'text:',
		];
		const characters = [...'"*()^:-+\'\\ aあé\u0000\u200B\uD800'];
		let seed = 7;
		const next = () => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed;
		};
		for (let index = 0; index < 300; index++) {
			odd.push(Array.from({length: 1 + (next() % 8)}, () => characters[next() % characters.length]).join(''));
		}
		for (const words of odd) {
			history.search(words, {}, {limit: 5});
			history.search(words, {}, {limit: 5}, {isTyping: true});
		}
		expect(foundIn('plain')).toEqual(['talk.wav']);
	});
});

describe('a refresh', () => {
	test('reads only what has changed', async () => {
		saveTranscript(places, 'a', said('first words'));
		await keepSession(places, said('second words'));
		const progress: number[] = [];
		expect(await history.refresh({onProgress: ({total}) => progress.push(total)})).toMatchObject({
			read: 2,
			removed: 0,
		});
		expect(progress).toEqual([2, 2]);
		expect(await history.refresh()).toMatchObject({read: 0, removed: 0});
		saveTranscript(places, 'a', said('other words'), {changedAt: new Date('2030-01-01')});
		expect((await history.refresh()).read).toBe(1);
		expect(foundIn('first')).toEqual([]);
		expect(marked('other')).toEqual(['[other] words.']);
	});

	test('forgets what is gone', async () => {
		const path = saveTranscript(places, 'a', said('first words'));
		const folder = await keepSession(places, said('second words'));
		await history.refresh();
		rmSync(path);
		rmSync(folder, {recursive: true});
		expect((await history.refresh()).removed).toBe(2);
		expect([names(), foundIn('words')]).toEqual([[], []]);
	});

	test('takes names and files from the ledger when they change, without reading transcripts again', async () => {
		saveTranscript(places, 'speechdeck-1', said('words'), {name: 'before.wav'});
		await history.refresh();
		expect(names()).toEqual(['before.wav']);
		noteRecording(places, 'speechdeck-1', 'after.wav', ['/out/after.txt']);
		expect((await history.refresh()).read).toBe(0);
		expect(history.find('last')[0]).toMatchObject({name: 'after.wav', paths: {outputs: ['/out/after.txt']}});
		expect([foundIn('after'), foundIn('before')]).toEqual([['after.wav'], []]);
	});

	test('goes on without a ledger that cannot be read, and says so', async () => {
		saveTranscript(places, 'a', said('words'));
		writeFileSync(places.ledger, 'this is no database at all, but text');
		await history.refresh();
		expect(names()).toEqual(['talk.wav']);
		expect(notices).toEqual([expect.stringContaining('ledger')]);
	});

	test('counts what cannot be read, and reads it once', async () => {
		const path = saveTranscript(places, 'a', said('words'));
		writeFileSync(path, '{"half": ');
		expect(await history.refresh()).toMatchObject({read: 1, unreadable: 1});
		expect(await history.refresh()).toMatchObject({read: 0, unreadable: 1});
	});

	test('leaves out what fails while it is read, and tries it again', async () => {
		saveTranscript(places, 'a', said('words'));
		const folder = await keepSession(places, said('more words'));
		const journal = join(folder, 'journal.ndjson');
		const kept = readFileSync(journal);
		rmSync(journal);
		mkdirSync(journal);
		await history.refresh();
		expect(names()).toEqual(['talk.wav']);
		expect((await history.refresh()).read).toBe(1);
		rmSync(journal, {recursive: true});
		writeFileSync(journal, kept);
		await history.refresh();
		expect(names()).toEqual(['mic', 'talk.wav']);
	});

	test('follows a session while it runs, and sees that its process is gone', async () => {
		const kept = SessionFolder.create(ASKED, {show: () => {}, startedAt: new Date(), root: places.sessions});
		kept.emit(started());
		kept.emit(final(...said('before the')));
		await history.refresh();
		expect(history.find('last')[0]).toMatchObject({state: 'running', words: 2});
		expect((await history.refresh()).read).toBe(0);
		kept.emit(final(word('crash', 5)));
		await history.refresh();
		expect(foundIn('crash')).toEqual(['mic']);
		const lock = readFileSync(join(kept.path, 'lock'), 'utf8');
		kept.close();
		writeFileSync(join(kept.path, 'lock'), lock.replace(/"pid":\d+/, '"pid":999999999'));
		await history.refresh();
		expect(history.find('last')[0]).toMatchObject({state: 'crashed'});
	});

	test('keeps all of a session that was taken up again', async () => {
		const folder = await keepSession(places, said('early words'), {isOver: false});
		const kept = SessionFolder.open(folder, {show: () => {}});
		kept.emit({type: 'state', state: 'connecting'});
		kept.emit({...started(2), offset: 5} as never);
		kept.emit(final(word('late', 20), word('words', 21)));
		kept.close();
		await history.refresh();
		expect(marked('words')).toEqual(['early [words].', 'late [words]']);
	});

	test('stops at once when it is told to, and keeps what it has', async () => {
		for (const name of ['a', 'b', 'c']) saveTranscript(places, name, said('words'));
		const stop = new AbortController();
		const run = history.refresh({
			signal: stop.signal,
			onProgress: ({done}) => {
				if (done === 1) stop.abort(new Error('enough'));
			},
		});
		expect(run).rejects.toThrow('enough');
		await run.catch(() => {});
		expect(names()).toHaveLength(2);
		expect((await history.refresh()).read).toBe(1);
	});

	test('by two at once makes no entry twice', async () => {
		for (let index = 0; index < 20; index++) saveTranscript(places, `${index}`, said('same words'));
		using other = new History(places);
		await Promise.all([history.refresh(), other.refresh()]);
		expect(history.entries({}, {limit: 100}).total).toBe(20);
		expect(history.search('same', {}, {limit: 100}).entries.map(({count}) => count)).toEqual(
			Array(20).fill(1),
		);
	});
});

describe('the index', () => {
	test('is for this user only', async () => {
		await history.refresh();
		for (const ending of ['', '-wal', '-shm'])
			expect(statSync(places.index + ending).mode & 0o777).toBe(0o600);
	});

	test('of another version is made anew, and that is said', async () => {
		saveTranscript(places, 'a', said('words'));
		await history.refresh();
		history.close();
		const database = new DatabaseSync(places.index);
		database.exec('drop table entries; create table entries (old text); pragma user_version = 99');
		database.close();
		history = new History(places, (sentence) => notices.push(sentence));
		expect(notices).toEqual([expect.stringContaining('another version')]);
		await history.refresh();
		expect(foundIn('words')).toEqual(['talk.wav']);
	});

	test.each(['all of it', 'a part of it'])(
		'that is damaged, %s, is made anew, and that is said',
		async (what) => {
			for (let index = 0; index < 50; index++)
				saveTranscript(places, `${index}`, said('some words', 'and more words'));
			await history.refresh();
			history.close();
			if (what === 'all of it') writeFileSync(places.index, 'garbage '.repeat(5000));
			else {
				const file = openSync(places.index, 'r+');
				writeSync(file, Buffer.alloc(statSync(places.index).size - 4096, 0xab), 0, undefined, 4096);
				closeSync(file);
			}
			history = new History(places, (sentence) => notices.push(sentence));
			await history.refresh();
			expect(notices).toEqual([expect.stringContaining('damaged')]);
			expect(foundIn('more')).toHaveLength(50);
		},
	);

	test('is made anew on demand, with the same ids', async () => {
		saveTranscript(places, 'a', said('words'));
		await history.refresh();
		const [before] = history.find('last');
		expect((await history.rebuild()).read).toBe(1);
		expect(history.find('last')).toEqual([before!]);
	});

	test('that cannot be made is one sentence', () => {
		writeFileSync(join(home.path, 'file'), '');
		expect(() => new History({...places, index: join(home.path, 'file', 'history.sqlite')})).toThrow(
			HistoryError,
		);
	});
});

describe('an entry', () => {
	test('is found by its id, its beginning, its session or its job', async () => {
		saveTranscript(places, 'a', said('words'));
		await keepSession(places, said('words'), {startedAt: new Date(2026, 1, 1, 10)});
		await keepSession(places, said('words'), {startedAt: new Date(2026, 1, 1, 11)});
		await history.refresh();
		const entries = history.entries({}, {limit: 10}).entries;
		for (const entry of entries) expect(history.find(entry.id.slice(0, history.idLength))).toEqual([entry]);
		const ids = (id: string) => history.find(id).map(({sessionId, jobId}) => sessionId ?? jobId);
		expect(ids('job-of-a')).toEqual(['job-of-a']);
		expect(ids('2026-02-01T10')).toEqual(['2026-02-01T10-00-00']);
		expect(ids('2026-02-01')).toHaveLength(2);
		expect(ids('last')).toEqual(['2026-02-01T11-00-00']);
		expect([ids(''), ids('zzz'), ids('%')]).toEqual([[], [], []]);
	});

	test('opens with its lines in the order of the hits', async () => {
		saveTranscript(places, 'a', said(['S1', 'first line'], ['S2', 'second line']));
		await keepSession(places, said('live line'), {
			more: [
				{type: 'gap', from: 1.5, seconds: 3, reason: 'no network'},
				{type: 'mark', time: 5, text: 'important'},
			],
			asked: {...ASKED, start: START},
		});
		await history.refresh();
		for (const words of ['second', 'important']) {
			const {entry, hits} = history.search(words, {}, {limit: 1}).entries[0]!;
			const {lines, transcript} = await history.open(entry.id);
			expect(lines[hits[0]!.line!]).toMatchObject({text: hits[0]!.text, start: hits[0]!.start});
			expect(transcript?.results.length).toBeGreaterThan(0);
		}
	});

	test('that is gone is one sentence when it is opened', async () => {
		const path = saveTranscript(places, 'a', said('words'));
		await history.refresh();
		rmSync(path);
		const [entry] = history.find('last');
		expect(history.open(entry!.id)).rejects.toThrow(HistoryError);
		expect(history.open('nothing')).rejects.toThrow(HistoryError);
	});

	test('of a session is deleted with its folder, unless it runs; of a recording it stays', async () => {
		const folder = await keepSession(places, said('words'));
		saveTranscript(places, 'a', said('others'));
		const running = SessionFolder.create(ASKED, {
			show: () => {},
			startedAt: new Date(2026, 5, 1),
			root: places.sessions,
		});
		await history.refresh();
		const [session] = history.find('2026-02-01');
		history.forget(session!.id);
		expect(statSync(folder, {throwIfNoEntry: false})).toBeUndefined();
		expect(foundIn('words')).toEqual([]);
		expect(() => history.forget(history.find('2026-06-01')[0]!.id)).toThrow(SessionBusyError);
		expect(() => history.forget(history.find('job-of-a')[0]!.id)).toThrow('paid for');
		running.close();
	});
});

test('a journal with half a line at its end is read up to there', async () => {
	const folder = await keepSession(places, said('whole words'), {isOver: false});
	appendFileSync(join(folder, 'journal.ndjson'), '{"type":"final","at":1,"resu');
	await history.refresh();
	expect(marked('words')).toEqual(['whole [words].']);
});
