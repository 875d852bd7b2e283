import {describe, expect, test} from 'bun:test';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {OUTPUT_FORMATS} from '../../src/captions/render.ts';
import {exportDocument} from '../../src/tui/controllers/viewer-effects.ts';
import {transcriptOf, viewing} from '../helpers/viewed.ts';

const place = {folder: '/out', stem: 'talk'};
const TALK = 'S1: Good morning all. S2: We begin with the bûdget today. S1: The Budget? is small.';

describe('search', () => {
	test('finds while it is typed, whatever the accents and the case, and goes around with a note', () => {
		const view = viewing(TALK);
		view.press('/');
		view.type('budg');
		expect(view.word).toBe('bûdget');
		expect(view.status).toMatch(/^ \/ budg +1 of 2 $/);
		view.press('enter');
		expect(view.status).toContain('"budg" 1 of 2');
		view.press('n');
		expect(view.word).toBe('Budget');
		expect(view.told).toEqual([]);
		view.press('n');
		expect([view.word, view.told]).toEqual(['bûdget', ['On from the start again']]);
		view.press('N');
		expect([view.word, view.told.at(-1)]).toEqual(['Budget', 'On from the end again']);
	});

	test('lets case count where a capital letter is typed', () => {
		const view = viewing(TALK);
		view.press('/');
		view.type('Budget');
		expect([view.viewer.found.count, view.word]).toEqual([1, 'Budget']);
	});

	test('finds a phrase over words and sentences', () => {
		const view = viewing(TALK);
		view.press('/');
		view.type('all. we beg');
		expect([view.viewer.found.count, view.word]).toEqual([1, 'all']);
		const marked = view
			.screen()
			.body.map((line) =>
				line.filter(({style}) => style === 'found' || style === 'place').map(({text}) => text),
			);
		expect(marked.filter((texts) => texts.length > 0)).toEqual([['all', '.'], ['We beg']]);
	});

	test('marks what was found in letters that are longer in plain ones, or in others', () => {
		const view = viewing('Der ﬁnale 会议 İstanbul. Zwei 会议.');
		view.press('/');
		const found = (query: string) => {
			view.viewer.search.set(query);
			return view.viewer.found
				.rangesIn(0)
				.map(([from, to]) => view.viewer.text.lines[0]!.text.slice(from, to));
		};
		expect(found('final')).toEqual(['ﬁnal']);
		expect(found('inale')).toEqual(['ﬁnale']);
		expect(found('议')).toEqual(['议']);
		expect(found('istan')).toEqual(['İstan']);
		expect(found('.')).toEqual(['.']);
	});

	test('leaves the cursor where it was when it is cancelled, or finds nothing', () => {
		const view = viewing(TALK);
		view.press('w', '/');
		view.type('smallx');
		expect(view.word).toBe('morning');
		expect(view.status).toContain('nothing found');
		view.press('backspace');
		expect(view.word).toBe('small');
		view.press('escape');
		expect(view.word).toBe('morning');
		expect(view.viewer.store.getState().query).toBe('');
		view.press('/', 'q', 'q', 'enter');
		expect(view.told).toEqual(['"qq" is not in this text']);
	});

	test('goes on from where the reader has moved to', () => {
		const view = viewing('a b. a b. a b. a b.');
		view.press('/', 'b', 'enter', 'G', 'N');
		expect(view.viewer.store.getState()).toMatchObject({cursor: 5, hit: 2});
		view.press('g', 'n');
		expect(view.viewer.store.getState()).toMatchObject({cursor: 1, hit: 0});
	});

	test('Esc forgets what was looked for first, and leaves then', () => {
		const view = viewing(TALK);
		view.press('/', 't', 'enter', 'escape');
		expect(view.viewer.store.getState()).toMatchObject({query: '', document: expect.anything()});
		view.press('escape');
		expect(view.viewer.isOpen).toBe(false);
	});
});

describe('the cursor', () => {
	test('moves by word and by row, and keeps its column', () => {
		const view = viewing('one two three four five six seven eight nine ten eleven. twelve.', {columns: 40});
		expect(view.body.filter((row) => row.includes('e')).length).toBeGreaterThan(2);
		view.press('w', 'w', 'down');
		const below = view.word;
		expect(['six', 'seven', 'eight', 'nine']).toContain(below);
		view.press('down', 'up');
		expect(view.word).toBe(below);
		view.press('G');
		expect(view.word).toBe('twelve');
		view.press('w', 'down');
		expect(view.word).toBe('twelve');
		view.press('g', 'b', 'up');
		expect(view.word).toBe('one');
	});

	test('reaches every row of a sentence that is longer than the screen', () => {
		const long = `${Array.from({length: 60}, (_, index) => `word${index}`).join(' ')}. end.`;
		const view = viewing(long, {columns: 40, rows: 6});
		const seen = new Set<string>();
		for (let step = 0; step < 40; step++) {
			for (const row of view.body) for (const [found] of row.matchAll(/word\d+/g)) seen.add(found);
			expect(
				view
					.screen()
					.body.flat()
					.some(({style}) => style === 'place'),
			).toBe(true);
			view.press('down');
		}
		expect(seen.size).toBe(60);
		expect(view.word).toBe('end');
	});

	test('opens at a second', () => {
		expect(viewing(TALK, {at: 5.2}).word).toBe('with');
		expect(viewing(TALK, {at: 0}).word).toBe('Good');
		expect(viewing(TALK, {at: 9999}).word).toBe('small');
	});

	test('tells where it is', () => {
		const view = viewing(TALK, {at: 10.5, seconds: 3723});
		expect(view.status).toMatch(/^ 0:10 of 1:02:03 {3}83 % {3}confidence 0\.50 +1 word below 0\.7 $/);
	});

	test('stands on a mark or a gap between the words, too', () => {
		const lines = [
			{start: 2.5, end: 2.5, label: undefined, speaker: undefined, text: 'decided', kind: 'mark'},
		] as const;
		const view = viewing('one two three. four.', {lines});
		view.press('w', 'w', 'w');
		expect(view.word).toBe('decided');
		expect(view.body.find((row) => row.includes('decided'))).toContain('→ decided');
	});
});

describe('unsure words', () => {
	test('are marked below a confidence that can be changed, and gone to around the ends', () => {
		const view = viewing('one two? three four? five.');
		const marked = () =>
			view
				.screen()
				.body.flat()
				.filter(({style}) => style === 'unsure')
				.map(({text}) => text);
		expect(marked()).toEqual(['two', 'four']);
		view.press('u');
		expect(view.word).toBe('two');
		view.press('u', 'u');
		expect([view.word, view.told]).toEqual(['two', ['On from the start again']]);
		view.press('U');
		expect(view.word).toBe('four');
		view.press('g', 'c');
		expect(view.viewer.store.getState().threshold).toBe(0.9);
		view.press('c');
		expect(marked()).toEqual([]);
		view.press('u');
		expect(view.told.at(-1)).toBe('no word is marked');
		view.press('c', 'u');
		expect(view.told.at(-1)).toBe('no words are marked: press c');
	});
});

describe('sections', () => {
	const transcript = transcriptOf(
		'S1: Good morning all. S2: We begin with the budget today. S1: It is small.',
		{
			summary: {content: '- Money is short\n- It goes on'},
			chapters: [
				{start_time: 0, end_time: 3, title: 'Hello', summary: 'They greet.'},
				{start_time: 3, end_time: 12, title: 'Money', summary: 'They talk about money.'},
			],
			topics: {
				segments: [{start_time: 3, end_time: 9, text: 'the budget today', topics: [{topic: 'Finance'}]}],
				summary: {overall: {Finance: 2, Sports: 0}},
			},
			sentiment_analysis: {
				segments: [{start_time: 9, end_time: 12, text: 'It is small.', sentiment: 'negative', speaker: 'S1'}],
				summary: {overall: {positive_count: 0, negative_count: 1, neutral_count: 2}},
			},
			translations: {
				de: [
					{start_time: 0, end_time: 3, content: 'Guten Morgen zusammen.', speaker: 'S1'},
					{start_time: 3, end_time: 9, content: 'Wir beginnen mit dem Haushalt.', speaker: 'S2'},
				],
			},
		},
	);

	test('are there where the transcript has them, and only then', () => {
		expect(viewing(transcript).viewer.sections.map(({title}) => title)).toEqual([
			'Transcript',
			'Summary',
			'Chapters',
			'Topics',
			'Sentiment',
			'In German',
		]);
		const plain = viewing('one two.');
		expect(plain.viewer.sections).toHaveLength(1);
		plain.press('right');
		expect(plain.told).toEqual(['there is only the transcript']);
	});

	test('say what they hold', () => {
		const view = viewing(transcript, {at: 4});
		const shown = () => {
			view.press('right');
			return view.body.slice(2).join('\n');
		};
		expect(shown()).toMatch(/❯ - Money is short/);
		expect(shown()).toMatch(/❯ +0:03 {2}Money\n +They talk about money\./);
		const topics = shown();
		expect(topics).toMatch(/2 {2}Finance/);
		expect(topics).not.toContain('Sports');
		expect(shown()).toMatch(
			/All: 0 positive, 2 neutral, 1 negative[\s\S]*0:09 {2}negative {2}S1: It is small/,
		);
		expect(shown()).toMatch(/0:00 {2}S1 {2}Guten Morgen zusammen\.\n❯ +0:03 {2}S2 {2}Wir beginnen/);
		view.press('right');
		expect(view.viewer.section.isTranscript).toBe(true);
	});

	test('a translation opens where the reader is, and Enter shows a place in the transcript', () => {
		const view = viewing(transcript, {at: 4});
		view.press('left');
		expect(view.word).toBe('Wir');
		view.press('left', 'left', 'left');
		expect(view.viewer.section.title).toBe('Chapters');
		view.press('G', 'enter');
		expect([view.viewer.section.title, view.word]).toEqual(['Transcript', 'We']);
		view.press('left', 'left', 'left', 'left', 'g', 'down', 'enter');
		expect([view.viewer.section.title, view.word]).toEqual(['Transcript', 'Good']);
	});

	test('are searched and copied each for itself', async () => {
		const view = viewing(transcript);
		view.press('left', '/');
		view.type('haushalt');
		expect(view.word).toBe('Haushalt.');
		view.press('enter', 'y');
		expect(view.copied).toEqual(['Wir beginnen mit dem Haushalt.']);
		view.press('left', 'left', 'left', 'left', 'Y');
		expect(view.copied[1]).toBe('- Money is short\n- It goes on');
	});

	test('say why one is missing', () => {
		const metadata = {...transcript.metadata, summarization_errors: [{type: 'x', message: 'too short'}]};
		const view = viewing({...transcriptOf('one.'), metadata});
		view.press('right');
		expect(view.body.join('\n')).toContain('summarization: too short');
	});
});

describe('what is done with it', () => {
	test('copies the sentence, or all as text; what was simulated says so', async () => {
		const view = viewing(TALK, {at: 4});
		view.press('y', 'Y');
		expect(view.copied).toEqual([
			'We begin with the bûdget today.',
			'S1: Good morning all.\n\nS2: We begin with the bûdget today.\n\nS1: The Budget is small.\n',
		]);
		await Bun.sleep(0);
		expect(view.told).toEqual(['Copied the sentence', 'Copied the whole text']);
		const demo = viewing(TALK, {simulated: true});
		demo.press('y');
		expect(demo.copied).toEqual(['[SIMULATED] Good morning all.']);
	});

	test('saves in the chosen formats, and says where', async () => {
		const view = viewing(TALK, {place});
		view.press('s');
		expect(view.status).toBe(' Save in /out');
		view.press('down', 'down', 'space', 'enter');
		await Promise.resolve();
		expect(view.exported).toEqual([['txt', 'srt']]);
		expect(view.told).toEqual(['Saved as /out/talk.txt, /out/talk.srt']);
		view.press('s', 'g', 'space', 'down', 'down', 'space', 'down', 'enter');
		expect(view.exported[1]).toEqual(['vtt']);
		view.press('s', 'escape');
		expect(view.exported).toHaveLength(2);
		const demo = viewing(TALK);
		demo.press('s');
		expect(demo.told).toEqual(['the demo writes no files']);
	});

	test('writes every format, and over no file of somebody else', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
		try {
			writeFileSync(join(folder, 'talk.txt'), 'mine');
			const transcript = transcriptOf(TALK);
			const document = {title: 'talk.wav', transcript, simulated: false, place: {folder, stem: 'talk'}};
			const paths = await exportDocument(document, OUTPUT_FORMATS);
			expect(paths.map((path) => path.slice(folder.length + 1))).toEqual(
				OUTPUT_FORMATS.map((format) => (format === 'txt' ? 'talk-2.txt' : `talk.${format}`)),
			);
			expect(readFileSync(join(folder, 'talk.txt'), 'utf8')).toBe('mine');
			expect(readFileSync(join(folder, 'talk.md'), 'utf8')).toStartWith('# talk.wav');
			const again = await exportDocument(document, ['md', 'srt']);
			expect(again).toEqual([join(folder, 'talk.md'), join(folder, 'talk.srt')]);
			expect(readdirSync(folder)).toHaveLength(OUTPUT_FORMATS.length + 1);
			expect(exportDocument({...document, place: undefined}, ['txt'])).rejects.toThrow('no file may be');
		} finally {
			rmSync(folder, {recursive: true});
		}
	});

	test('plays the sentence from the word, and stops at the same key', async () => {
		const view = viewing(TALK, {audioPath: '/in/talk.wav', at: 5});
		view.press('enter');
		expect(view.played).toMatchObject([{path: '/in/talk.wav', from: 4.8, isStopped: false}]);
		expect(view.played[0]!.seconds).toBeCloseTo(8.5 + 0.3 - 4.8);
		expect(view.status).toContain('playing');
		view.press('enter');
		expect(view.played).toMatchObject([{isStopped: true}]);
		expect(view.status).not.toContain('playing');
		view.press('p');
		expect(view.played[1]).toMatchObject({from: 4.8, seconds: undefined});
		view.played[1]!.end();
		await Promise.resolve();
		await Promise.resolve();
		expect(view.status).not.toContain('playing');
		view.press('p', 'escape');
		expect(view.played[2]).toMatchObject({isStopped: true});
	});

	test('says why it plays nothing, and opens other programs', async () => {
		const view = viewing(TALK);
		view.press('enter', 'o', 'e');
		expect(view.told).toEqual(['the recording is not here']);
		expect(view.shown).toEqual(['pager', 'editor']);
	});
});
