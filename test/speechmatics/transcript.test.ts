import {describe, expect, test} from 'bun:test';
import {RecognitionResult} from '../../src/speechmatics/results.ts';
import {joinResults, TextJoiner, transcriptText, turnsOf} from '../../src/speechmatics/transcript.ts';
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
