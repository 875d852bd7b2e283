import {describe, expect, test} from 'bun:test';
import {
	OUTPUT_FORMATS,
	renderTranscript,
	renderTranslation,
	translationTargets,
} from '../../src/captions/render.ts';
import {captionStyle} from '../../src/captions/style.ts';
import {Transcript} from '../../src/speechmatics/jobs.ts';
import {mark, word} from '../helpers/results.ts';
import {readIndependently} from './independent-parser.ts';
import {speech} from './speech.ts';

const REAL = {transcription_config: {language: 'en'}, language_pack_info: {word_delimiter: ' '}};

function transcript(more: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}): Transcript {
	return Transcript.parse({
		format: '2.9',
		job: {id: 'j1', data_name: 'talk.wav', duration: 75, created_at: '2026-01-31T10:00:00Z'},
		metadata: {...REAL, ...metadata},
		results: [...speech('Good morning.'), ...speech('Hello there.', {start: 61, speaker: 'S2'})],
		...more,
	});
}

const simulated = (more: Record<string, unknown> = {}) =>
	transcript(more, {orchestrator_version: 'speechdeck-emulator-1'});

describe('text', () => {
	test('is a paragraph a turn, with its time where that is asked for', () => {
		expect(renderTranscript(transcript(), 'txt')).toBe('S1: Good morning.\n\nS2: Hello there.\n');
		expect(renderTranscript(transcript(), 'txt', {timestamps: true})).toBe(
			'[00:00:00] S1: Good morning.\n\n[00:01:01] S2: Hello there.\n',
		);
	});
});

describe('captions', () => {
	test('keep to the rules that were asked for', () => {
		const captions = captionStyle({maxColumns: 10});
		const text = renderTranscript(transcript(), 'srt', {captions});
		expect(text).toStartWith('1\n00:00:00,000 --> 00:00:00,834\nGood\nmorning.\n');
		expect(renderTranscript(transcript(), 'srt', {captions: captions('en')})).toBe(text);
	});

	test('of a transcript in Japanese follow its language', () => {
		const words = [...'あいうえおかきくけこさしすせそたちつてと'];
		const japanese = transcript(
			{results: words.map((content, index) => word(content, index * 0.3))},
			{transcription_config: {language: 'auto'}, language_pack_info: {word_delimiter: ''}},
		);
		japanese.results[0]!.alternatives![0]!.language = 'ja';
		const srt = renderTranscript(japanese, 'srt', {captions: captionStyle({preset: 'netflix'})});
		expect(srt).toContain('あいうえおかきくけこ\nさしすせそたちつてと\n');
	});
});

describe('what the emulator made', () => {
	test.each([...OUTPUT_FORMATS])('says so as %s', (format) => {
		expect(renderTranscript(simulated(), format)).toMatch(/simulated/i);
		expect(renderTranscript(transcript(), format)).not.toMatch(/simulated/i);
		expect(renderTranscript(simulated({results: []}), format)).toMatch(/simulated/i);
	});

	test('stays readable for a player', async () => {
		const [first] = await readIndependently(renderTranscript(simulated(), 'srt'), 'srt');
		expect(first!.text).toBe('[SIMULATED] Good morning.');
		const [cue] = await readIndependently(renderTranscript(simulated(), 'vtt'), 'vtt');
		expect(cue).toMatchObject({text: 'Good morning.', voices: ['S1']});
	});
});

describe('a table of words', () => {
	test('has a head and a row an item, as RFC 4180 has them', () => {
		const rows = renderTranscript(transcript({results: [word('say "hi", now', 1, {speaker: 'S1'})]}), 'csv');
		expect(rows).toBe(
			'start,end,content,type,confidence,speaker,channel,language,attaches_to,is_eos,entity_class,tags,volume\r\n' +
				'1,1.5,"say ""hi"", now",word,1,S1,,,,,,,\r\n',
		);
	});

	test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', ' =1'])(
		'gives a spreadsheet no formula such as %s',
		(content) => {
			const [, row] = renderTranscript(transcript({results: [word(content, 1)]}), 'csv').split('\r\n');
			expect(row!.split(',')[2]!.replace(/^"/, '')).toStartWith("'");
		},
	);

	test('leaves numbers and other words alone', () => {
		const results = [{...word('a-b=c', 1), volume: 4.5}, mark('.', 1.5)];
		const [, first, second] = renderTranscript(transcript({results}), 'csv').split('\r\n');
		expect(first).toBe('1,1.5,a-b=c,word,1,,,,,,,,4.5');
		expect(second).toBe('1.5,1.5,.,punctuation,1,,,,previous,true,,,');
	});
});

describe('a document', () => {
	const rich = {
		summary: {content: 'They *greet* each other.'},
		chapters: [{start_time: 61, end_time: 75, title: 'An answer', summary: 'It is friendly.'}],
		topics: {summary: {overall: {Weather: 0, Sports: 1, Greetings: 3}}},
		sentiment_analysis: {summary: {overall: {positive_count: 2, neutral_count: 1, negative_count: 0}}},
		audio_event_summary: {overall: {applause: {count: 2, total_duration: 65}}},
	};

	test('has a title, what else was found, the speakers and the text', () => {
		expect(renderTranscript(transcript(rich), 'md', {title: 'Monday'})).toBe(`# Monday

- Date: 2026-01-31T10:00:00Z
- Length: 00:01:15
- Language: en
- Job: j1

## Summary

They \\*greet\\* each other.

## Chapters

### 00:01:01 An answer

It is friendly.

## Topics

- Greetings: 3
- Sports: 1

## Sentiment

- Overall: 2 positive, 1 neutral, 0 negative

## Sounds

- applause: 2, 00:01:05

## Speakers

- S1: 00:00:00, 1 turn, 2 words
- S2: 00:00:00, 1 turn, 2 words

## Transcript

**00:00:00 S1** Good morning.

**00:01:01 S2** Hello there.
`);
	});

	test('leaves out what is not there, and takes its title from the recording', () => {
		const text = renderTranscript(transcript(), 'md');
		expect(text).toStartWith('# talk.wav\n');
		expect(text.match(/^## .*$/gm)).toEqual(['## Speakers', '## Transcript']);
	});
});

describe('translations', () => {
	const translations = {
		de: [
			{start_time: 0, end_time: 0.8, content: 'Guten Morgen.', speaker: 'S1'},
			{
				start_time: 61,
				end_time: 64,
				content: 'Hallo, da drüben, wo auch immer du heute bist.',
				speaker: 'S2',
			},
		],
		ja: [
			{
				start_time: 0,
				end_time: 4,
				content: 'おはようございます、皆さん。新しい版が出ました。',
				speaker: 'S1',
			},
			{start_time: 4, end_time: 6, content: 'こんにちは。', speaker: 'S1'},
		],
	};
	const translated = transcript({translations});

	test('are told by their languages', () => {
		expect(translationTargets(translated)).toEqual(['de', 'ja']);
		expect(translationTargets(transcript())).toEqual([]);
		expect(renderTranslation(translated, 'fr', 'txt')).toBeUndefined();
		expect(renderTranslation(translated, 'toString', 'txt')).toBeUndefined();
	});

	test('are text by turns', () => {
		expect(renderTranslation(translated, 'de', 'txt', {timestamps: true})).toBe(
			'[00:00:00] S1: Guten Morgen.\n\n[00:01:01] S2: Hallo, da drüben, wo auch immer du heute bist.\n',
		);
		expect(renderTranslation(translated, 'ja', 'txt')).toBe(
			'S1: おはようございます、皆さん。新しい版が出ました。こんにちは。\n',
		);
	});

	test('are captions like any other, in the rules of their language', async () => {
		const german = await readIndependently(renderTranslation(translated, 'de', 'srt')!, 'srt');
		expect(german.map(({start, text}) => [start, text])).toEqual([
			[0, 'Guten Morgen.'],
			[61, 'Hallo, da drüben,\nwo auch immer du heute bist.'],
		]);
		const captions = captionStyle({preset: 'netflix'});
		const japanese = await readIndependently(renderTranslation(translated, 'ja', 'vtt', {captions})!, 'vtt');
		expect(
			japanese
				.map(({text}) => text)
				.join('')
				.replaceAll('\n', ''),
		).toBe(translations.ja.map(({content}) => content).join(''));
		expect(japanese.flatMap(({text}) => text.split('\n')).every((line) => [...line].length <= 13)).toBe(true);
		expect(japanese[0]!.voices).toEqual(['S1']);
	});

	test.each(['json', 'csv', 'md'] as const)('have no form of their own as %s', (format) => {
		expect(renderTranslation(translated, 'de', format)).toBeUndefined();
	});

	test.each(['txt', 'srt', 'vtt'] as const)('of the emulator say so as %s', (format) => {
		expect(renderTranslation(simulated({translations}), 'de', format)).toContain('[SIMULATED] '.trim());
		expect(renderTranslation(simulated({translations}), 'de', 'srt')).toContain('[SIMULATED] Guten Morgen.');
	});
});
