import {expect, test} from 'bun:test';
import {joined, type Line, span} from '../../src/tui/presentation/line.ts';
import {text} from '../helpers/presentation.ts';

test('spans of one style are one, and spaces take the style beside them', () => {
	expect(
		joined([span('  '), span('10 MB', 'muted'), span(' '), span('0:12', 'muted'), span(' '), span('on')]),
	).toEqual([span('  10 MB 0:12 ', 'muted'), span('on')]);
});

test('what is seen on spaces neither spreads over them nor leaves them', () => {
	const line: Line = [
		span(' '),
		span(' Batch ', 'tab'),
		span('  '),
		span(' ', 'found'),
		span('word', 'unsure'),
	];
	expect(joined(line)).toEqual(line);
});

test('no character but a space looks different, and none is lost', () => {
	const styles = ['plain', 'muted', 'accent', 'tab', 'unsure'] as const;
	const texts = ['a', ' ', 'b c', '   ', ' d'];
	const line: Line = Array.from({length: 200}, (_, index) =>
		span(texts[(index * 7) % 5]!, styles[(index * index * 3 + index) % 5]!),
	);
	const cells = (spans: Line) => spans.flatMap(({text, style}) => [...text].map((sign) => ({sign, style})));
	const [before, after] = [cells(line), cells(joined(line))];
	expect(text(joined(line))).toBe(text(line));
	for (const [place, {sign, style}] of before.entries()) {
		if (sign !== ' ' || style === 'tab' || style === 'unsure') expect(after[place]).toEqual({sign, style});
		else expect(after[place]!.style).not.toBeOneOf(['tab', 'unsure']);
	}
	expect(joined(line).length).toBeLessThan(line.length);
});
