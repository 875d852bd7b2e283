import {describe, expect, test} from 'bun:test';
import stringWidth from 'string-width';
import {cuesOf, DEFAULT_RULES} from '../../src/captions/cues.ts';
import {srtText} from '../../src/captions/srt.ts';
import {joinResults} from '../../src/speechmatics/transcript.ts';
import {mark, word} from '../helpers/results.ts';

const speech = (text: string, {start = 0, step = 0.4, speaker = 'S1'} = {}) =>
	text.split(' ').flatMap((token, index) => {
		const [, content = '', punctuation = ''] = /^(.*?)([.,?!]?)$/.exec(token) ?? [];
		const time = start + index * step;
		const item = word(content, time, {end: time + step * 0.9, speaker});
		return punctuation === '' ? [item] : [item, mark(punctuation, time + step * 0.9, {speaker})];
	});

describe('cues', () => {
	test('end with the sentence and with the speaker', () => {
		const results = [
			...speech('Good morning, everyone. Shall we begin'),
			...speech('Yes.', {start: 3, speaker: 'S2'}),
		];
		expect(cuesOf(results).map(({lines}) => lines)).toEqual([
			['Good morning, everyone.'],
			['Shall we begin'],
			['Yes.'],
		]);
	});

	test('have at most two lines of equal width', () => {
		const [cue] = cuesOf(speech('one two three four five six seven eight nine ten', {step: 0.2}));
		expect(cue!.lines).toEqual(['one two three four five', 'six seven eight nine ten']);
	});

	test('keep to the rules, lose no text and never overlap, whatever is said', () => {
		let seed = 7;
		const random = () => {
			seed = (seed * 16_807) % 2_147_483_647;
			return seed / 2_147_483_647;
		};
		for (let round = 0; round < 200; round++) {
			const text = Array.from({length: 80}, () => {
				const content = 'abcdefghijklmnop'.slice(0, 1 + Math.floor(random() * 14));
				return content + (random() < 0.1 ? '.' : random() < 0.1 ? ',' : '');
			}).join(' ');
			const results = speech(text, {step: 0.1 + random() * 0.8});
			const cues = cuesOf(results);
			expect(cues.flatMap(({lines}) => lines).join(' ')).toBe(joinResults(results));
			for (const [index, cue] of cues.entries()) {
				expect(cue.lines.length).toBeLessThanOrEqual(2);
				expect(Math.max(...cue.lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(42);
				expect(cue.end - cue.start).toBeLessThanOrEqual(DEFAULT_RULES.maxDuration);
				expect(cue.start).toBeGreaterThanOrEqual(cues[index - 1]?.end ?? 0);
			}
		}
	});

	test('count the width of wide characters twice', () => {
		const results = Array.from({length: 40}, (_, index) => word('语', index * 0.1, {end: index * 0.1 + 0.1}));
		const cues = cuesOf(results, '');
		expect(cues[0]!.lines.map((line) => stringWidth(line))).toEqual([40, 40]);
	});
});

test('SubRip text has numbers, times with a comma, and an empty line between cues', () => {
	expect(
		srtText([
			{start: 0.08, end: 1.2, lines: ['Hello']},
			{start: 3661.5, end: 3662, lines: ['two', 'lines']},
		]),
	).toBe('1\n00:00:00,080 --> 00:00:01,200\nHello\n\n2\n01:01:01,500 --> 01:01:02,000\ntwo\nlines\n');
});
