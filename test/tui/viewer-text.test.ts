import {describe, expect, test} from 'bun:test';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {spokenText} from '../../src/tui/reading/viewed-document.ts';
import type {ViewedText} from '../../src/tui/reading/viewed-text.ts';
import {mark, word} from '../helpers/results.ts';
import {transcriptOf} from '../helpers/viewed.ts';

function textOf(results: readonly RecognitionResult[], more: Partial<Transcript> = {}): ViewedText {
	const transcript = {...transcriptOf(''), results: [...results], ...more};
	return spokenText({title: 't', transcript, simulated: false});
}

/** Each word as its place in its line says. */
const wordsOf = (text: ViewedText) =>
	Array.from({length: text.wordCount}, (_, index) => {
		const {from, to} = text.word(index);
		return text.lines[text.lineOf(index)]!.text.slice(from, to);
	});

describe('where words are', () => {
	test('holds with marks on either side, and in decomposed letters', () => {
		const text = textOf([
			mark('¿', 0, {attaches: 'next'}),
			word('Qué', 0),
			word('tal', 1),
			mark('?', 1.5),
			word('cafe\u0301', 2),
			mark('.', 2.5),
		]);
		expect(text.lines.map((line) => line.text)).toEqual(['¿Qué tal?', 'café.']);
		expect(wordsOf(text)).toEqual(['Qué', 'tal', 'café']);
	});

	test('holds where nothing stands between words', () => {
		const metadata = {language_pack_info: {word_delimiter: ''}};
		const text = textOf([word('今日', 0), word('は', 1), mark('。', 1.5, {eos: true}), word('会議', 2)], {
			metadata,
		});
		expect(text.lines.map((line) => line.text)).toEqual(['今日は。', '会議']);
		expect(wordsOf(text)).toEqual(['今日', 'は', '会議']);
	});

	test('holds where two channels speak at once', () => {
		const on = (channel: string, result: RecognitionResult) => ({...result, channel});
		const text = textOf([
			on('left', word('one', 0)),
			on('right', word('uno', 0.2)),
			on('left', word('two', 0.6)),
			on('right', word('dos', 0.8)),
			on('left', mark('.', 1)),
			on('right', mark('.', 1.3)),
		]);
		expect(text.lines.map(({speaker, text}) => [speaker, text])).toEqual([
			['left', 'one two.'],
			['right', 'uno dos.'],
		]);
		expect(wordsOf(text)).toEqual(['one', 'two', 'uno', 'dos']);
		expect(Array.from({length: 4}, (_, index) => text.word(index).start)).toEqual([0, 0.6, 0.2, 0.8]);
	});

	test('knows no confidence where the service tells none', () => {
		const silent = {...word('one', 0), alternatives: [{content: 'one'}]};
		const text = textOf([silent, word('two', 1)]);
		expect([text.word(0).confidence, text.countUnsure(1)]).toEqual([Number.NaN, 0]);
	});

	test('puts sounds between the sentences where they were heard', () => {
		const results = [word('one', 0), mark('.', 0.5), word('two', 5), mark('.', 5.5)];
		const text = textOf(results, {audio_events: [{start_time: 2, end_time: 3, type: 'applause'}]});
		expect(text.lines.map((line) => line.text)).toEqual(['one.', '[applause]', 'two.']);
		expect(wordsOf(text)).toEqual(['one', '[applause]', 'two']);
		expect(text.wordAtTime(2.5)).toBe(1);
	});
});
