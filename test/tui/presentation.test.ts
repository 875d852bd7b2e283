import {describe, expect, test} from 'bun:test';
import {widthOf} from '../../src/platform/width.ts';
import type {TranscriptLine} from '../../src/realtime/transcript-lines.ts';
import {fieldSpans} from '../../src/tui/presentation/field-spans.ts';
import {footerHints, footerLine} from '../../src/tui/presentation/footer-lines.ts';
import {headerOf} from '../../src/tui/presentation/header-lines.ts';
import {lineWidth} from '../../src/tui/presentation/line.ts';
import {movePosition, rowsDownTo} from '../../src/tui/presentation/scrolling.ts';
import {speechLines} from '../../src/tui/presentation/speech-lines.ts';
import {TextField} from '../../src/tui/stores/text-field.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';
import {styleOf} from '../../src/tui/theme/styles.ts';
import {glyphs, text, WINDOWS} from '../helpers/presentation.ts';

const transcriptLines = (lines: readonly TranscriptLine[], columns: number) =>
	lines.flatMap((line, index) => speechLines(line, lines[index - 1]?.speaker, columns));

const blocksOf = (lines: readonly TranscriptLine[]) => ({
	count: lines.length,
	rowsOf: (index: number) => speechLines(lines[index]!, lines[index - 1]?.speaker, 60),
});

describe('what was said', () => {
	const lines: TranscriptLine[] = Array.from({length: 50}, (_, index) => ({
		start: index,
		speaker: index % 3 === 0 ? 'S1' : 'S2',
		text: 'word '.repeat(1 + (index % 9) * 4).trim(),
	}));
	const all = transcriptLines(lines, 60).map(text);

	test('is wrapped below its first word, with the speaker where it begins', () => {
		const [first, second, third] = transcriptLines(
			[
				{start: 65, speaker: 'S1', text: 'one two three'},
				{start: 70, speaker: 'S1', text: 'four'},
			],
			24,
		).map(text);
		expect([first, second, third]).toEqual([
			'   1:05  S1  one two',
			'             three',
			'   1:10      four',
		]);
	});

	const blocks = blocksOf(lines);

	test('is shown to its end, or down to any place', () => {
		expect(rowsDownTo(blocks, undefined, 20).map(text)).toEqual(all.slice(-20));
		expect(rowsDownTo(blocksOf(lines.slice(0, 2)), undefined, 20).map(text)).toEqual(
			all.slice(0, transcriptLines(lines.slice(0, 2), 60).length),
		);
	});

	test('moves up and down by rows, and every row is reached once', () => {
		let position: Parameters<typeof movePosition>[1];
		for (let back = 1; back <= all.length - 20; back++) {
			position = movePosition(blocks, position, -1, 20);
			expect(rowsDownTo(blocks, position, 20).map(text)).toEqual(
				all.slice(all.length - 20 - back, all.length - back),
			);
		}
		expect(movePosition(blocks, position, -1, 20)).toEqual(position!);
		const top = movePosition(blocks, undefined, Number.NEGATIVE_INFINITY, 20);
		expect(rowsDownTo(blocks, top, 20).map(text)).toEqual(all.slice(0, 20));
		for (let row = 1; row < all.length - 20; row++) position = movePosition(blocks, position, 1, 20);
		expect(position).toBeDefined();
		expect(movePosition(blocks, position, 1, 20)).toBeUndefined();
	});

	test('that fits has nowhere to move', () => {
		expect(movePosition(blocksOf(lines.slice(0, 2)), undefined, -5, 20)).toBeUndefined();
	});

	test('is wrapped only where it is shown, at any length', () => {
		let wrapped = 0;
		const long = {
			count: 1_000_000,
			rowsOf: (index: number) => {
				wrapped++;
				return transcriptLines(lines.slice(index % 50, (index % 50) + 1), 60);
			},
		};
		const top = movePosition(long, undefined, Number.NEGATIVE_INFINITY, 20);
		rowsDownTo(long, top, 20);
		rowsDownTo(long, movePosition(long, undefined, -20, 20), 20);
		expect(wrapped).toBeLessThan(150);
	});

	test('has gaps, marks and sounds as lines of their own', () => {
		const notes: TranscriptLine[] = [
			{start: 1, speaker: undefined, text: 'gap 12 s: away', kind: 'gap'},
			{start: 2, speaker: undefined, text: 'mark 1', kind: 'mark'},
			{start: 3, speaker: undefined, text: '[applause]', kind: 'event'},
		];
		expect(transcriptLines(notes, 60).map(text)).toEqual([
			'   0:01  — gap 12 s: away',
			'   0:02  → mark 1',
			'   0:03  [applause]',
		]);
	});

	test('keeps the colour of a speaker who gets a name', () => {
		const style = (speaker: string) =>
			speechLines({start: 0, speaker, label: 'S2', text: 'x'}, undefined, 60)[0]!.find(({text}) =>
				text.startsWith(speaker),
			)?.style;
		expect(style('Anna')).toBe(style('S2'));
		expect(styleOf('speaker:Me', true)).not.toEqual(styleOf('speaker:Them', true));
	});
});

test('the header names the tabs as far as there is room, what runs in them, and the demo', () => {
	const tabs = [
		{title: 'Batch', running: '3/5'},
		{title: 'Realtime', running: '0:42'},
		{title: 'Compare', running: ''},
		{title: 'History', running: ''},
		{title: 'Settings', running: ''},
	];
	for (const [columns] of WINDOWS) {
		const model = {tabs, active: 1, demo: true};
		const {
			lines: [line],
			places,
		} = headerOf(model, glyphs, columns);
		expect(lineWidth(line)).toBeLessThanOrEqual(columns);
		expect(text(line)).toMatch(/1( Batch)? {2}●( 3\/5)? .*2( Realtime)? {2}●( 0:42)? .*3.*4.*5/);
		if (columns >= 60) expect(text(line)).toMatch(/3\/5.* 0:42/);
		expect(text(line)).toContain('DEMO');
		if (columns >= 120) expect(text(line)).toContain('5 Settings');
		for (const [index, {from, to}] of places.entries()) {
			expect(text(line).slice(from, to)).toStartWith(` ${index + 1} `);
		}
	}
});

test('what is typed stays in sight around its cursor, at any width', () => {
	const field = new TextField('会议 recording of a long name');
	for (const columns of [4, 10, 40]) {
		const line = fieldSpans(field, columns);
		expect(lineWidth(line)).toBe(columns);
		expect(line[1]).toEqual({text: ' ', style: 'selected'});
	}
	for (const key of ['home', 'delete', 'right', 'x', 'ctrl+w', 'space', 'end', 'backspace']) field.take(key);
	expect(field.text).toBe('  recording of a long nam');
	expect(field.take('up')).toBe(false);
	field.set('');
	field.insert('two\nlines \u001B[31m');
	expect(field.text).toBe('two lines \uFFFD[31m');
});

test('the footer shows as many keys as fit, and always the help', () => {
	const binding = (key: string, label: string) => ({
		keys: [key],
		label,
		description: '',
		run: () => {},
		inFooter: true,
	});
	const group = {
		title: '',
		bindings: [
			binding('a', 'first'),
			{...binding('b', 'disabled'), disabled: () => 'no'},
			binding('c', 'second'),
			binding('?', 'help'),
		],
	};
	expect(text(footerLine(footerHints([group], 80)))).toBe(' a first  c second  ? help');
	expect(text(footerLine(footerHints([group], 20)))).toBe(' a first  ? help');
});

test('without UTF-8 every glyph is ASCII, and without colour every style still differs from plain text where it must', () => {
	const ascii = glyphsFor({LANG: 'C'}, 'linux');
	expect(JSON.stringify(ascii)).toMatch(/^[\x20-\x7E]*$/);
	for (const glyph of Object.values(glyphs.states)) expect(widthOf(glyph)).toBe(1);
	for (const style of ['tab', 'demo', 'selected', 'strong', 'muted'] as const) {
		const {color, ...rest} = styleOf(style, false);
		expect(color).toBeUndefined();
		expect(Object.keys(rest).length).toBeGreaterThan(0);
	}
});
