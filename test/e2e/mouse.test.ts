/** What a click and the wheel do, in a real pseudo-terminal. */
import {afterAll, expect, test} from 'bun:test';
import {appendFileSync, copyFileSync, mkdirSync} from 'node:fs';
import {openApp} from '../helpers/app-terminal.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import type {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
mkdirSync(program.at('talks'));
for (let index = 10; index < 22; index++) {
	copyFileSync(SAMPLE, program.at(`talks/${index}.wav`));
	appendFileSync(program.at(`talks/${index}.wav`), 'x'.repeat(index));
}

const open = (args: readonly string[] = []) =>
	openApp(program, {args: ['--demo', ...args], rows: 16, env: {XDG_CONFIG_HOME: program.at('config')}});

async function openFilled() {
	const app = await open();
	app.paste('talks');
	await app.waitFor('12 done', {timeout: 30_000});
	return app;
}

/** Clicks on the first place where this stands. */
function click(app: TestTerminal, text: string): void {
	const rows = app.screen().split('\n');
	const row = rows.findIndex((line) => line.includes(text));
	if (row === -1) throw new Error(`"${text}" is not on the screen:\n${app.screen()}`);
	const column = rows[row]!.indexOf(text);
	app.type(`\x1b[<0;${column + 1};${row + 1}M\x1b[<0;${column + 1};${row + 1}m`);
}

const wheel = (app: TestTerminal, to: 'up' | 'down') => app.type(`\x1b[<${to === 'up' ? 64 : 65};10;8M`);

test('a click chooses a row, another one opens it', async () => {
	await using app = await openFilled();
	click(app, '12.wav');
	await app.waitFor(/^❯.. 12\.wav/m);
	click(app, '12.wav');
	await app.waitFor('Good morning, everyone.');
}, 30_000);

test('a click on a heading sorts by it, another one turns that round', async () => {
	await using app = await openFilled();
	click(app, 'Name');
	await app.waitFor('Name ↑');
	click(app, 'Name');
	await app.waitFor('Name ↓');
	await app.waitFor(/20\.wav .*\n.* 19\.wav/);
	click(app, 'Size');
	await app.waitFor('Size ↑');
	await app.waitFor(/10\.wav .*\n.* 11\.wav/);
	click(app, 'State');
	await app.waitFor('State ↑');
	click(app, 'Elapsed');
	await app.waitFor('Took ↑');
}, 30_000);

test('the wheel goes through the rows, three at a time', async () => {
	await using app = await openFilled();
	expect(app.screen()).toMatch(/^❯.. 10\.wav/m);
	wheel(app, 'down');
	await app.waitFor(/^❯.. 13\.wav/m);
	for (let turn = 0; turn < 5; turn++) wheel(app, 'down');
	await app.waitFor(/^❯.. 21\.wav/m);
	wheel(app, 'up');
	await app.waitFor(/^❯.. 18\.wav/m);
}, 30_000);

test('a click on a tab shows it, one on a hint does what it says', async () => {
	await using app = await open();
	click(app, 'Realtime');
	await app.waitFor('Live captions');
	click(app, 'Batch');
	await app.waitFor('No recordings yet');
	click(app, '? help');
	await app.waitFor('Pick recordings and folders');
	click(app, 'Esc close');
	await app.waitFor('No recordings yet');
	click(app, 's sample');
	await app.waitFor('1 done');
	click(app, 'c options');
	await app.waitFor('Options of the next jobs');
	click(app, 'Esc done');
	await app.waitFor('1 done');
	app.press('q');
	expect(await app.exited).toBe(0);
	expect(app.leftovers()).toEqual([]);
}, 20_000);

test('in the settings a click chooses an option, another one changes it, and one elsewhere leaves it', async () => {
	await using app = await open();
	click(app, 'Settings');
	await app.waitFor('Account');
	click(app, 'batch url');
	await app.waitFor(/^ ❯ batch url/m);
	click(app, 'batch url');
	await app.waitFor('Enter take it');
	app.type('x');
	click(app, 'ca file');
	await app.waitFor(/^ ❯ ca file/m);
	await app.waitGone('Enter take it');
	expect(app.screen()).toMatch(/batch url +https:\S+ +default/);
}, 20_000);

test('a click while a filter is typed chooses among what is shown', async () => {
	await using app = await openFilled();
	app.press('/');
	await app.waitFor('Enter keep');
	app.type('2');
	await app.waitFor('3 of 12');
	click(app, '20.wav');
	await app.waitFor(/^❯.. 20\.wav/m);
}, 30_000);

test('without the mouse none of it is taken from the terminal', async () => {
	await using app = await open(['--no-mouse']);
	expect(app.modes.mouseTrackingMode).toBe('none');
});
