import {describe, expect, test} from 'bun:test';
import {schemeOfEnvironment, schemeOfReply} from '../../src/tui/terminal/colour-scheme.ts';
import {lookOf} from '../../src/tui/theme/look.tsx';
import {type StyleName, styleOf} from '../../src/tui/theme/styles.ts';

const UTF8 = {TERM: 'xterm-256color', LANG: 'C.UTF-8'};
const look = (environment: Record<string, string>, settings = {}) =>
	lookOf({...UTF8, ...environment}, 'linux', settings);

describe('colours', () => {
	const NAMES: StyleName[] = [
		'plain',
		'strong',
		'muted',
		'accent',
		'ok',
		'warn',
		'error',
		'demo',
		'key',
		'unsure',
	];

	test('on white, none is used that cannot be read there', () => {
		const used = [...NAMES, ...[1, 2, 3, 4, 5].map((number) => `speaker:S${number}` as const)].map(
			(name) => styleOf(name, true, 'light').color,
		);
		expect(used).not.toContain('yellow');
		expect(used).not.toContain('cyan');
	});

	test('speakers differ in either scheme', () => {
		for (const scheme of ['light', 'dark', undefined] as const) {
			const colours = [1, 2, 3, 4, 5].map((number) => styleOf(`speaker:S${number}`, true, scheme).color);
			expect(new Set(colours).size).toBe(5);
		}
	});

	test('where the scheme is not known they are those for dark', () => {
		for (const name of NAMES) expect(styleOf(name, true)).toEqual(styleOf(name, true, 'dark'));
	});

	test('without colour only the colour goes', () => {
		expect(styleOf('demo', false, 'light')).toEqual({bold: true, inverse: true});
		expect(styleOf('speaker:S1', false, 'light')).toEqual({bold: true});
	});
});

describe('the scheme', () => {
	test.each([
		['0;15', 'light'],
		['15;default;0', 'dark'],
		['0;7', 'light'],
		['15;8', 'dark'],
		['0;default', undefined],
		['', undefined],
		['0;99', undefined],
	] as const)('COLORFGBG=%s: %s', (COLORFGBG, scheme) => {
		expect(schemeOfEnvironment({COLORFGBG})).toBe(scheme);
	});

	test.each([
		['11;rgb:1e1e/1e1e/2e2e', 'dark'],
		['11;rgb:fd/f6/e3', 'light'],
		['11;rgb:0000/0000/ffff', 'dark'],
		['11;rgba:ffff/ffff/ffff/8000', 'light'],
		['11;rgb:f/f/f', 'light'],
		['10;rgb:ffff/ffff/ffff', undefined],
		['11;red', undefined],
		['?997;1n', 'dark'],
		['?997;2n', 'light'],
		['?997;3n', undefined],
	] as const)('the answer %s: %s', (reply, scheme) => {
		expect(schemeOfReply(reply)).toBe(scheme);
	});

	test('what the user has set counts', () => {
		expect(look({COLORFGBG: '0;15'}).scheme).toBe('light');
		expect(look({COLORFGBG: '0;15'}, {theme: 'dark'}).scheme).toBe('dark');
		expect(look({}).scheme).toBeUndefined();
	});
});

describe('what moves', () => {
	test('stands still where the way is long, where nothing can move, and where the user wants that', () => {
		expect(look({}).animations).toBe(true);
		expect(look({SSH_CONNECTION: '1'}).animations).toBe(false);
		expect(look({SSH_CONNECTION: '1'}, {animations: true}).animations).toBe(true);
		expect(look({}, {animations: false}).animations).toBe(false);
		expect(look({TERM: 'dumb'}, {animations: true}).animations).toBe(false);
		expect(look({INK_SCREEN_READER: 'true'}, {animations: true}).animations).toBe(false);
	});
});

test('what is read aloud, and what can only be printed, is told in words', () => {
	expect(look({}).screenReader).toBe(false);
	expect(look({INK_SCREEN_READER: 'true'}).screenReader).toBe(true);
	expect(look({TERM: 'dumb', LANG: 'C'})).toMatchObject({screenReader: true, colour: false});
});
