import {describe, expect, test} from 'bun:test';
import {headerOf} from '../../src/tui/presentation/header-lines.ts';
import {EMPTY, type Line, span} from '../../src/tui/presentation/line.ts';
import {progressLine} from '../../src/tui/presentation/row-cells.ts';
import {SpokenScreen, spokenLines} from '../../src/tui/presentation/spoken-lines.ts';
import {glyphs, text} from '../helpers/presentation.ts';

const said = (...lines: Line[]) => spokenLines(lines).map(text);
const row = (patch: object) =>
	({file: '/a.wav', name: 'a.wav', state: 'transcribing', sentBytes: 0, outputs: [], ...patch}) as never;

describe('lines in words', () => {
	test('the header: which tab is shown, and what runs', () => {
		const tabs = [
			{title: 'Batch', running: '3/5'},
			{title: 'Realtime', running: ''},
		];
		expect(said(...headerOf({tabs, active: 0, demo: true}, glyphs, 200).lines)).toEqual([
			'1 Batch (selected), running 3/5, 2 Realtime, DEMO: simulated, nothing is sent',
		]);
	});

	test('cells are separated, signs beside words and empty lines left out', () => {
		expect(
			said(
				EMPTY,
				[
					span('❯ ', 'accent'),
					span('✓ ', 'ok'),
					span('a – b.wav     ', 'strong'),
					span('    3.1 MB'),
					span('  done  '),
				],
				[span('  '), span('↑ ', 'accent'), span('c.wav'), span('   '), span('12–14 of 20')],
			),
		).toEqual(['Selected: a - b.wav, 3.1 MB, done', 'c.wav, 12 to 14 of 20']);
	});

	test('keys have names, also those that are arrows', () => {
		expect(
			said([
				span(' '),
				span('↑', 'key'),
				span(' move', 'muted'),
				span('  '),
				span('q', 'key'),
				span(' quit'),
			]),
		).toEqual(['Up move, q quit']);
	});

	test('a bar says its share, and nothing where it has none to say', () => {
		const bar = (state: object, now = 0) => said([span('a'), ...progressLine(row(state), now, glyphs, 12)]);
		expect(bar({state: 'uploading', bytes: 100, sentBytes: 50})).toEqual(['a 50 %']);
		for (let now = 0; now < 8000; now += 500) expect(bar({state: 'saving'}, now)[0]).not.toMatch(/[━─╸]/);
		expect(bar({state: 'saving'}, 3500)).toEqual(['a']);
		expect(said([span('─'.repeat(80), 'muted')])).toEqual([]);
	});

	test('control characters do not get through', () => {
		expect(said([span('a\u001B[2Jb')])).toEqual(['a\uFFFD[2Jb']);
	});
});

describe('a screen that is read aloud', () => {
	const clock = (time: string, word = 'listening'): Line[] => [[span(`${word}  ${time}`)]];

	test('is not read again for a clock', () => {
		const screen = new SpokenScreen();
		const first = screen.next(clock('0:01'));
		expect(screen.next(clock('0:02'))).toBe(first);
		expect(screen.next(clock('0:02  40 %'))).toBe(first);
		expect(screen.next(clock('0:03', 'saved')).map(text)).toEqual(['saved, 0:03']);
	});

	test('says how things are when a key is pressed', () => {
		const screen = new SpokenScreen();
		screen.next(clock('0:01'));
		screen.pressed();
		expect(screen.next(clock('0:02')).map(text)).toEqual(['listening, 0:02']);
		expect(screen.next(clock('0:03')).map(text)).toEqual(['listening, 0:02']);
	});
});

test('a bar that moves stands still where nothing shall move', () => {
	const at = (now: number, animations: boolean) =>
		text(progressLine(row({state: 'saving'}), now, glyphs, 12, animations));
	expect(at(0, true)).not.toBe(at(4000, true));
	expect(at(0, false)).toBe(at(4000, false));
	expect(at(0, false)).toBe('────━━━─────');
});
