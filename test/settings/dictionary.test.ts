import {describe, expect, test} from 'bun:test';
import {checkDictionary, parseDictionary} from '../../src/settings/dictionary.ts';
import {complaint} from './home.ts';

const words = (text: string, name = 'words.txt') =>
	parseDictionary(text, name).map(({content, soundsLike}) => [content, ...soundsLike]);

describe('the forms of a dictionary', () => {
	test('a line each, with comments', () => {
		const text = '\uFEFF# names\r\n\ngnocchi: nyohki , nokey,\nSpeechmatics\n financial crisis :\n';
		expect(words(text)).toEqual([['gnocchi', 'nyohki', 'nokey'], ['Speechmatics'], ['financial crisis']]);
		expect(parseDictionary(text, 'words.txt')[0]!.place).toBe('words.txt line 3');
	});

	test('CSV with quotes, a heading, and the semicolons of spreadsheets', () => {
		expect(words('content,sounds_like\n"Doe, ""J"" ",doh,jay doh\n\nCEO', 'a.csv')).toEqual([
			['Doe, "J"', 'doh', 'jay doh'],
			['CEO'],
		]);
		expect(words('Word;Sound\nCEO;see ee oh', 'a.CSV')).toEqual([['CEO', 'see ee oh']]);
	});

	test('JSON: a list, or a config with one', () => {
		const list = '["a", {"content": "b", "sounds_like": ["bee"]}]';
		const expected = [['a'], ['b', 'bee']];
		expect(words(list, 'a.json')).toEqual(expected);
		expect(words(`{"additional_vocab": ${list}}`)).toEqual(expected);
		expect(words(`{"transcription_config": {"additional_vocab": ${list}}}`)).toEqual(expected);
	});

	test.each([
		['a\n: x', 'w.txt', 'w.txt line 2: there is no word before the colon'],
		['a\n,x', 'w.csv', 'w.csv line 2: there is no word in the first column'],
		['a\n"x', 'w.csv', 'w.csv line 2: the quote that begins here never ends'],
		['["a", {}]', 'w.json', 'w.json entry 2 must be a text, or have "content"'],
		['["a", {"content": "b", "sounds_like": "x"}]', 'w.json', 'w.json entry 2 must be'],
		['{}', 'w.json', 'w.json must hold a list of words'],
		['[', 'w.json', 'w.json is not JSON'],
	])('%j in %s is refused by its place', (text, name, message) => {
		expect(complaint(() => parseDictionary(text, name))).toContain(message);
	});
});

describe('what the service would drop without a word', () => {
	const check = (text: string, language = 'en') => checkDictionary(parseDictionary(text, 'w.txt'), language);

	test('too many words, or words too long, are left out and told', () => {
		const {vocabulary, warnings} = check(
			`a b c d e f g\na b c d e f: 1 2 3 4 5 6 7, ok\n${'x'.repeat(4001)}`,
		);
		expect(vocabulary).toEqual([{content: 'a b c d e f', sounds_like: ['ok']}]);
		expect(warnings).toEqual([
			'w.txt line 1: "a b c d e f g" is left out: it has 7 words, and the service drops more than 6',
			'w.txt line 2: "1 2 3 4 5 6 7" as a sound of "a b c d e f" is left out: it has 7 words, and the service drops more than 6',
			`w.txt line 3: "${'x'.repeat(59)}…" is left out: a word has more than 4000 characters, which the service drops`,
		]);
	});

	test('the same word twice becomes one with both sounds', () => {
		const {vocabulary, warnings} = check('CEO: see ee oh\nCEO: C.E.O.');
		expect(vocabulary).toEqual([{content: 'CEO', sounds_like: ['see ee oh', 'C.E.O.']}]);
		expect(warnings).toEqual(['w.txt line 2: "CEO" is there already, from w.txt line 1']);
	});

	test.each([
		['en', 'nyohki', true],
		['en', "C.E.O. d'être", true],
		['en', '\u02BBokina', true],
		['en', 'ньоки', false],
		['ru', 'ньоки', true],
		['ru', 'nyoki', false],
		['ja', 'ニョッキー', true],
		['ja', 'にょっき', true],
		['ja', 'ﾆｮｯｷ', false],
		['ja', '東京', false],
		['ko', '뇨끼', true],
		['el', 'nioki', false],
		['auto', 'ньоки', true],
		['cmn_en', 'nyoki', true],
	])('in %s, %s as a sound is kept: %p', (language, sound, kept) => {
		const {vocabulary, warnings} = check(`gnocchi: ${sound}`, language);
		expect(vocabulary[0]!.sounds_like).toEqual(kept ? [sound] : undefined);
		expect(warnings).toHaveLength(kept ? 0 : 1);
	});

	test('more than 1000 different words are an error that names the first too many', () => {
		const lines = (count: number) => Array.from({length: count}, (_, index) => `word${index}`).join('\n');
		expect(check(lines(1000)).errors).toEqual([]);
		expect(check(`${lines(1000)}\nword3`).errors).toEqual([]);
		expect(check(lines(1002)).errors).toEqual([
			'The dictionary has 1002 words and may have 1000: from w.txt line 1001 on there are too many',
		]);
	});
});
