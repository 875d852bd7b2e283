/** Expected texts follow the rules of `speechmatics-batch`, its faults included. */
import {expect, test} from 'bun:test';
import {pythonTranscriptText} from '../../src/speechmatics/python-text.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';

const item = (
	content: string,
	more: {speaker?: string; language?: string; channel?: string} = {},
): RecognitionResult => {
	const {channel, ...alternative} = more;
	return {type: 'word', start_time: 0, end_time: 0, channel, alternatives: [{content, ...alternative}]};
};
const textOf = (results: RecognitionResult[], language_pack_info = {}) =>
	pythonTranscriptText({results, metadata: {language_pack_info}});

test.each([
	['nothing', [], ''],
	['words and marks of the list', ['Yes', ',', 'no', '.', 'Ok', '?!'], 'Yes, no. Ok ?!'],
	['a run of marks in another order', ['a', '?!'], 'a ?!'],
	['a run of marks that is part of the list', ['a', '!?'], 'a!?'],
	['opening brackets', ['Say', '(', 'hi', ')'], 'Say( hi)'],
	['marks it does not know', ['¿', 'Qué', '?', '…', 'well', '—', 'ok'], '¿ Qué? … well — ok'],
	['hyphens', ['state', '-', 'of'], 'state- of'],
	['an item that ends with a space', ['a ', 'b'], 'a b'],
	['blanks only', ['a', ' ', 'b'], 'a b'],
	['blanks around', ['\u00A0a', 'b\u2003'], 'a b'],
	['no content', ['a', '', 'b'], 'a b'],
])('%s', (_name, contents, expected) => {
	expect(textOf(contents.map((content) => item(content)))).toBe(expected);
});

test('each speaker is on a line, unknown ones too, and channels are mixed', () => {
	const results = [
		item('Hello', {speaker: 'S1', channel: 'left'}),
		item('right', {speaker: 'S1', channel: 'right'}),
		item('.', {speaker: 'S1'}),
		item('Hi', {speaker: 'UU'}),
		item('!', {speaker: 'S2'}),
		item('none'),
	];
	expect(textOf(results)).toBe('SPEAKER S1: Hello right.\nSPEAKER UU: Hi\nSPEAKER S2: !\nnone');
});

test('delimiters are those of the language pack, by language where it has them', () => {
	expect(textOf([item('你'), item('好'), item('。')], {word_delimiter: ''})).toBe('你好。');
	const info = {per_language_word_delimiters: {ja: ''}};
	expect(
		textOf([item('a', {language: 'en'}), item('b', {language: 'en'}), item('今', {language: 'ja'})], info),
	).toBe('a b今');
});

test('items without alternatives do not end a line', () => {
	const bare = {type: 'word', start_time: 0, end_time: 0, alternatives: []};
	expect(textOf([item('a', {speaker: 'S1'}), bare, item('b', {speaker: 'S1'})])).toBe('SPEAKER S1: a b');
});
