/** What the app does to its terminal, and how it is where a terminal can do little. */
import {afterAll, describe, expect, test} from 'bun:test';
import {chmodSync, writeFileSync} from 'node:fs';
import {Program} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
const pager = program.at('pager');
writeFileSync(pager, '#!/bin/sh\necho THE PAGER\nread -r answer\n');
chmodSync(pager, 0o755);

const open = (env: Readonly<Record<string, string>> = {}, args: readonly string[] = [], rows = 24) =>
	TestTerminal.start([program.path, '--demo', ...args], {
		rows,
		cwd: program.folder,
		env: {...program.environment, LANG: 'C.UTF-8', ...env},
	});

/** The modes that the app switches on. */
const modesOf = ({modes}: TestTerminal) => ({mouse: modes.mouseTrackingMode, focus: modes.sendFocusMode});
const OURS = {mouse: 'vt200', focus: true} as const;
const NONE = {mouse: 'none', focus: false} as const;

describe('the terminal', () => {
	test('is that of the pager while one is open, and the app’s afterwards', async () => {
		await using app = open({PAGER: pager});
		await app.waitFor(() => modesOf(app).focus);
		expect(modesOf(app)).toEqual(OURS);
		app.type('s');
		await app.waitFor(/✓ sample\.wav .*done/);
		app.type('o');
		await app.waitFor('THE PAGER');
		expect(modesOf(app)).toEqual(NONE);
		app.press('enter');
		await app.waitFor(/✓ sample\.wav .*done/);
		await app.waitFor(() => modesOf(app).focus);
		expect(modesOf(app)).toEqual(OURS);
		app.type('q');
		expect(await app.exited).toBe(0);
		expect(app.leftovers()).toEqual([]);
	}, 30_000);

	test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
		'is given back on %s',
		async (signal) => {
			await using app = open();
			await app.waitFor(() => modesOf(app).focus);
			app.kill(signal);
			await app.exited;
			expect(app.leftovers()).toEqual([]);
		},
		30_000,
	);

	test('its reports are no keys', async () => {
		await using app = open();
		await app.waitFor(() => modesOf(app).focus);
		const before = app.screen();
		app.type('\u001B[O\u001B[I\u001B[?997;2n\u001B]11;rgb:ffff/ffff/ffff\u0007');
		app.type('?');
		await app.waitFor('Esc');
		app.press('escape');
		await app.waitFor((screen) => screen === before);
	}, 30_000);

	test('keeps its mouse where the user wants that', async () => {
		await using app = open({}, ['--no-mouse']);
		await app.waitFor(() => modesOf(app).focus);
		expect(modesOf(app).mouse).toBe('none');
	}, 30_000);
});

describe('in words', () => {
	const WORDS =
		/1 Batch \(selected\)[^─]*\nsimulated, nothing is sent\nName, .*\nSelected: sample\.wav, .*, done/;

	test('for a screen reader: lines that can be read aloud, in the terminal’s own history', async () => {
		await using app = open({INK_SCREEN_READER: 'true'});
		await app.waitFor('No recordings yet');
		expect(app.isAlternateScreen).toBe(false);
		app.type('s');
		const screen = await app.waitFor(WORDS);
		expect(screen).not.toMatch(/[─│❯✓━●]/);
		app.type('q');
		expect(await app.exited).toBe(0);
		expect(app.leftovers()).toEqual([]);
	}, 30_000);

	test('for a terminal that can only print: paragraphs, and nothing switched on', async () => {
		await using app = open({TERM: 'dumb'}, [], 60);
		await app.waitFor('No recordings yet');
		app.type('s');
		const screen = await app.waitFor(WORDS);
		// Nothing is written over: what was there before is still there.
		expect(screen).toContain('No recordings yet');
		expect(app.leftovers().filter((what) => !what.startsWith('other '))).toEqual([]);
		app.type('q');
		expect(await app.exited).toBe(0);
	}, 30_000);
});
