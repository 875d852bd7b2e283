import {expect, test} from 'bun:test';
import {fileName} from '../../src/platform/file-name.ts';

test.each([
	['a talk', 'a talk'],
	['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
	['\u202Egpj.exe', '_gpj.exe'],
	['dots...', 'dots___'],
	['.', '_'],
	['..', '__'],
	['', '_'],
	['CON', '_CON'],
	['nul.txt', '_nul.txt'],
	['COM¹.wav', '_COM¹.wav'],
	['console', 'console'],
	['Sitzung – Prüfung', 'Sitzung – Prüfung'],
])('%p is %p on every system', (text, name) => {
	expect(fileName(text)).toBe(name);
});

test('a long name is cut between characters, keeps its ending, and stays another than one cut alike', () => {
	const family = '👨‍👩‍👧‍👦';
	const name = fileName(family.repeat(50), '.en.srt');
	expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
	expect(name).toMatch(/~[0-9a-f]{8}\.en\.srt$/);
	expect(name.replace(/~.*/, '').replaceAll(family, '')).toBe('');
	expect(fileName(`${'x'.repeat(400)}a`)).not.toBe(fileName(`${'x'.repeat(400)}b`));
});
