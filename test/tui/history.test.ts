import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {writeFileSync} from 'node:fs';
import {createStore} from 'zustand/vanilla';
import {HistoryError} from '../../src/history/database.ts';
import type {Entry} from '../../src/history/entry.ts';
import {History} from '../../src/history/history.ts';
import type {HistoryPlaces} from '../../src/history/sources.ts';
import {widthOf} from '../../src/platform/width.ts';
import type {AppController, AppState} from '../../src/tui/controllers/app-controller.ts';
import {HistoryController} from '../../src/tui/controllers/history-controller.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {HistoryPlace} from '../../src/tui/screens/history-screen.ts';
import type {Dialog} from '../../src/tui/screens/screen.ts';
import type {HistoryServices, Services} from '../../src/tui/services.ts';
import {styleOf} from '../../src/tui/theme/styles.ts';
import {keepSession, noteRecording, placesIn, said, saveTranscript} from '../helpers/kept-history.ts';
import {temporaryFolder} from '../helpers/kept-sessions.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {glyphs, text, WINDOWS} from '../helpers/presentation.ts';

const LOOK = {colour: true, scheme: undefined, glyphs, animations: false, screenReader: false};
const SIZE = {rows: 20, columns: 80};

let home: ReturnType<typeof temporaryFolder>;
let places: HistoryPlaces;
let index: History | undefined;

beforeEach(() => {
	home = temporaryFolder();
	places = placesIn(home.path);
	index = undefined;
});
afterEach(() => {
	index?.close();
	home[Symbol.dispose]();
});

const kept: HistoryServices = {
	async open(onNotice) {
		index = new History(places, onNotice);
		return index;
	},
};

/** The tab with nothing around it. */
function tab(history: HistoryServices | 'none' = kept) {
	const clock = new ManualClock();
	const told: string[] = [];
	const copied: string[] = [];
	const shown: string[] = [];
	let dialog: Dialog | undefined;
	const services = {formats: ['txt'], ...(history !== 'none' && {history})} as unknown as Services;
	const controller = new HistoryController({
		services,
		clock,
		now: () => clock.now(),
		tell: (sentence) => told.push(sentence),
		open: (one) => {
			dialog = one;
		},
		handOver: (work) => work(),
		effects: {
			copy: async (path) => {
				copied.push(path);
				return {by: undefined, isWhole: true};
			},
			export: async () => [],
			player: undefined,
			show: async ({title, savedPath}, program) => {
				shown.push(`${program} ${savedPath ?? title}`);
			},
		},
	});
	const store = createStore<AppState>(() => ({tab: 'history', dialog: undefined, leaving: false}));
	const place = new HistoryPlace({history: controller, services, store} as unknown as AppController);
	const lines = (size = SIZE) => place.screen(size, LOOK).body.map((line) => text(line).trimEnd());
	return {
		...{controller, clock, place, told, copied, shown, store, lines},
		status: () => text(place.screen(SIZE, LOOK).status).trim(),
		dialog: () => dialog,
		press(...keys: string[]) {
			for (const key of keys) {
				if (place.typing()?.take(key)) continue;
				dispatch(key, dialog?.bindings(SIZE) ?? place.bindings(SIZE), (reason) => told.push(reason));
			}
		},
		/** Types what is looked for, and waits until it was. */
		async find(words: string) {
			this.press(
				'/',
				...words
					.replaceAll(' ', '\t')
					.split('')
					.map((key) => (key === '\t' ? 'space' : key)),
			);
			await clock.advance(500);
		},
		/** Shown, and brought up to date. */
		async ready() {
			place.shown();
			await until(() => controller.store.getState().isKnown);
			return this;
		},
	};
}

async function until(met: () => boolean): Promise<void> {
	while (!met()) await new Promise((resolve) => setImmediate(resolve));
}

async function keepSome() {
	saveTranscript(places, 'a', said(['S1', 'good morning all'], ['S2', 'the budget for Zürich is small']), {
		name: 'talk.wav',
		at: '2026-01-31T12:00:00Z',
	});
	saveTranscript(places, 'b', said('nothing of that kind'), {
		name: 'budget.mp3',
		at: '2026-01-30T12:00:00Z',
	});
	await keepSession(places, said('another budget'), {startedAt: new Date(2026, 1, 1, 10)});
}

describe('the list', () => {
	test('is read when it is first shown, and not before', async () => {
		await keepSome();
		const shown = tab();
		expect([index, shown.lines().join('').trim()]).toEqual([undefined, 'Reading what was transcribed here…']);
		await shown.ready();
		const names = shown.lines().map((line) => line.split(/ {2,}/).at(-1));
		expect(names).toEqual(['Name', 'mic', 'talk.wav', 'budget.mp3']);
		expect(shown.status()).toBe('1 of 3');
	});

	test('is narrowed to one kind after the other', async () => {
		await keepSome();
		const shown = await tab().ready();
		shown.press('f');
		expect([shown.lines().length, shown.status()]).toEqual([3, 'batch only  1 of 2']);
		shown.press('f');
		expect([shown.lines().length, shown.status()]).toEqual([2, 'live only  1 of 1']);
		shown.press('f');
		expect(shown.lines().length).toBe(4);
	});

	test('keeps to every width, and columns go in the order of their use', async () => {
		saveTranscript(places, 'a', said('one two'), {
			name: '会議の録音と名前のとても長い記録のファイル 👩‍👩‍👧 und noch viel mehr als das.wav',
		});
		await keepSession(places, said('three'), {isOver: false});
		const shown = await tab().ready();
		for (const [columns, rows] of WINDOWS) {
			const lines = shown.lines({columns, rows});
			expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
			expect(lines.join('\n')).toContain('● live');
			expect(lines.join('\n')).toContain('broke off');
		}
		const heading = (columns: number) => shown.lines({columns, rows: 20})[0]!.trim().split(/\s+/);
		expect(heading(40)).toEqual(['Kind', 'Transcribed', 'Name']);
		expect(heading(60)).toEqual(['Kind', 'Transcribed', 'Length', 'Name']);
		expect(heading(140)).toEqual([
			...['Kind', 'Transcribed', 'Length', 'Name'],
			...['Language', 'Speakers', 'Words'],
		]);
	});

	test('holds some hundred of ten thousand, and has every row that is looked at', async () => {
		const total = 10_000;
		const asked: number[] = [];
		const shown = await tab(madeUp(() => total, asked)).ready();
		const page = {rows: 100, columns: 300};
		for (const keys of [[], Array(40).fill('pagedown'), ['G'], Array(30).fill('pageup'), ['g']]) {
			shown.press(...keys);
			const rows = shown.lines(page).filter((line) => /\bname \d+ /.test(line));
			expect(rows).toHaveLength(99);
		}
		expect(Math.max(...asked)).toBeLessThan(1000);
	});

	test('stays on its entry when newer ones come, and at the top when it is there', async () => {
		let total = 50;
		const shown = await tab(madeUp(() => total)).ready();
		const selected = () => shown.controller.selected?.entry.name;
		expect(selected()).toBe('name 50');
		total = 52;
		await shown.clock.advance(5000);
		expect(selected()).toBe('name 52');
		shown.press('j', 'j');
		total = 55;
		await shown.clock.advance(5000);
		expect([selected(), shown.status()]).toEqual(['name 50', '6 of 55']);
	});

	test('is brought up to date every five seconds, but not while another tab is shown', async () => {
		const asked: number[] = [];
		const shown = await tab(madeUp(() => 3, asked)).ready();
		const before = asked.length;
		await shown.clock.advance(5000);
		expect(asked.length).toBe(before + 1);
		shown.store.setState({tab: 'batch'});
		await shown.clock.advance(60_000);
		expect(asked.length).toBe(before + 1);
		shown.store.setState({tab: 'history'});
		shown.place.shown();
		await until(() => asked.length > before + 1);
	});
});

/** An index of so many entries, the newest first, that cost nothing. @param asked how many were asked for each time */
function madeUp(total: () => number, asked: number[] = []): HistoryServices {
	return {
		open: async () => ({
			entries(_filter, {limit, offset = 0}) {
				asked.push(limit);
				const count = Math.max(0, Math.min(limit, total() - offset));
				const entries = Array.from({length: count}, (_, place) => entryOf(total() - offset - place));
				return {entries, total: total()};
			},
			search: () => ({entries: [], total: 0}),
			open: () => Promise.reject(new Error('no')),
			forget: () => {},
			refresh: async () => ({read: 0, removed: 0, unreadable: 0}),
		}),
	};
}

const entryOf = (number: number): Entry => ({
	...{id: `id-${number}`, kind: 'batch', name: `name ${number}`, startedAt: number * 60_000, seconds: 60},
	...{language: 'en', model: undefined, speakers: 1, words: 10, state: 'finished'},
	paths: {transcript: '', audio: [], outputs: [], folder: undefined},
	...{jobId: undefined, sessionId: undefined, reference: undefined},
});

describe('the search', () => {
	test('waits for a pause in the typing, and shows who said it when, with what was found marked', async () => {
		await keepSome();
		const shown = await tab().ready();
		shown.press('/', 'b', 'u', 'd');
		await shown.clock.advance(79);
		expect(shown.controller.search.isActive).toBe(false);
		await shown.clock.advance(1);
		expect(shown.lines().filter((line) => line.includes('0:10'))).toEqual([
			'       0:10  S2  the budget for Zürich is small.',
		]);
		expect(shown.status()).toMatch(/^\/ bud +found in 3$/);
		const found = shown.place
			.screen(SIZE, LOOK)
			.body.flatMap((line) => line.filter(({style}) => style === 'found'));
		expect(found.map(({text}) => text)).toEqual(['budget', 'budget', 'budget']);
		expect(styleOf('found', false)).toMatchObject({inverse: true});
	});

	test('waits longer while there is only one letter', async () => {
		await keepSome();
		const shown = await tab().ready();
		shown.press('/', 'b');
		await shown.clock.advance(200);
		expect(shown.controller.search.isActive).toBe(false);
		await shown.clock.advance(200);
		expect(shown.controller.search.isActive).toBe(true);
	});

	test('moves over entries and passages, and Esc leads back to where the list was', async () => {
		await keepSome();
		const shown = await tab().ready();
		shown.press('j');
		await shown.find('budget zürich');
		expect(shown.status()).toContain('found in 1');
		shown.press('enter');
		expect(shown.status()).toBe('/budget zürich  found in 1 of 3');
		shown.press('j', 'j', 'j');
		expect(shown.lines().filter((line) => line.includes('❯'))).toEqual([
			'❯      0:10  S2  the budget for Zürich is small.',
		]);
		shown.press('escape');
		expect([shown.status(), shown.controller.selected?.entry.name]).toEqual(['2 of 3', 'talk.wav']);
	});

	test('is narrowed to one kind as the list is', async () => {
		await keepSome();
		const shown = await tab().ready();
		await shown.find('budget');
		shown.press('enter', 'f', 'f');
		expect(shown.status()).toBe('/budget  found in 1 of 1 live');
	});

	test('says when there is nothing, and finds what comes while it is shown', async () => {
		await keepSome();
		const shown = await tab().ready();
		await shown.find('zebra');
		expect(shown.lines().join('\n')).toContain('Nothing is found for zebra');
		shown.press('enter');
		saveTranscript(places, 'c', said('a zebra'), {name: 'zoo.wav'});
		await shown.clock.advance(5000);
		await until(() => shown.status().includes('found in 1'));
	});

	test('shows five hundred of many at most, and as many as are looked at at first', async () => {
		const asked: number[] = [];
		const many: HistoryServices = {
			async open() {
				const made = await madeUp(() => 4000).open(() => {});
				return {
					...made,
					search(_words, _filter, {limit, offset = 0}) {
						asked.push(limit);
						const found = (place: number) => ({
							entry: entryOf(4000 - offset - place),
							count: 1,
							hits: [
								{kind: 'speech', line: 0, start: 1, speaker: undefined, text: 'a word', marks: [[2, 6]]},
							] as const,
						});
						return {entries: Array.from({length: limit}, (_, place) => found(place)), total: 4000};
					},
				};
			},
		};
		const shown = await tab(many).ready();
		await shown.find('word');
		shown.press('enter');
		expect(asked).toEqual([50]);
		shown.press('G');
		expect(asked).toEqual([50, 450]);
		expect(shown.lines().at(-2)).toContain('name 3501');
		expect(shown.lines().at(-1)).toBe('❯      0:01  a word');
		expect(shown.status()).toBe('/word  found in 4000 of 4000, the best 500 are shown');
	});
});

describe('reading', () => {
	test('begins at the second, at the word, and one Esc leads back', async () => {
		await keepSome();
		const shown = await tab().ready();
		await shown.find('Zuri');
		shown.press('enter', 'j', 'enter');
		await until(() => shown.controller.viewer.isOpen);
		const {viewer} = shown.controller;
		const {cursor, document} = viewer.store.getState();
		expect([document?.at, viewer.text.word(cursor).start]).toEqual([10, 13]);
		expect(shown.lines().join('\n')).toContain('❯    0:10  S2  the budget for Zürich is small.');
		shown.press('escape');
		expect(shown.lines().filter((line) => line.includes('❯'))).toEqual([
			'❯      0:10  S2  the budget for Zürich is small.',
		]);
	});

	test('takes two where something was looked for in the text itself', async () => {
		await keepSome();
		const shown = await tab().ready();
		shown.press('j', 'enter');
		await until(() => shown.controller.viewer.isOpen);
		shown.press('/', 'a', 'l', 'l', 'enter', 'escape');
		expect(shown.controller.viewer.isOpen).toBe(true);
		shown.press('escape');
		expect(shown.status()).toBe('2 of 3');
	});

	test('tells what is gone, and what has no word', async () => {
		await keepSome();
		await keepSession(places, [], {startedAt: new Date(2026, 1, 2, 10), isOver: false});
		const shown = await tab().ready();
		shown.press('enter');
		await until(() => shown.told.length > 0);
		home[Symbol.dispose]();
		shown.press('j', 'j', 'enter');
		await until(() => shown.told.length > 1);
		expect(shown.told).toEqual([
			'Nothing is said in mic',
			'The transcript of talk.wav cannot be read any more',
		]);
		expect(shown.controller.viewer.isOpen).toBe(false);
	});
});

describe('files', () => {
	test('are opened and copied where they are still there; else what is kept', async () => {
		const saved = `${home.path}/talk.txt`;
		const transcript = saveTranscript(places, 'a', said('hello'), {name: 'talk.wav'});
		noteRecording(places, 'a', 'talk.wav', [`${home.path}/talk.srt`, saved]);
		const shown = await tab().ready();
		shown.press('y', 'o');
		await until(() => shown.copied.length + shown.shown.length === 2);
		writeFileSync(saved, 'hello');
		shown.press('y', 'e');
		await until(() => shown.copied.length + shown.shown.length === 4);
		expect(shown.copied).toEqual([transcript, saved]);
		expect(shown.shown).toEqual(['pager talk.wav', `editor ${saved}`]);
	});

	test('of a session are deleted after a question; a paid transcript stays', async () => {
		await keepSome();
		const shown = await tab().ready();
		shown.press('D', 'n');
		expect(shown.controller.list.store.getState().total).toBe(3);
		shown.press('D');
		expect(shown.dialog()?.lines(SIZE, LOOK).map(text).join('\n')).toContain('gone for good');
		shown.press('y');
		await until(() => shown.told.length > 0);
		expect([shown.told.at(-1), shown.status()]).toEqual(['Deleted mic from this computer', '1 of 2']);
		shown.press('D');
		await until(() => shown.told.length > 1);
		expect([shown.dialog(), shown.told.at(-1)]).toEqual([
			undefined,
			'The transcript of talk.wav stays: without it, the same recording would be paid for again',
		]);
	});
});

describe('where there is nothing', () => {
	test('it is said what to do', async () => {
		const shown = await tab().ready();
		expect(shown.lines().join('\n')).toContain('Press 1 for recordings');
		shown.press('/', 'enter');
		expect(shown.told).toEqual(['there is nothing yet', 'nothing is shown']);
	});

	test('the demo says why', () => {
		const shown = tab('none');
		shown.place.shown();
		expect(shown.lines().join('\n')).toContain('The demo keeps no history');
	});

	test('what is wrong is said once, and tried again', async () => {
		let fails = true;
		const failing: HistoryServices = {
			open: async (onNotice) => {
				if (fails) throw new HistoryError('The index cannot be used: no room');
				return kept.open(onNotice);
			},
		};
		await keepSome();
		const shown = tab(failing);
		shown.place.shown();
		await until(() => shown.status() !== '');
		expect([shown.status(), shown.told]).toEqual(['The index cannot be used: no room', []]);
		expect(shown.lines().join('\n')).toContain('R tries again');
		fails = false;
		shown.press('R');
		await until(() => shown.status() === '1 of 3');
	});
});
