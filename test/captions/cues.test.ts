import {describe, expect, test} from 'bun:test';
import stringWidth from 'string-width';
import {cuesOf, DEFAULT_RULES} from '../../src/captions/cues.ts';
import {presetRules} from '../../src/captions/rules.ts';
import {mark, word} from '../helpers/results.ts';
import {speech} from './speech.ts';

const linesOf = (...args: Parameters<typeof cuesOf>) => cuesOf(...args).map(({lines}) => lines);
const english = (text: string, options?: Parameters<typeof speech>[1]) =>
	linesOf(speech(text, options), ' ', DEFAULT_RULES, 'en');

describe('cues end', () => {
	test('with the sentence and with the speaker', () => {
		const results = [
			...speech('Good morning, everyone. Shall we begin'),
			...speech('Yes.', {start: 3, speaker: 'S2'}),
		];
		expect(linesOf(results)).toEqual([['Good morning, everyone.'], ['Shall we begin'], ['Yes.']]);
	});

	test('with a clause where a sentence is too long for one', () => {
		const text =
			'The opposition had called for a much larger increase than that, although nobody in the government had ever promised one.';
		expect(english(text).map((lines) => lines.join(' '))).toEqual([
			'The opposition had called for a much larger increase than that,',
			'although nobody in the government had ever promised one.',
		]);
	});

	test('with a pause, and the words after it are not shown before they are said', () => {
		const results = [...speech('Wait'), ...speech('and see', {start: 4})];
		expect(cuesOf(results).map(({start, lines}) => [start, ...lines])).toEqual([
			[0, 'Wait'],
			[4, 'and see'],
		]);
	});

	test('not with a sentence too short to be read', () => {
		expect(english('Yes. No. I know.', {step: 0.3})).toEqual([['Yes. No. I know.']]);
	});

	test('after the quotation mark that follows a full stop', () => {
		const quoted = [
			...speech('They said go.'),
			mark('"', 1.2, {eos: false}),
			...speech('Then we left.', {start: 1.5}),
		];
		expect(linesOf(quoted)).toEqual([['They said go."'], ['Then we left.']]);
	});

	test('not with a piece of the next sentence', () => {
		const text =
			'Thank you. Our correspondent, Anna Keller, reports from Vienna. I bought apples, pears, plums, and two kilos of the best potatoes you can get in town.';
		expect(english(text, {step: 0.31}).map((lines) => lines.join(' '))).toEqual([
			'Thank you. Our correspondent, Anna Keller, reports from Vienna.',
			'I bought apples, pears,',
			'plums, and two kilos of the best potatoes you can get in town.',
		]);
	});

	test('not so that the next one is a scrap', () => {
		const text = 'The opposition called for a much larger increase than anybody here could expect, sir.';
		const cues = english(text, {step: 0.3}).map((lines) => lines.join(' '));
		expect(cues.length).toBe(2);
		expect(cues[1]).not.toBe('sir.');
	});

	test('before a cue would stand too long', () => {
		const cues = cuesOf(speech('one two three four five six', {step: 1.8}), ' ', {
			...DEFAULT_RULES,
			longestPause: 10,
		});
		expect(cues.length).toBeGreaterThan(1);
		for (const {start, end} of cues) expect(end - start).toBeLessThanOrEqual(7);
	});
});

describe('lines are broken', () => {
	test('not at all where one is enough', () => {
		expect(english('They like the captions very much.')).toEqual([['They like the captions very much.']]);
	});

	test('into two of equal width where nothing speaks against it', () => {
		expect(linesOf(speech('one two three four five six seven eight nine ten', {step: 0.2}))).toEqual([
			['one two three four five', 'six seven eight nine ten'],
		]);
	});

	test.each([
		[
			'after a mark',
			'The new version is out, and fourteen customers have it now.',
			'The new version is out,',
		],
		[
			'before a preposition',
			'We walked home slowly through the empty streets of town.',
			'We walked home slowly',
		],
		[
			'before a conjunction',
			'She wanted to leave early but nobody would let her go.',
			'She wanted to leave early',
		],
	])('%s', (_where, text, first) => {
		expect(english(text, {step: 0.25})[0]![0]).toBe(first);
	});

	test.each([
		['an article and its noun', 'We have not been able to repair the machine so far today.', 'the'],
		['a number and what it counts', 'It has rained without a stop for 14 days running up here.', '14'],
		['first and last name', 'We would all of us like to thank Henry Ford again tonight.', 'Henry'],
		['an auxiliary and its verb', 'Everybody in this room knows we have decided it long ago.', 'have'],
	])('not between %s', (_what, text, word) => {
		const lines = english(text, {step: 0.25}).flat();
		expect(lines.length).toBe(2);
		expect(lines[0]).not.toEndWith(` ${word}`);
	});

	test('without a word left alone', () => {
		const [lines] = english('Nobody ever seems to remember their umbrellas.', {step: 0.25});
		expect(lines!.length).toBe(2);
		expect(Math.min(...lines!.map((line) => line.split(' ').length))).toBeGreaterThan(1);
	});

	test.each([
		'Well, abcdefgh ijklmn opqrstuvw xyzabcd efghijk',
		'11 12 13 14 15 16 17 18 19 20 21 22 23 24, sir.',
	])('without a word left alone before or after a mark: %s', (text) => {
		const [lines] = english(text, {step: 0.2});
		expect(lines!.length).toBe(2);
		expect(Math.min(...lines!.map((line) => line.split(' ').length))).toBeGreaterThan(1);
	});

	test('nowhere else, whatever the words hold', () => {
		expect(linesOf([word('14\u2028March', 0), word('2026', 0.5)])).toEqual([['14 March 2026']]);
	});

	test('by columns: wide characters take two', () => {
		const results = Array.from({length: 40}, (_, index) => word('语', index * 0.1, {end: index * 0.1 + 0.1}));
		expect(linesOf(results, '')[0]!.map((line) => stringWidth(line))).toEqual([40, 40]);
	});

	test('in Japanese as Netflix wants it, and never before what may not begin a line', () => {
		const words = [...'きょうはあたらしいカーテンについてしゃべってみました'];
		const results = words.map((content, index) => word(content, index * 0.2, {end: index * 0.2 + 0.2}));
		results.push(mark('。', words.length * 0.2, {eos: true}));
		const lines = linesOf(results, '', presetRules('netflix', 'ja'), 'ja').flat();
		expect(lines.join('')).toBe(`${words.join('')}。`);
		for (const line of lines) {
			expect(stringWidth(line)).toBeLessThanOrEqual(26);
			expect(line).not.toMatch(/^[ーゃっ。]/);
		}
	});

	test('inside a word only where it is wider than a line, between its characters, after a mark if it has one', () => {
		const family = '👩\u200D👩\u200D👧';
		expect(linesOf([word(family.repeat(30), 0)])).toEqual([[family.repeat(21), family.repeat(9)]]);
		const address = 'https://www.example.com/newsroom/recordings/2026-01-31';
		expect(linesOf([word(address, 0)])).toEqual([
			['https://www.example.com/newsroom/', 'recordings/2026-01-31'],
		]);
	});

	test('not between an opening mark and its word', () => {
		const results = [...speech('uno dos tres cuatro cinco seis', {step: 0.2})];
		for (let columns = 10; columns < 42; columns++) {
			const asked = [
				...results,
				mark('¿', 1.2, {attaches: 'next', eos: false}),
				word('verdad', 1.2),
				mark('?', 1.7),
			];
			const lines = linesOf(asked, ' ', {...DEFAULT_RULES, maxColumns: columns}).flat();
			expect(lines.join(' ')).toBe('uno dos tres cuatro cinco seis ¿verdad?');
		}
	});
});

describe('speakers', () => {
	const exchange = [
		...speech('Really?', {start: 0, step: 0.5}),
		...speech('Yes, really.', {start: 0.6, speaker: 'S2'}),
		...speech('I had no idea at all.', {start: 1.6}),
	];

	test('share a cue with a dash each where an exchange is short', () => {
		expect(cuesOf(exchange).map(({lines, speakers}) => ({lines, speakers}))).toEqual([
			{lines: ['- Really?', '- Yes, really.'], speakers: ['S1', 'S2']},
			{lines: ['I had no idea at all.'], speakers: ['S1']},
		]);
	});

	test('do not where there is a silence between them', () => {
		const slow = [
			...speech('Really?', {step: 0.5}),
			...speech('Yes.', {start: 1.2, speaker: 'S2'}),
			...speech('I had no idea at all.', {start: 1.7}),
		];
		expect(linesOf(slow)).toEqual([['Really?'], ['- Yes.', '- I had no idea at all.']]);
	});

	test('never do where the rules forbid it, or there is but one line', () => {
		const apart = [['Really?'], ['Yes, really.'], ['I had no idea at all.']];
		expect(linesOf(exchange, ' ', {...DEFAULT_RULES, dashes: false})).toEqual(apart);
		expect(linesOf(exchange, ' ', {...DEFAULT_RULES, maxLines: 1})).toEqual(apart);
	});

	test('on channels of their own keep their sentences whole', () => {
		const on = (channel: string, items: ReturnType<typeof speech>) =>
			items.map((item) => ({...item, channel}));
		const agent = on('Agent', speech('How may I help you today?', {speaker: 'UU'}));
		const caller = on('Caller', speech('My line is dead.', {start: 1, speaker: 'UU'}));
		const mixed = [...agent, ...caller].sort((a, b) => a.start_time - b.start_time);
		expect(cuesOf(mixed).map(({lines, speakers}) => ({lines, speakers}))).toEqual([
			{lines: ['- How may I help you today?', '- My line is dead.'], speakers: ['Agent', 'Caller']},
		]);
		const apart = cuesOf(mixed, ' ', {...DEFAULT_RULES, dashes: false});
		expect(apart.map(({lines}) => lines)).toEqual([['How may I help you today?'], ['My line is dead.']]);
		expect(apart[1]!.start).toBeGreaterThan(apart[0]!.end);
	});
});

describe('a cue stands', () => {
	test('from its first word to its last', () => {
		const [cue] = cuesOf(speech('Good morning to you.', {start: 2}));
		expect([cue!.start, cue!.end]).toEqual([2, 3.56]);
	});

	test('longer where it is said faster than it is read', () => {
		const [cue] = cuesOf(speech('Good morning to everybody in this room.', {step: 0.1}));
		expect(cue!.end).toBeCloseTo(39 / 20, 2);
	});

	test('for 5/6 of a second at least, and 7 at most', () => {
		const [short, long] = cuesOf([word('Oh', 0, {end: 0.1}), word('Mmmm', 5, {end: 20})]);
		expect(short!.end - short!.start).toBeCloseTo(0.834, 3);
		expect(long!.end - long!.start).toBeCloseTo(7, 2);
	});

	test('two frames apart from the next, also where the gap was a little longer', () => {
		const results = [
			...speech('Good morning to you.', {step: 0.5}),
			...speech('Good evening to you.', {start: 2.2}),
		];
		const [first, second] = cuesOf(results);
		expect(second!.start - first!.end).toBeCloseTo(0.084, 3);
	});

	test('up to the next one where the rules want no gap', () => {
		const results = [
			...speech('Good morning to you.', {step: 0.5}),
			...speech('Good evening to you.', {start: 3}),
		];
		const [first, second] = cuesOf(results, ' ', presetRules('bbc', 'en'));
		expect(first!.end).toBe(second!.start);
	});
});
