import {expect, test} from 'bun:test';
import {compareTranscripts} from '../../src/compare/changes.ts';
import {type Piece, type Span, sideBySide} from '../../src/compare/side-by-side.ts';
import {wordsOf, wordsOfText} from '../../src/compare/words.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {mark, word} from '../helpers/results.ts';

const transcript = (results: RecognitionResult[], delimiter = ' ') => ({
	results,
	metadata: {language_pack_info: {word_delimiter: delimiter}},
});
/** A word a second; a full stop behind a word is a mark of its own. */
const said = (text: string) =>
	transcript(
		text.split(' ').flatMap((part, index) => {
			const content = part.replace('.', '');
			return content === part ? [word(part, index)] : [word(content, index), mark('.', index + 1)];
		}),
	);

const written = (pieces: readonly Piece[], [from, to]: Span) =>
	pieces
		.slice(from, to)
		.map(({text, gap, change}, index) => {
			const shown = text === '' ? '_' : text;
			return (index === 0 ? '' : gap) + (change === undefined ? shown : `<${shown}>`);
		})
		.join('');

/** Left and right of each block. */
function blocksOf(one: ReturnType<typeof said>, other: ReturnType<typeof said>, flipped = false) {
	const {left, right, blocks} = sideBySide(compareTranscripts(one, other).aligned, flipped);
	return blocks.map((block) => [block.start, written(left, block.left), written(right, block.right)]);
}

test('sentences stand beside what says the same, with the words that differ told apart', () => {
	expect(blocksOf(said('we like it. they do not.'), said('we liked it. they do too not.'))).toEqual([
		[0, 'we <like> it.', 'we <liked> it.'],
		[3, 'they do <_> not.', 'they do <too> not.'],
	]);
});

test('what is right can stand on the left', () => {
	expect(blocksOf(said('a x'), said('a b c'), true)).toEqual([[0, 'a <b> <c>', 'a <x>']]);
});

test('where each change is can be found in both', () => {
	const {changes} = sideBySide(compareTranscripts(said('a x c d'), said('a b c d e')).aligned, false);
	expect(changes).toEqual([
		{left: [1, 2], right: [1, 2]},
		{left: [4, 5], right: [4, 5]},
	]);
});

test('no block is long, whatever differs', () => {
	const many = (letter: string) => said(Array.from({length: 500}, (_, index) => letter + index).join(' '));
	const {blocks} = sideBySide(compareTranscripts(many('a'), many('b')).aligned, false);
	for (const {left, right} of blocks) {
		expect(left[1] - left[0]).toBeLessThanOrEqual(40);
		expect(right[1] - right[0]).toBeLessThanOrEqual(40);
	}
});

test('words keep the marks beside them, where they belong', () => {
	const quote = {...mark('«', 0), attaches_to: 'next'};
	const results = [quote, word('Well-known', 0), mark('!', 1), word('yes', 1)];
	expect(wordsOf(transcript(results)).map(({shown, gap}) => [shown, gap])).toEqual([
		['«Well-', ' '],
		['known!', ''],
		['yes', ' '],
	]);
	expect(
		wordsOf(transcript([word('東京', 0), mark('。', 1)], '')).map(({shown, gap}) => gap + shown),
	).toEqual(['東', '京。']);
	expect(wordsOfText('(Good) day – all', true).map(({shown}) => shown)).toEqual(['(Good)', 'day –', 'all']);
});
