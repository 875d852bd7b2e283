import {describe, expect, test} from 'bun:test';
import {widthOf} from '../../src/platform/width.ts';
import {LiveView} from '../../src/realtime/live-view.ts';
import type {TranscriptLine} from '../../src/realtime/transcript-lines.ts';
import {footerLine} from '../../src/tui/presentation/footer-lines.ts';
import {headerLines} from '../../src/tui/presentation/header-lines.ts';
import {type Line, lineWidth} from '../../src/tui/presentation/line.ts';
import {pausedLine, realtimeLines} from '../../src/tui/presentation/realtime-lines.ts';
import {linesDownTo, movePosition, transcriptLines} from '../../src/tui/presentation/speech-lines.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';
import {styleOf} from '../../src/tui/theme/styles.ts';

const glyphs = glyphsFor({LANG: 'C.UTF-8'}, 'linux');
const text = (line: Line) => line.map((span) => span.text).join('');
const WINDOWS = [
	[40, 10],
	[60, 20],
	[80, 24],
	[140, 50],
	[300, 100],
] as const;

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

	test('is shown to its end, or down to any place', () => {
		expect(linesDownTo(lines, undefined, 20, 60).map(text)).toEqual(all.slice(-20));
		expect(linesDownTo(lines.slice(0, 2), undefined, 20, 60).map(text)).toEqual(
			all.slice(0, transcriptLines(lines.slice(0, 2), 60).length),
		);
	});

	test('moves up and down by rows, and every row is reached once', () => {
		let position: Parameters<typeof movePosition>[1];
		for (let back = 1; back <= all.length - 20; back++) {
			position = movePosition(lines, position, -1, 20, 60);
			expect(linesDownTo(lines, position, 20, 60).map(text)).toEqual(
				all.slice(all.length - 20 - back, all.length - back),
			);
		}
		expect(movePosition(lines, position, -1, 20, 60)).toEqual(position!);
		expect(
			linesDownTo(lines, movePosition(lines, undefined, Number.NEGATIVE_INFINITY, 20, 60), 20, 60).map(text),
		).toEqual(all.slice(0, 20));
		for (let row = 1; row < all.length - 20; row++) position = movePosition(lines, position, 1, 20, 60);
		expect(position).toBeDefined();
		expect(movePosition(lines, position, 1, 20, 60)).toBeUndefined();
	});

	test('that fits has nowhere to move', () => {
		expect(movePosition(lines.slice(0, 2), undefined, -5, 20, 60)).toBeUndefined();
	});
});

describe('the realtime screen', () => {
	function listening(): LiveView {
		const view = new LiveView();
		view.apply({type: 'state', state: 'listening'}, 0);
		view.apply({type: 'level', rms: -20, peak: -6}, 0);
		return view;
	}

	test.each(WINDOWS)('fits %i columns and %i rows', (columns, rows) => {
		const view = listening();
		view.apply({type: 'partial', text: '长语句'.repeat(100), startTime: 0, endTime: 1, results: []}, 0);
		const lines = realtimeLines(
			{view, scroll: undefined, sourceName: 'a very long name of a device', now: 0},
			glyphs,
			rows - 4,
			columns,
		);
		expect(lines).toHaveLength(rows - 4);
		for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
	});

	test('shows the end of a partial that is too long', () => {
		const view = listening();
		view.apply(
			{type: 'partial', text: `start ${'word '.repeat(60)}newest`, startTime: 0, endTime: 1, results: []},
			0,
		);
		const lines = realtimeLines({view, scroll: undefined, sourceName: '', now: 0}, glyphs, 20, 60).map(text);
		expect(lines.at(-2)).toStartWith(' …');
		expect(lines.at(-1)).toEndWith('newest');
		expect(lines.join('\n')).not.toContain('start ');
	});

	test('tells what was missed while scrolled away', () => {
		const view = listening();
		const results = [0, 1, 2].map((start) => ({
			type: 'word',
			start_time: start,
			end_time: start,
			is_eos: true,
			alternatives: [{content: 'Yes'}],
		}));
		view.apply({type: 'final', text: '', startTime: 0, endTime: 1, results}, 0);
		expect(text(pausedLine(view, {position: {line: 0, row: 0}, seen: 1}))).toStartWith(' paused, 2 new');
	});
});

test('the header names both tabs, what runs in them, and the demo', () => {
	const header = {tab: 'batch', batch: '3/5', realtime: '0:42', demo: true} as const;
	for (const [columns] of WINDOWS) {
		const [line] = headerLines(header, glyphs, columns);
		expect(lineWidth(line!)).toBeLessThanOrEqual(columns);
		expect(text(line!)).toMatch(/1 Batch {2}● 3\/5 .*2 Realtime/);
		if (columns >= 60) expect(text(line!)).toContain('DEMO');
	}
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
	expect(text(footerLine([group], 80))).toBe(' a first  c second  ? help');
	expect(text(footerLine([group], 20))).toBe(' a first  ? help');
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
