import {describe, expect, test} from 'bun:test';
import {TranscriptLines} from '../../src/realtime/transcript-lines.ts';
import {Translations} from '../../src/realtime/translations.ts';
import {mark, word} from '../helpers/results.ts';

const final = (
	language: string,
	...segments: Array<[text: string, start: number, end: number, speaker?: string]>
) =>
	({
		type: 'translation',
		language,
		isFinal: true,
		segments: segments.map(([text, start, end, speaker]) => ({text, start, end, ...(speaker && {speaker})})),
	}) as const;

function twoSentences() {
	const lines = new TranscriptLines();
	lines.add([
		word('Good', 0),
		word('morning', 1),
		mark('.', 1.5),
		word('How', 3),
		word('are', 4),
		word('you', 5),
	]);
	lines.add([mark('?', 5.5)]);
	return lines;
}

describe('translations', () => {
	test('stand beside the line that shares their time, of each language', () => {
		const {lines} = twoSentences();
		const translations = new Translations();
		translations.take(final('de', ['Guten Morgen.', 0, 1.5], ['Wie geht', 3, 4], ['es dir?', 4, 5.5]), lines);
		translations.take(final('ja', ['おはよう。', 0, 1.5], ['元気', 3, 4], ['ですか。', 4, 5.5]), lines);
		expect(lines.map((line) => translations.of(line, 'de'))).toEqual(['Guten Morgen.', 'Wie geht es dir?']);
		expect(lines.map((line) => translations.of(line, 'ja'))).toEqual(['おはよう。', '元気ですか。']);
		expect(translations.languages).toEqual(['de', 'ja']);
		expect(translations.of(lines[0]!, 'fr')).toBe('');
	});

	test('that come before their words wait for them', () => {
		const lines = new TranscriptLines();
		const translations = new Translations();
		translations.take(final('de', ['Hallo.', 0, 1]), lines.lines);
		lines.add([word('Hello', 0, {end: 1})]);
		translations.place(lines.lines);
		expect(translations.of(lines.lines[0]!, 'de')).toBe('Hallo.');
	});

	test('go to who says it where two speak at once', () => {
		const lines = new TranscriptLines();
		lines.add([word('Yes', 0, {speaker: 'S1', end: 2}), word('No', 0.2, {speaker: 'S2', end: 2})]);
		const translations = new Translations();
		translations.take(final('de', ['Nein', 0, 2, 'S2'], ['Ja', 0, 2, 'S1']), lines.lines);
		expect(lines.lines.map((line) => translations.of(line, 'de'))).toEqual(['Ja', 'Nein']);
	});

	test('whose words never come go to the nearest line at the end', () => {
		const {lines} = twoSentences();
		const translations = new Translations();
		translations.take(final('de', ['Ende.', 8, 9]), lines);
		expect(translations.of(lines[1]!, 'de')).toBe('');
		translations.end(lines);
		expect(translations.of(lines[1]!, 'de')).toBe('Ende.');
	});

	test('that are not final are replaced', () => {
		const translations = new Translations();
		translations.take({...final('de', ['Guten', 0, 1]), isFinal: false}, []);
		translations.take({...final('de', ['Guten Tag', 0, 1]), isFinal: false}, []);
		expect(translations.partial('de')).toBe('Guten Tag');
		translations.take(final('de', ['Guten Tag.', 0, 1]), []);
		expect(translations.partial('de')).toBe('');
	});
});
