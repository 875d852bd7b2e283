import {describe, expect, test} from 'bun:test';
import {align} from '../../src/compare/alignment.ts';
import {changeLine, compareTranscripts} from '../../src/compare/changes.ts';
import {characterErrorRate, rateText, wordErrorRate} from '../../src/compare/word-error-rate.ts';
import {keyOf, wordsOf} from '../../src/compare/words.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {mark, word} from '../helpers/results.ts';

const transcript = (results: RecognitionResult[], delimiter?: string) => ({
	results,
	metadata: {...(delimiter !== undefined && {language_pack_info: {word_delimiter: delimiter}})},
});
/** A word a second. */
const said = (text: string) => transcript(text.split(' ').map((content, index) => word(content, index)));

describe('the word error rate', () => {
	// Reference: the cat sat on the mat. Left out: "the"; replaced: "sat" by "sits"; put in: "now". 3 / 6.
	test('is what it is by hand', () => {
		const {rate} = compareTranscripts(said('the cat sits on mat now'), said('the cat sat on the mat'));
		expect(rate).toEqual({substitutions: 1, deletions: 1, insertions: 1, hits: 4, words: 6, rate: 0.5});
		expect(rateText(rate.rate)).toBe('50.0 %');
	});

	test('counts by the reference, and may pass 1', () => {
		const {rate} = compareTranscripts(said('one two three'), said('one'));
		expect(rate).toMatchObject({insertions: 2, deletions: 0, words: 1, rate: 2});
	});

	test('of nothing is 0 for nothing, and unknown for something', () => {
		expect(wordErrorRate([]).rate).toBe(0);
		expect(wordErrorRate(align([], ['a'])).rate).toBeUndefined();
		expect(rateText(undefined)).toBe('unknown');
	});

	// "kitten" to "sitting": 3 changes; the reference "a kitten" has 8 characters with its space.
	test('of characters counts the space between words', () => {
		const rate = characterErrorRate(wordsOf(said('a kitten')), wordsOf(said('a sitting')));
		expect(rate).toEqual({changes: 3, characters: 8, rate: 3 / 8});
	});
});

describe('words that count as the same', () => {
	test.each([
		['Hello,', 'hello'],
		['it’s', "it's"],
		['cafe\u0301', 'caf\u00E9'],
		['STRASSE', 'strasse'],
		['3.5', '3.5'],
		['«Oui»', 'oui'],
		['...', ''],
	])('%s is %s', (text, key) => expect(keyOf(text)).toBe(key));

	test('marks are none; a hyphen and the spaces of an entity part words and share its time', () => {
		const results = [word('Well-known', 0, {end: 1}), mark(',', 1), word('2 May 2026', 1, {end: 4})];
		expect(wordsOf(transcript(results)).map(({key, start}) => [key, start])).toEqual([
			['well', 0],
			['known', 0.5],
			['2', 1],
			['may', 2],
			['2026', 3],
		]);
	});

	test('are characters where no space stands between words', () => {
		const one = transcript([word('東京', 0), word('都', 0.5)], '');
		const other = transcript([word('東', 0), word('京都', 0.25)], '');
		expect(compareTranscripts(one, other).changes).toEqual([]);
	});
});

describe('changes', () => {
	test('are stretches with their times, with the marks beside them left aside', () => {
		const live = transcript([word('Good', 723), word('mourning', 723.5), mark('!', 724), word('all', 725)]);
		const batch = transcript([word('Good', 723), word('morning', 723.4), word('to', 724), word('all', 725)]);
		const {changes} = compareTranscripts(live, batch);
		expect(changes).toEqual([{start: 723.4, end: 724.5, before: 'mourning', after: 'morning to'}]);
		expect(changeLine(changes[0]!)).toBe('00:12:03  "mourning" -> "morning to"');
	});

	test('name what is on one side only, and hold nothing that moves a cursor', () => {
		expect(compareTranscripts(said('a b c'), said('a c')).changes.map(changeLine)).toEqual([
			'00:00:01  "b" -> (nothing)',
		]);
		expect(changeLine({start: 0, end: 1, before: '', after: '\u001B[2Jx'})).toBe(
			'00:00:00  (nothing) -> "\uFFFD[2Jx"',
		);
	});

	test('are none where only case and marks differ', () => {
		expect(compareTranscripts(said('Hello, World.'), said('hello world'))).toMatchObject({
			changes: [],
			rate: {rate: 0},
		});
	});
});
