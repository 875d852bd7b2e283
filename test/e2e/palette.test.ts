/** Commands found by a word, and what was told, in a real pseudo-terminal. */
import {afterAll, expect, test} from 'bun:test';
import {mkdirSync, writeFileSync} from 'node:fs';
import {openApp} from '../helpers/app-terminal.ts';
import {Program} from '../helpers/program.ts';
import type {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
mkdirSync(program.at('warned/speechdeck'), {recursive: true});
writeFileSync(program.at('warned/speechdeck/config.toml'), '[transcription]\nlanguag = "de"\n');

const open = (size = {columns: 80, rows: 24}, env: Readonly<Record<string, string>> = {}) =>
	openApp(program, {args: ['--demo'], ...size, env});

async function search(app: TestTerminal, words: string): Promise<void> {
	app.press(':');
	await app.waitFor('Enter do it');
	app.type(words);
	await app.waitFor(` : ${words}`);
}

test('a command is found by words of it, on every tab, and done there', async () => {
	await using app = await open();
	app.press('ctrl+p');
	await app.waitFor(/^ ❯ Batch +Pick recordings and folders +a$/m);
	app.press('ctrl+p');
	await app.waitFor('No recordings yet');

	await search(app, 'SAMPLE add');
	await app.waitFor(/^ ❯ Batch +Add the bundled sample +s$/m);
	app.press('enter');
	await app.waitFor('1 done');

	// From another tab it leads back to its own.
	app.press('2');
	await app.waitFor('Live captions');
	await search(app, 'marked');
	await app.waitFor(/^ ❯ Batch +Mark it/m);
	app.press('enter');
	await app.waitFor('1 marked');
});

test('what does nothing now says why, below what does something', async () => {
	await using app = await open();
	await search(app, 'again failed');
	await app.waitFor('Try all again that failed (not now: nothing has failed)');
	app.press('enter');
	await app.waitGone('Enter do it');
	await app.waitFor('Not now: nothing has failed');
	// It is told where one is, without a change of the tab.
	app.press('2');
	await app.waitFor('Live captions');
	await search(app, 'again failed');
	app.press('enter');
	await app.waitFor('Not now: nothing has failed');
	await app.waitGone('Enter do it');
	expect(app.line(-1)).toContain('Space start');
	app.press('1');
	await app.waitFor('No recordings yet');
	await search(app, 'no such thing');
	await app.waitFor('Nothing is called so');
	expect(app.screen()).not.toContain('do it');
	app.press('enter');
	await app.waitFor('Not now: nothing is called so');
	app.press('escape');
	await app.waitFor('No recordings yet');
});

test('up, down and the wheel go through what is found, and stop at its ends', async () => {
	await using app = await open({columns: 60, rows: 20});
	app.press(':');
	await app.waitFor('Enter do it');
	const chosen = () => /^ ❯ (.*)$/m.exec(app.screen())?.[1];
	const first = chosen();
	app.press('down');
	await app.waitFor(() => chosen() !== first);
	app.press('up', 'up');
	await app.waitFor(() => chosen() === first);
	for (let page = 0; page < 12; page++) app.press('pagedown');
	await app.waitFor(() => chosen() !== undefined && chosen() !== first);
	const last = chosen();
	app.press('down', 'up', 'down');
	await app.waitFor(() => chosen() === last);
	app.type('\x1b[<64;10;8M');
	await app.waitFor(() => chosen() !== last);
});

test('what was told is kept to be read again; a problem stays until it was seen', async () => {
	await using app = await open({columns: 80, rows: 24}, {XDG_CONFIG_HOME: program.at('warned')});
	const warning = 'there is no setting transcription.languag';
	await app.waitFor(warning);
	expect(app.line(-1)).toStartWith(' Esc seen');
	app.press('escape');
	await app.waitGone(warning);
	app.press('x');
	await app.waitFor('Not now: there is no recording yet');
	await search(app, 'messages');
	app.press('enter');
	await app.waitFor('the newest first');
	await app.waitFor(/\d\d:\d\d:\d\d {2}Not now: there is no recording yet\n.*languag/);
	app.press('escape');
	await app.waitFor('No recordings yet');
});

test('nothing told is said to be so', async () => {
	await using app = await open();
	await search(app, 'messages');
	app.press('enter');
	await app.waitFor('Nothing has been told yet');
	app.press('q');
	await app.waitFor('No recordings yet');
});

test('at 40x10 and in ASCII it has its place', async () => {
	await using app = await open({columns: 40, rows: 10}, {LANG: 'C'});
	await search(app, 'quit');
	await app.waitFor(/^ > Everywhere +Quit/m);
	expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
	app.press('enter');
	expect(await app.exited).toBe(0);
});
