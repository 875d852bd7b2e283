import {describe, expect, test} from 'bun:test';
import {termsOf} from '../../src/history/query.ts';
import {readable, searchable, unmarked} from '../../src/history/searchable.ts';
import {snippet} from '../../src/history/snippet.ts';
import {widthOf} from '../../src/platform/width.ts';

describe('what a person types', () => {
	test.each([
		['two words', ['"two"', '"words"']],
		['"next quarter" plan', ['"next quarter"', '"plan"']],
		['trans* "next quart"*', ['"trans*" *', '"next quart" *']],
		['"never closed', ['"never closed"']],
		['again Again again', ['"again"', '"Again"']],
		['NOT a AND (b) OR c^2 - : {d}', ['"NOT"', '"a"', '"AND"', '"(b)"', '"OR"', '"c^2"', '"{d}"']],
		['it"s"', ['"it"', '"s"']],
		['  ', []],
		['*** " "" - …', []],
	])('%j', (query, terms) => {
		expect(termsOf(query)).toEqual(terms);
	});

	test('while it is typed, the last word is a beginning, unless its phrase is closed', () => {
		const typed = (query: string) => termsOf(query, {isTyping: true});
		expect(typed('two wor')).toEqual(['"two"', '"wor" *']);
		expect(typed('two wor ')).toEqual(['"two"', '"wor"']);
		expect(typed('"two wor')).toEqual(['"two wor" *']);
		expect(typed('"two wor"')).toEqual(['"two wor"']);
	});

	test('many terms are cut, and characters that control are none', () => {
		expect(termsOf(Array.from({length: 100}, (_, index) => `w${index}`).join(' '))).toHaveLength(32);
		expect(termsOf('a\u0000b\u0007')).toEqual(['"a\uFFFDb\uFFFD"']);
	});
});

describe('searchable text', () => {
	test('is readable again', () => {
		for (const text of ['plain words', '東京で会議、iPhoneを使う。', '서울에서 만나요', 'สวัสดีครับ', 'हिन्दी']) {
			expect(readable(searchable(text))).toBe(text);
		}
	});

	test('parts scripts without spaces into characters, and these from others', () => {
		expect(searchable('iPhoneを使う').split('\u200B')).toEqual(['iPhone', 'を', '使', 'う', '']);
		expect(searchable('plain')).toBe('plain');
	});
});

test('marks are told by where they stand, and touching ones are one', () => {
	expect(unmarked('a \u0001bc\u0002\u200B\u0001d\u0002 e \u0001f\u0002')).toEqual({
		text: 'a bcd e f',
		marks: [
			[2, 5],
			[8, 9],
		],
	});
	expect(unmarked('nothing')).toEqual({text: 'nothing', marks: []});
});

describe('a snippet', () => {
	const text =
		'We talked for a long time about the budget for the next quarter and about nothing else at all.';
	const at = text.indexOf('budget');
	const passage = {text, marks: [[at, at + 6]] as Array<[number, number]>};
	const joined = (columns: number) =>
		snippet(passage, columns)
			.map((piece) => piece.text)
			.join('');

	test('that fits is the whole passage', () => {
		expect(snippet(passage, 200)).toEqual([
			{text: text.slice(0, at), isMatch: false},
			{text: 'budget', isMatch: true},
			{text: text.slice(at + 6), isMatch: false},
		]);
	});

	test('is cut around what was found, between words', () => {
		expect(joined(40)).toBe('…about the budget for the next quarter…');
		for (let columns = 10; columns < 100; columns++) {
			expect(widthOf(joined(columns))).toBeLessThanOrEqual(columns);
			expect(joined(columns)).toContain('budget');
		}
	});

	test('keeps within its columns where characters are wide', () => {
		const wide = '今日は東京で会議があります。明日は大阪で会議があります。';
		const start = wide.indexOf('大阪');
		for (let columns = 8; columns < 60; columns++) {
			const pieces = snippet({text: wide, marks: [[start, start + 2]]}, columns);
			expect(widthOf(pieces.map((piece) => piece.text).join(''))).toBeLessThanOrEqual(columns);
			expect(pieces.filter(({isMatch}) => isMatch)).toEqual([{text: '大阪', isMatch: true}]);
		}
	});

	test('at the end of its passage uses the room before it', () => {
		const end = text.indexOf('all.');
		const pieces = snippet({text, marks: [[end, end + 3]]}, 40);
		expect(pieces.map((piece) => piece.text).join('')).toBe('…quarter and about nothing else at all.');
	});
});
