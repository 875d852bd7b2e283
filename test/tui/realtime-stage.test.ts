import {describe, expect, test} from 'bun:test';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {LiveView} from '../../src/realtime/live-view.ts';
import {type Line, lineWidth} from '../../src/tui/presentation/line.ts';
import {drawable, stageFonts} from '../../src/tui/presentation/stage-font.ts';
import {stageScreen} from '../../src/tui/presentation/stage-lines.ts';
import {stageRows} from '../../src/tui/presentation/stage-rows.ts';
import {lookOf} from '../../src/tui/theme/look.tsx';
import {text, WINDOWS} from '../helpers/presentation.ts';
import {mark, word} from '../helpers/results.ts';

const look = lookOf({LANG: 'C.UTF-8'}, 'linux');
const inAscii = lookOf({NO_COLOR: '1'}, 'linux');
/** Largest first. */
const FONTS = stageFonts();
const SMALLEST = FONTS.at(-1)!;

function heard(...events: RealtimeEvent[]): LiveView {
	const view = new LiveView();
	view.apply({type: 'state', state: 'listening'}, 0);
	for (const event of events) view.apply(event, 0);
	return view;
}

/** Words of a sentence, a final or a partial, from a moment on. */
function spoken(type: 'final' | 'partial', sentence: string, start = 0, speaker = 'S1'): RealtimeEvent {
	const [, said = '', end = ''] = /^(.*?)([.?!]?)$/.exec(sentence)!;
	const results = said.split(' ').map((content, index) => word(content, start + index * 0.3, {speaker}));
	const time = start + results.length * 0.3;
	if (end !== '') results.push(mark(end, time, {speaker}));
	return {type, text: sentence, startTime: start, endTime: time, results};
}

function screen(view: LiveView, columns = 80, rows = 24, {demo = false, on = look} = {}) {
	return stageScreen({view, language: 'en', demo}, {columns, rows}, on).body;
}

/** Where on the screen a text stands in the letters of a font: the row, or -1. */
function rowOf(body: readonly Line[], said: string, font: (typeof FONTS)[number]): number {
	const drawn = font.drawn(said, false).map((row) => row.trimEnd());
	const lines = body.map((line) => text(line).trimEnd().slice(2));
	return lines.findIndex((_, row) => drawn.every((wanted, index) => lines[row + index] === wanted));
}

const inColumns = (columns: number) => ({width: columns, widthOf: (said: string) => said.length, columns});
const rowsOf = (view: LiveView, columns: number, most = 2) =>
	stageRows(view, 'en', most, () => inColumns(columns)).map((row) => row.text);

describe('large letters', () => {
	test('are drawn pixel by pixel, two to a cell', () => {
		expect(SMALLEST.drawn('Hi.', false)).toEqual([
			'       ▄    ',
			'█   █  ▀    ',
			'█▄▄▄█ ▀█    ',
			'█   █  █    ',
			'█   █ ▄█▄ █ ',
			'            ',
		]);
		expect(SMALLEST.drawn('Hi.', true).join('')).toMatch(/^[ "o#]+$/);
	});

	test('take the columns that they are measured with', () => {
		for (const font of FONTS) {
			for (const said of ['Willi', 'Ärger über ŁÓDŹ', 'Привет', 'Ωραία', '1 100,–']) {
				const rows = font.drawn(said, false);
				expect(rows).toHaveLength(font.rows);
				expect(new Set(rows.map((row) => row.length)).size).toBe(1);
				expect(Math.max(...rows.map((row) => row.trimEnd().length))).toBeLessThanOrEqual(font.widthOf(said));
			}
		}
	});

	test('are there for Latin, Greek, Cyrillic and their marks, and for no other script', () => {
		expect(drawable('Ça „vâ“ – Łódź, Ştefan’s Öl: 5 €!')).toBeDefined();
		expect(drawable('Ελληνικά, ελληνικοί')).toBeDefined();
		expect(drawable('Українська їжа, подъезд')).toBeDefined();
		// In two characters what is one letter.
		expect(drawable('e\u0301te\u0301')).toBe('été');
		expect(drawable('five\u00A0euros')).toBe('five euros');
		for (const other of ['你好', 'العربية', 'नमस्ते', 'fine 🙂']) expect(drawable(other)).toBeUndefined();
	});
});

describe('lines of the stage', () => {
	const sentence = "Let's begin the meeting, with a look at the budget of the year.";

	test('end where it reads well, and never inside a word', () => {
		const view = heard(spoken('final', sentence));
		expect(rowsOf(view, 30, 9)).toEqual([
			"Let's begin the meeting,",
			'with a look at the budget of',
			'the year.',
		]);
		expect(rowsOf(view, 16, 9).join(' ')).toBe(sentence);
	});

	test('grow word by word, and no word that stands moves', () => {
		const words = sentence.split(' ');
		for (const columns of [12, 20, 33]) {
			let before: string[] = [''];
			for (let count = 1; count <= words.length; count++) {
				const rows = rowsOf(heard(spoken('partial', words.slice(0, count).join(' '))), columns, 9);
				expect(rows.join(' ')).toBe(words.slice(0, count).join(' '));
				expect(rows.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
				expect(rows[before.length - 1]).toStartWith(before.at(-1)!);
				before = rows;
			}
		}
	});

	test('begin with each sentence, and go on with what is not final yet', () => {
		const view = heard(spoken('final', 'Yes.'), spoken('final', 'We go', 2));
		view.apply(spoken('partial', 'on', 3), 0);
		expect(rowsOf(view, 30)).toEqual(['Yes.', 'We go on']);
	});

	test('leave out what is for who runs the session', () => {
		const view = heard(spoken('final', 'Yes.'), {type: 'mark', time: 1, text: 'mark 1'});
		view.apply({type: 'gap', from: 2, seconds: 3, reason: 'asleep'}, 0);
		expect(rowsOf(view, 30)).toEqual(['Yes.']);
	});

	test('name who begins to speak, once', () => {
		const view = heard(spoken('final', 'Yes.'), spoken('final', 'And now we see.', 2, 'S2'));
		view.apply({type: 'speaker', label: 'S2', name: 'Anna'}, 0);
		const rows = stageRows(view, 'en', 3, () => inColumns(9));
		expect(rows).toEqual([
			{text: 'Yes.', speaker: 'S1'},
			{text: 'And now', speaker: 'Anna'},
			{text: 'we see.', speaker: undefined},
		]);
	});

	test('take a word that is wider than a line in pieces', () => {
		expect(rowsOf(heard(spoken('final', 'Incomprehensibilities.')), 10, 9).join('')).toBe(
			'Incomprehensibilities.',
		);
	});

	test('cost the same after a day', () => {
		const view = new LiveView();
		for (let index = 0; index < 20_000; index++)
			view.apply(spoken('final', 'It goes on and on.', index * 4), 0);
		const startedAt = performance.now();
		for (let frame = 0; frame < 50; frame++) screen(view, 300, 100);
		expect((performance.now() - startedAt) / 50).toBeLessThan(16);
	});
});

describe('the stage', () => {
	test.each(WINDOWS)('fills %i columns and %i rows, whatever is said', (columns, rows) => {
		for (const said of [
			'Donaudampfschifffahrtsgesellschaftskapitänsmützen gibt es nicht mehr.',
			'长语句'.repeat(60),
			'fine 🙂 then',
			'W '.repeat(90).trim(),
		]) {
			for (const on of [look, inAscii]) {
				const body = screen(heard(spoken('final', 'Yes.'), spoken('partial', said, 2, 'S2')), columns, rows, {
					on,
				});
				expect(body).toHaveLength(rows);
				for (const line of body) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
			}
		}
	});

	test('has the newest line below, as large as leaves room for a few words', () => {
		const view = heard(spoken('final', 'Good morning.'));
		const [, , , , , small] = FONTS;
		expect(rowOf(screen(view), 'Good morning.', small!)).toBeGreaterThan(11);
		view.apply(spoken('final', 'Welcome.', 2), 0);
		const body = screen(view);
		expect(rowOf(body, 'Welcome.', small!)).toBeGreaterThan(rowOf(body, 'Good morning.', small!));
		expect(rowOf(screen(view, 140, 50), 'Welcome.', FONTS[4]!)).toBeGreaterThan(0);
		expect(rowOf(screen(view, 300, 100), 'Welcome.', FONTS[0]!)).toBeGreaterThan(0);
		// Where there is no height, they are smaller; where there is no width, it is plain text.
		expect(rowOf(screen(view, 300, 20), 'Welcome.', FONTS[4]!)).toBeGreaterThan(0);
		expect(screen(view, 60, 20).map(text)).toContainEqual(expect.stringContaining('Welcome.'));
	});

	test('writes other scripts plainly, ideographs apart', () => {
		const lines = screen(heard(spoken('final', '你好'))).map(text);
		expect(lines.find((line) => line.includes('你'))?.trim()).toBe('你 好');
	});

	test('is plain text where it is read aloud', () => {
		const on = lookOf({LANG: 'C.UTF-8', INK_SCREEN_READER: 'true'}, 'linux');
		const lines = screen(heard(spoken('final', 'Good morning.')), 140, 50, {on}).map(text);
		expect(lines).toContainEqual(expect.stringMatching(/^ +Good morning\.$/));
	});

	test('always says what nobody said, and when nobody is heard', () => {
		const view = heard({
			type: 'started',
			sessionId: 'x',
			connection: 1,
			offset: 0,
			model: 'enhanced',
			language: 'en',
			simulated: true,
		});
		expect(text(screen(view)[0]!)).toEndWith(' SIMULATED ');
		expect(text(screen(new LiveView(), 80, 24, {demo: true})[0]!)).toMatch(
			/^ Space starts, Esc leaves .* DEMO $/,
		);
		view.apply({type: 'microphone', is: 'muted'}, 0);
		expect(text(screen(view)[0]!)).toStartWith(' muted ');
		view.apply({type: 'paused', paused: true}, 0);
		expect(text(screen(view)[0]!)).toStartWith(' paused ');
		view.apply({type: 'error', reason: 'The service refuses the key'}, 0);
		view.apply({type: 'state', state: 'ended'}, 0);
		view.apply({type: 'ended', reason: 'failed', sentFrames: 0, sentBytes: 0, connections: 0}, 0);
		expect(text(screen(view)[0]!)).toStartWith(' The service refuses the key');
	});
});
