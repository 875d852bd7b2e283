import {describe, expect, test} from 'bun:test';
import type {Cue} from '../../src/captions/cues.ts';
import {lint, type RuleName} from '../../src/captions/lint.ts';
import {languageByScript, presetRules} from '../../src/captions/rules.ts';
import {captionStyle} from '../../src/captions/style.ts';

const rules = presetRules('netflix', 'en');
const good: readonly Cue[] = [
	{start: 0, end: 2, lines: ['A cue that keeps', 'to every rule.']},
	{start: 2.084, end: 4, lines: ['So does this one.']},
];

test('captions that keep to the rules have no problem', () => {
	expect(lint(good, rules)).toEqual([]);
});

describe('each rule that a cue breaks is told once', () => {
	const broken: ReadonlyArray<
		readonly [RuleName, 'error' | 'warning', Partial<Cue>, number, number, string]
	> = [
		['columns', 'error', {lines: ['x'.repeat(43)], end: 5}, 43, 42, 'line 1 takes 43 columns, 42 at most'],
		[
			'columns',
			'error',
			{lines: ['ok', '語'.repeat(22)], end: 5},
			44,
			42,
			'line 2 takes 44 columns, 42 at most',
		],
		['lines', 'error', {lines: ['a', 'b', 'c']}, 3, 2, 'it has 3 lines, 2 at most'],
		['max-duration', 'error', {end: 9.2}, 7.116, 7, 'it stands for 7.12 s, 7 s at most'],
		[
			'min-duration',
			'warning',
			{end: 2.6, lines: ['Oh.']},
			0.516,
			0.833,
			'it stands for 0.52 s, 0.83 s at least',
		],
		['times', 'error', {end: 2.084}, 0, 0, 'it does not end after it begins'],
		['overlap', 'error', {start: 1.9}, -0.1, 0, 'it begins 0.1 s before the cue before it ends'],
		['order', 'error', {start: -1}, -1, 0, 'it begins before the cue before it does'],
		['gap', 'warning', {start: 2.04}, 0.04, 0.083, 'it follows after 0.04 s, 0.08 s at least'],
		['empty', 'error', {lines: [' ']}, 0, 1, 'it has no text'],
		['empty', 'error', {lines: []}, 0, 1, 'it has no text'],
		[
			'speed',
			'warning',
			{lines: ['x'.repeat(40)], end: 3.084},
			40,
			20,
			'it is read at 40 characters a second, 20 at most',
		],
	];

	test.each(broken)('%s (%s)', (rule, severity, change, measured, allowed, message) => {
		const cue = {...good[1]!, ...change};
		expect(lint([good[0]!, cue], rules)).toEqual([
			{cue: 2, time: cue.start, rule, severity, measured, allowed, message},
		]);
	});
});

test('the BBC counts words, and minds neither speed nor chained cues', () => {
	const chained = [
		{start: 0, end: 1, lines: ['incomprehensibilities notwithstanding']},
		{start: 1, end: 2, lines: ['one two three four']},
	];
	expect(lint(chained, presetRules('bbc', 'en'))).toMatchObject([
		{cue: 2, rule: 'seconds-per-word', severity: 'warning', measured: 0.25, allowed: 0.3},
	]);
});

describe('the rules', () => {
	test.each([
		['netflix', 'en', 42, 20],
		['netflix', 'ja', 26, 4],
		['netflix', 'cmn', 32, 9],
		['netflix', 'zh-TW', 32, 9],
		['netflix', 'ko', 32, 12],
		['default', 'ja', 42, 4],
		['bbc', 'en', 37, Number.POSITIVE_INFINITY],
		['server', 'ja', 37, Number.POSITIVE_INFINITY],
	] as const)('of %s for %s', (preset, language, maxColumns, maxCharactersPerSecond) => {
		expect(presetRules(preset, language)).toMatchObject({maxColumns, maxCharactersPerSecond, maxLines: 2});
	});

	test('narrow characters count as half where the others are ideographs', () => {
		const cue = {start: 0, end: 1, lines: ['会議はA9']};
		expect(lint([cue], presetRules('netflix', 'ja'))).toEqual([]);
		expect(lint([{...cue, lines: ['会議はA9.']}], presetRules('netflix', 'ja'))[0]?.measured).toBe(4.5);
	});

	test('of a preset give way to what was asked for', () => {
		expect(captionStyle({preset: 'netflix', maxColumns: 30})('ja')).toMatchObject({
			maxColumns: 30,
			maxLines: 2,
		});
		expect(captionStyle({maxLines: 1})('en')).toMatchObject({maxColumns: 42, maxLines: 1});
	});

	test.each([
		['今日は会議です。', 'ja'],
		['我们今天开会。', 'cmn'],
		['오늘 회의가 있습니다.', 'ko'],
		['Kyoto (京都) is old.', undefined],
		['12:30', undefined],
	])('for %s are told by the script', (text, language) => {
		expect(languageByScript(text)).toBe(language);
	});
});
