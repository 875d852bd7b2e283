import {expect, test} from 'bun:test';
import {Scroll} from '../../src/tui/dialogs/scroll.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {span} from '../../src/tui/presentation/line.ts';
import {text} from '../helpers/presentation.ts';

const TEXT = Array.from({length: 10}, (_, index) => [span(String(index))]);

function scrolled(scroll: Scroll, visible: number, ...keys: readonly string[]): string {
	for (const key of keys)
		dispatch(key, [{title: '', bindings: scroll.bindings(TEXT.length, visible)}], () => {});
	return scroll.shown(TEXT, visible).map(text).join('');
}

test('a text is scrolled as far as its last row, and no further', () => {
	const scroll = new Scroll();
	expect(scrolled(scroll, 4)).toBe('0123');
	expect(scrolled(scroll, 4, 'up')).toBe('0123');
	expect(scrolled(scroll, 4, 'down', 'pagedown')).toBe('5678');
	expect(scrolled(scroll, 4, 'pagedown')).toBe('6789');
	expect(scrolled(scroll, 4, 'home', 'end', 'up')).toBe('5678');
	scroll.toStart();
	expect(scrolled(scroll, 4)).toBe('0123');
});

test('a larger window leaves no row empty, and goes on from what it shows', () => {
	const scroll = new Scroll();
	expect(scrolled(scroll, 2, 'end')).toBe('89');
	expect(scrolled(scroll, 8)).toBe('23456789');
	expect(scrolled(scroll, 8, 'up')).toBe('12345678');
	expect(scrolled(scroll, 20)).toBe('0123456789');
});
