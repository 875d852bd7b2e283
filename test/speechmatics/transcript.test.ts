import {describe, expect, test} from 'bun:test';
import {RecognitionResult} from '../../src/speechmatics/results.ts';
import {
	confidenceOf,
	joinResults,
	TextJoiner,
	transcriptText,
	turnsOf,
	writingDirectionOf,
} from '../../src/speechmatics/transcript.ts';
import {mark, word} from '../helpers/results.ts';

describe('joining items to text', () => {
	test('words are parted, marks attach as they say', () => {
		const results = [
			word('Say', 0),
			mark('(', 1, {attaches: 'next'}),
			word('hi', 1),
			mark(')', 2),
			word('state', 3),
			mark('-', 3.5, {attaches: 'both'}),
			word('of', 3.5),
			mark('—', 4, {attaches: 'none'}),
			word('ok', 5),
		];
		expect(joinResults(results)).toBe('Say (hi) state-of — ok');
	});

	test('a mark that does not say attaches to the word before it', () => {
		const {attaches_to: _, ...silent} = mark('.', 1);
		expect(joinResults([word('Yes', 0), silent])).toBe('Yes.');
	});

	test('a mark that comes in a later message still has no space before it', () => {
		const joiner = new TextJoiner();
		expect([word('Yes', 0), mark('.', 1), word('No', 2)].map((result) => joiner.add(result))).toEqual([
			'Yes',
			'.',
			' No',
		]);
	});

	test('languages without a delimiter have none', () => {
		expect(joinResults([word('你', 0), word('好', 1), mark('。', 2)], '')).toBe('你好。');
	});

	test('items without content add nothing', () => {
		expect(
			joinResults([word('a', 0), {...word('', 1)}, {...word('x', 2), alternatives: []}, word('b', 3)]),
		).toBe('a b');
	});

	test('control characters from the server never become text', () => {
		const parsed = RecognitionResult.parse(word('\u001B[31mred\u0007\u009B', 0));
		expect(joinResults([parsed])).toBe('[31mred');
	});
});

describe('turns', () => {
	const results = [
		word('Hello', 0, {speaker: 'S1'}),
		mark('.', 0.5, {speaker: 'S1'}),
		word('Hi', 1, {speaker: 'S2'}),
		mark('!', 1.5, {speaker: 'UU'}),
		word('Bye', 2, {speaker: 'S1'}),
	];

	test('change with the speaker, and a mark stays with its word', () => {
		expect(turnsOf(results).map((turn) => [turn.speaker, joinResults(turn.results)])).toEqual([
			['S1', 'Hello.'],
			['S2', 'Hi!'],
			['S1', 'Bye'],
		]);
	});

	test('are paragraphs of the text, named where speakers are told apart', () => {
		expect(transcriptText({results, metadata: {}})).toBe('S1: Hello.\n\nS2: Hi!\n\nS1: Bye');
		expect(transcriptText({results: [word('Hello', 0, {speaker: 'UU'})], metadata: {}})).toBe('Hello');
		expect(transcriptText({results: [{...word('Hello', 0), channel: 'left'}], metadata: {}})).toBe(
			'left: Hello',
		);
	});
});

describe('a transcript of several languages', () => {
	const spoken = (content: string, language: string, start: number) => {
		const item = word(content, start);
		return {...item, alternatives: [{...item.alternatives![0]!, language}]};
	};
	const language_pack_info = {
		per_language_word_delimiters: {en: ' ', ja: '', ar: ' '},
		per_language_writing_direction: {en: 'left-to-right', ja: 'left-to-right', ar: 'right-to-left'},
	};

	test('parts its words as each of their languages does', () => {
		const results = [
			spoken('Hello', 'en', 0),
			spoken('there', 'en', 1),
			spoken('今日', 'ja', 2),
			spoken('は', 'ja', 3),
			spoken('مرحبا', 'ar', 4),
			spoken('بكم', 'ar', 5),
			mark('.', 6),
		];
		expect(transcriptText({results, metadata: {language_pack_info}})).toBe('Hello there今日は مرحبا بكم.');
	});

	test('tells which way each turn is written', () => {
		const directionOf = (
			result: ReturnType<typeof word>,
			languagePack: Record<string, unknown> = language_pack_info,
		) => writingDirectionOf({results: [result]}, languagePack);
		expect(directionOf(spoken('Hello', 'en', 0))).toBe('left-to-right');
		expect(directionOf(spoken('مرحبا', 'ar', 0))).toBe('right-to-left');
		expect(directionOf(word('שלום', 0), {writing_direction: 'right-to-left'})).toBe('right-to-left');
		const shown = spoken('x', 'en', 0);
		shown.alternatives[0]!.display = {direction: 'rtl'};
		expect(directionOf(shown)).toBe('right-to-left');
	});
});

test('the confidence of a turn is that of its words', () => {
	const sure = (confidence: number) => ({...word('a', 0), alternatives: [{content: 'a', confidence}]});
	const dot = {...mark('.', 1), alternatives: [{content: '.', confidence: 0}]};
	expect(confidenceOf([sure(1), sure(0.5), dot])).toBe(0.75);
	expect(confidenceOf([{...word('a', 0), alternatives: [{content: 'a'}]}])).toBeUndefined();
});
