import {expect, test} from 'bun:test';
import {type InputPart, InputSplitter} from '../../src/tui/terminal/input-splitter.ts';

const REPORTS = 'a\u001B[Ib\u001B[Oc\u001B[?997;2nd\u001B[?1u\u001B[Ae';
const PARTS: InputPart[] = [
	{type: 'keys', text: 'a'},
	{type: 'focus', hasFocus: true},
	{type: 'keys', text: 'b'},
	{type: 'focus', hasFocus: false},
	{type: 'keys', text: 'c'},
	{type: 'reply', text: '?997;2n'},
	// What is said of the keyboard is for whoever reads keys.
	{type: 'keys', text: 'd\u001B[?1u\u001B[Ae'},
];

test('reports are no keys', () => {
	expect(new InputSplitter().push(REPORTS)).toEqual(PARTS);
});

test('wherever they are cut', () => {
	for (let at = 1; at < REPORTS.length; at++) {
		const splitter = new InputSplitter();
		const parts = [...splitter.push(REPORTS.slice(0, at)), ...splitter.push(REPORTS.slice(at))];
		expect(joined(parts)).toEqual(PARTS);
	}
});

test('half a report never becomes text', () => {
	const splitter = new InputSplitter();
	expect(splitter.push('\u001B[?99')).toEqual([]);
	expect(splitter.release()).toEqual([]);
});

test('within a paste they are what was pasted', () => {
	const paste = '\u001B[200~\u001B[I\u001B[?997;1n\u001B[201~';
	expect(joined(new InputSplitter().push(paste))).toEqual([{type: 'keys', text: paste}]);
});

/** Keys that came in several parts as one. */
function joined(parts: readonly InputPart[]): InputPart[] {
	const result: InputPart[] = [];
	for (const part of parts) {
		const last = result.at(-1);
		if (part.type === 'keys' && last?.type === 'keys')
			result[result.length - 1] = {type: 'keys', text: last.text + part.text};
		else result.push(part);
	}
	return result;
}
