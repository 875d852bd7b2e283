import {describe, expect, test} from 'bun:test';
import {CaptionFileError, parseCaptions} from '../../src/captions/parse.ts';
import {srtText} from '../../src/captions/srt.ts';
import {vttText} from '../../src/captions/vtt.ts';
import {readIndependently} from './independent-parser.ts';

describe('a SubRip file', () => {
	test('has numbers, times with a comma, and an empty line between cues', () => {
		expect(
			srtText([
				{start: 0.08, end: 1.2, lines: ['Hello']},
				{start: 3661.5, end: 3662, lines: ['two', 'lines']},
			]),
		).toBe('1\n00:00:00,080 --> 00:00:01,200\nHello\n\n2\n01:01:01,500 --> 01:01:02,000\ntwo\nlines\n');
	});

	test('is read without its tags, whatever its line ends, order of numbers or positions', () => {
		const text =
			'\uFEFF7\r\n00:00:01,000 --> 00:00:02,500 X1:40 X2:600\r\n<i>Hello</i>\r\n<font color="red">3 < 4</font>\r\n\r\n\r\n' +
			'3\r\n00:00:03.5 --> 00:00:04,25\r\n{\\an8}12\r\n4\r\n00:00:05,000 --> 00:00:06,000\r\n\r\n';
		expect(parseCaptions(text)).toEqual([
			{start: 1, end: 2.5, lines: ['Hello', '3 < 4']},
			{start: 3.5, end: 4.25, lines: ['12']},
			{start: 5, end: 6, lines: []},
		]);
	});

	test('that is none is told so', () => {
		expect(() => parseCaptions('Dear Sir,\nno captions here')).toThrow(CaptionFileError);
		expect(parseCaptions('\n')).toEqual([]);
	});
});

describe('a WebVTT file', () => {
	const cues = [
		{start: 1, end: 2, lines: ['- a < b & c', '- x --> y'], speakers: ['S1', 'A & B']},
		{start: 3, end: 4, lines: ['one voice', 'two lines'], speakers: ['S1', 'S1']},
		{start: 5, end: 6, lines: ['nobody known'], speakers: ['UU']},
	];
	const text = vttText(cues, 'a --> note');

	test('names the speakers as voices and escapes what would be markup', async () => {
		expect(await readIndependently(text, 'vtt')).toEqual([
			{start: 1, end: 2, text: '- a < b & c\n- x --> y', voices: ['S1', 'A & B']},
			{start: 3, end: 4, text: 'one voice\ntwo lines', voices: ['S1']},
			{start: 5, end: 6, text: 'nobody known', voices: []},
		]);
	});

	test('is read without notes, styles, settings, identifiers and tags', () => {
		expect(parseCaptions(text).map(({lines}) => lines)).toEqual(cues.map(({lines}) => lines));
		const other =
			'WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nmore\n\nintro\n00:01.000 --> 01:00:02.000 align:start\n<c.red>Hi</c> <00:01.500>there&nbsp;&amp;lt;\n';
		expect(parseCaptions(other)).toEqual([{start: 1, end: 3602, lines: ['Hi there\u00A0&lt;']}]);
		expect(parseCaptions('WEBVTT\n')).toEqual([]);
	});
});
