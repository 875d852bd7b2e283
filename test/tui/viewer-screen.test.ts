import {describe, expect, test} from 'bun:test';
import {widthOf} from '../../src/platform/width.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {viewerBindings} from '../../src/tui/keys/viewer-bindings.ts';
import {lineWidth} from '../../src/tui/presentation/line.ts';
import {viewerScreen} from '../../src/tui/presentation/viewer-lines.ts';
import {inAscii} from '../../src/tui/theme/ascii.ts';
import {lookOf} from '../../src/tui/theme/look.tsx';
import {styleOf} from '../../src/tui/theme/styles.ts';
import {text, WINDOWS} from '../helpers/presentation.ts';
import {transcriptOf, viewing} from '../helpers/viewed.ts';

const ODD = [
	'S1: Hello there? everybody who has come to this small meeting of ours.',
	'会议的名字很长很长的人: 我们今天讨论预算问题我们今天讨论预算问题我们今天讨论预算问题我们今天讨论预算问题.',
	'S2: 👩‍👩‍👧 Familie 👍🏽 and a café, e\u0301te\u0301? is near.',
	`S1: ${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)} lives.`,
	'S2: x\u001B[31m \u202Eevil.',
].join(' ');

const WHOLE = transcriptOf(ODD, {
	summary: {content: 'A very long summary '.repeat(20)},
	chapters: [{start_time: 0, end_time: 9, title: '会议'.repeat(40), summary: 'short'}],
	translations: {de: [{start_time: 0, end_time: 3, content: '你好 '.repeat(60), speaker: 'S1'}]},
	topics: {summary: {overall: {'a topic of many words that goes on and on and on': 12}}},
	sentiment_analysis: {
		segments: [{start_time: 0, end_time: 1, text: 'x '.repeat(90), sentiment: 'positive'}],
	},
});

describe('the screen of a transcript', () => {
	test.each(WINDOWS)('fits %i columns and %i rows in every section and state', (columns, rows) => {
		const view = viewing(WHOLE, {
			columns,
			rows,
			title: `${'会议录音'.repeat(20)}.wav`,
			simulated: true,
			place: {folder: `/${'deep/'.repeat(60)}`, stem: 'x'},
		});
		const keys = [
			'down',
			'pagedown',
			'G',
			'/',
			'e',
			'enter',
			'n',
			'u',
			's',
			'space',
			'escape',
			'right',
			'left',
		];
		for (let section = 0; section < view.viewer.sections.length; section++) {
			for (const key of keys) {
				view.press(key);
				const {body, status, targets = []} = view.screen();
				expect(body.length).toBeLessThanOrEqual(rows);
				for (const line of [...body, status]) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
				for (const target of targets) expect(target.row).toBeLessThan(body.length);
				expect(text(body[0]!)).toContain(' SIMULATED ');
			}
			view.press('escape', 'right');
		}
	});

	test('says what is read, and in which section', () => {
		const view = viewing(WHOLE, {seconds: 3723});
		expect(view.body[0]).toMatch(/^ talk\.wav {2}1:02:03 {2}en {2}enhanced +$/);
		expect(view.body[1]).toMatch(
			/^ {2}Transcript {3}Summary {3}Chapters {3}Topics {3}Sentiment {3}In German/,
		);
		view.press('right');
		const chosen = view.screen().body[1]!.filter(({style}) => style === 'tab');
		expect(chosen.map(({text}) => text)).toEqual([' Summary ']);
	});

	test('names a speaker where somebody else begins, in a colour that stays with the label', () => {
		const said = 'S1: One. Two. S2: Three.';
		const rows = viewing(said)
			.body.slice(2)
			.map((row) => row.trimEnd());
		expect(rows).toEqual(['❯    0:00  S1  One.', '     0:01      Two.', '     0:02  S2  Three.']);
		const lines = [{start: 0, end: 1, label: 'S1', speaker: 'Ann', text: 'One.'}] as const;
		const named = viewing('Ann: One.', {lines}).screen().body.flat();
		expect(named.find((part) => part.text.startsWith('Ann'))!.style).toBe('speaker:S1');
	});

	test('tells unsure words, what was found and the cursor without colour, too', () => {
		const looks = (['unsure', 'found', 'place'] as const).map((name) => JSON.stringify(styleOf(name, false)));
		expect(new Set([...looks, '{}']).size).toBe(4);
		for (const look of looks) expect(look).not.toContain('color');
	});

	test('needs nothing but ASCII where the terminal has no more', () => {
		const look = lookOf({LANG: 'C'}, 'linux');
		const view = viewing(transcriptOf('S1: One two? three.', {summary: {content: 'short'}}), {
			place: {folder: '/o', stem: 's'},
		});
		for (const key of ['down', '/', 't', 'enter', 's']) {
			view.press(key);
			const {body, status} = viewerScreen(view.viewer, view.size, look);
			for (const line of [...body, status]) expect(inAscii(text(line))).toMatch(/^[\x20-\x7E]*$/);
		}
	});

	test('shows no control character of a transcript', () => {
		const shown = viewing(ODD, {columns: 300, rows: 100}).body.join('\n');
		// biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there.
		expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
	});

	test('wraps text of wide letters and composed accents without losing any', () => {
		for (const columns of [40, 57, 80]) {
			const view = viewing(ODD, {columns, rows: 100});
			const layout = view.viewer.layout(columns);
			for (const [index, line] of view.viewer.text.lines.entries()) {
				const rows = layout.wrapped(index).ranges.map(([from, to]) => line.text.slice(from, to));
				expect(rows.join('').replace(/\s/g, '')).toBe(line.text.replace(/\s/g, ''));
				for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(columns);
			}
		}
	});

	test('moves no more than it must, and leaves no row empty at the end', () => {
		const said = Array.from({length: 200}, (_, index) => `line${index}.`).join(' ');
		const view = viewing(said, {rows: 12});
		const first = () => Number(/line(\d+)/.exec(view.body[2]!)![1]);
		expect(first()).toBe(0);
		view.press(...Array.from({length: 9}, () => 'down'));
		expect(first()).toBe(0);
		view.press('down');
		expect(first()).toBe(1);
		view.press('up');
		expect(first()).toBe(1);
		view.viewer.moveTo(100);
		expect(first()).toBe(97);
		view.press('G');
		expect(view.body.slice(2).map((row) => row.trim().split(/\s+/).at(-1))).toEqual(
			Array.from({length: 10}, (_, index) => `line${190 + index}.`),
		);
	});

	test('goes where a row is clicked, and to a section that is clicked', () => {
		const view = viewing(transcriptOf('One two. Three four.', {summary: {content: 'short'}}));
		const click = (what: string) => {
			const {body, targets} = view.screen();
			const row = body.findIndex((line) => text(line).includes(what));
			const column = text(body[row]!).indexOf(what);
			targets!.find((one) => one.row === row && (one.from ?? 0) <= column && column < (one.to ?? 999))!.run();
		};
		click('Three');
		expect(view.word).toBe('Three');
		click('Summary');
		expect(view.viewer.section.title).toBe('Summary');
	});

	test('has a key for everything it names, and words that fit', () => {
		const view = viewing(WHOLE, {place: {folder: '/o', stem: 's'}});
		for (const keys of [[], ['/'], ['enter', 's'], ['escape', 'right']]) {
			view.press(...keys);
			for (const {bindings} of viewerBindings(view.viewer, view.size)) {
				for (const {description, label} of bindings) {
					expect(description.length).toBeLessThanOrEqual(35);
					expect(label.split(' ').length).toBeLessThanOrEqual(2);
				}
				const names = bindings.flatMap((binding) => binding.keys);
				expect(new Set(names).size).toBe(names.length);
			}
		}
	});

	test('says that nothing was said, and can be left', () => {
		const view = viewing(transcriptOf('', {results: []}));
		view.press('down', 'w', 'u', 'G', '/', 'x', 'escape', 'y');
		expect(view.body.join('\n')).toContain('Nothing was said');
		dispatch('escape', viewerBindings(view.viewer, view.size), () => {});
		expect(view.viewer.isOpen).toBe(false);
	});
});

test('a frame costs the same in a text of 400 000 words, and a search hardly more', () => {
	const sentence = Array.from({length: 12}, (_, index) => `word${index}`).join(' ');
	const view = viewing(Array.from({length: 33_334}, () => `${sentence}.`).join(' '), {
		columns: 140,
		rows: 46,
		at: 200_000,
	});
	const times: number[] = [];
	for (let frame = 0; frame < 101; frame++) {
		const start = performance.now();
		view.press(frame % 2 === 0 ? 'down' : 'pagedown');
		view.screen();
		times.push(performance.now() - start);
	}
	expect(times.sort((one, other) => one - other)[50]!).toBeLessThan(16);
	view.press('/');
	view.type('word');
	const start = performance.now();
	view.type('7');
	expect(view.viewer.found.count).toBe(33_334);
	expect(performance.now() - start).toBeLessThan(100);
});
