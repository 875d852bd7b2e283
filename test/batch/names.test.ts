import {describe, expect, test} from 'bun:test';
import {join} from 'node:path';
import {type NameFields, outputName, parseNameTemplate, stemsOf} from '../../src/batch/names.ts';

const fields: NameFields = {
	stem: 'talk',
	name: 'talk.wav',
	ext: 'srt',
	lang: 'en',
	date: '2026-11-21',
	job: 'abc123',
};

test.each<[string, Partial<NameFields>, string]>([
	['{stem}.{ext}', {}, 'talk.srt'],
	['{stem}.{lang}.{ext}', {}, 'talk.en.srt'],
	['{name}.{ext}', {}, 'talk.wav.srt'],
	['{date}/{job}-{stem}.{ext}', {}, '2026-11-21/abc123-talk.srt'],
	['./a//b/{stem}_{lang}.{ext}', {}, 'a/b/talk_en.srt'],
	['{stem}.{ext}', {number: 2}, 'talk-2.srt'],
	['{stem}.{lang}.{ext}', {number: 3}, 'talk-3.en.srt'],
	['{job}.{ext}', {number: 2}, 'abc123-2.srt'],
	['{stem}.{ext}', {lang: 'de', isTranslation: true}, 'talk.de.srt'],
	['{lang}/{stem}.{ext}', {lang: 'de', isTranslation: true}, 'de/talk.srt'],
	['{stem}.{lang}.{ext}', {lang: undefined}, 'talk.und.srt'],
])('%s with %o is %s', (template, more, name) => {
	expect(outputName(template, {...fields, ...more})).toBe(join(name));
});

test.each([
	['{stem}.{format}', 'there is no field {format}; there are {stem}, {name}, {ext}, {lang}, {date}, {job}'],
	['{Stem}.{ext}', 'no field {Stem}'],
	['{stem.{ext}', 'a "{" has no partner'],
	['stem}.{ext}', 'a "}" has no partner'],
	['../{stem}.{ext}', 'must not lead out'],
	['a/../../{stem}.{ext}', 'must not lead out'],
	['/tmp/{stem}.{ext}', 'not an absolute path'],
	['C:\\out\\{stem}.{ext}', 'not an absolute path'],
	['{stem}', 'add {ext}'],
	['{ext}/{stem}', 'add {ext} to the name of the file'],
	['{ext}-{stem}', '{ext} must come after'],
	['{date}.{ext}', 'add {stem}, {name} or {job}'],
	['{stem}/', 'no name of a file'],
	['', 'no name of a file'],
])('%p is refused: %s', (template, message) => {
	expect(() => parseNameTemplate(template)).toThrow(message);
	expect(() => outputName(template, fields)).toThrow('The name template');
});

describe('a value', () => {
	test.each(['../../etc/passwd', '..\\..\\x', '/etc/passwd', 'a/b', '..', '.', ''])(
		'%p cannot lead out of the folder',
		(stem) => {
			const name = outputName('{stem}/{stem}.{ext}', {...fields, stem});
			const segments = name.split(/[/\\]/);
			expect(segments).toHaveLength(2);
			for (const segment of segments) expect(segment).not.toMatch(/^\.{0,2}$/);
		},
	);

	test('that is too long is cut before the ending, and two of them stay apart', () => {
		const long = (last: string) =>
			outputName('{stem}.{lang}.{ext}', {...fields, stem: 'ü'.repeat(300) + last});
		expect(Buffer.byteLength(long('a'))).toBeLessThanOrEqual(255);
		expect(long('a')).toEndWith('.en.srt');
		expect(long('a')).not.toBe(long('b'));
	});
});

test('recordings that meet under one name keep their endings', () => {
	const recordings = [
		{file: 'a/talk.wav', name: 'talk.wav', folder: '/out'},
		{file: 'b/Talk.mp3', name: 'Talk.mp3', folder: '/out'},
		{file: 'c/talk.ogg', name: 'talk.ogg', folder: '/elsewhere'},
		{file: 'd/other.tar.wav', name: 'other.tar.wav', folder: '/out'},
	];
	expect([...stemsOf(recordings)]).toEqual([
		['a/talk.wav', 'talk.wav'],
		['b/Talk.mp3', 'Talk.mp3'],
		['c/talk.ogg', 'talk'],
		['d/other.tar.wav', 'other.tar'],
	]);
});

test('a recording does not meet itself', () => {
	const talk = {file: 'a/talk.wav', name: 'talk.wav', folder: '/out'};
	expect([...stemsOf([talk, talk])]).toEqual([['a/talk.wav', 'talk']]);
});
