import {afterEach, beforeEach, expect, test} from 'bun:test';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openInEditor, openInPager, runInTerminal} from '../../src/tui/terminal/handover.ts';

const {PAGER, VISUAL, EDITOR, LESS} = process.env;
let folder = '';
/** A program that notes how it was called. */
let program = '';

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'speechdeck-programs-'));
	program = join(folder, 'program');
	writeFileSync(program, `#!/bin/sh\necho "$# $* $LESS" > '${join(folder, 'called')}'\n`, {mode: 0o755});
});

afterEach(() => {
	rmSync(folder, {recursive: true});
	for (const [name, value] of Object.entries({PAGER, VISUAL, EDITOR, LESS})) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
});

const called = () => readFileSync(join(folder, 'called'), 'utf8').trim();

test('a program gives its exit code, and 1 where a signal ended it', async () => {
	expect(await runInTerminal('sh', ['-c', 'exit 3'])).toBe(3);
	expect(await runInTerminal('sh', ['-c', 'kill -TERM $$'])).toBe(1);
});

test('one that does not exist is told in one sentence', async () => {
	const told = 'no-such-program could not be started: there is no such program.';
	expect(runInTerminal('no-such-program', [])).rejects.toThrow(told);
	process.env.PAGER = 'no-such-program -x';
	expect(openInPager('/a')).rejects.toThrow(told);
});

test('VISUAL goes before EDITOR, may hold arguments, and gets the path as one argument', async () => {
	process.env.EDITOR = 'false';
	process.env.VISUAL = `${program} --wait`;
	delete process.env.LESS;
	await openInEditor('/a file.txt');
	expect(called()).toBe('2 --wait /a file.txt');
	process.env.VISUAL = ' ';
	process.env.EDITOR = program;
	await openInEditor('/b');
	expect(called()).toBe('1 /b');
});

test('less waits for a key, whatever LESS says', async () => {
	process.env.PAGER = program;
	process.env.LESS = 'FRX';
	await openInPager('/a');
	expect(called()).toBe('1 /a FRX -+F');
});
