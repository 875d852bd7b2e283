import {expect, test} from 'bun:test';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {TestTerminal} from '../helpers/terminal.ts';

const FIXTURE = resolve(import.meta.dir, '../helpers/handover-fixture.tsx');
const startFixture = (...args: string[]) =>
	TestTerminal.start([process.execPath, FIXTURE, ...args], {rows: 12});

async function quit(screen: TestTerminal): Promise<void> {
	screen.press('q');
	expect(await screen.exited).toBe(0);
	expect(screen.leftovers()).toEqual([]);
}

test('after a child program and a prompt, keys still arrive, twenty times of twenty', async () => {
	await using screen = startFixture();
	await screen.waitFor('INK 0 keys');
	for (let round = 0; round < 20; round++) {
		const keys = round * 3;
		const word = 'x'.repeat(round);
		screen.type('c');
		await screen.waitFor('CHILD?');
		screen.type(`${word}\r`);
		await screen.waitFor(`INK ${keys + 1} keys, last c; child ended with ${round}.`);
		screen.type('p');
		await screen.waitFor('PROMPT?');
		screen.type(`${word}!\r`);
		await screen.waitFor(`INK ${keys + 2} keys, last p; prompt said ${word}!.`);
		screen.type('k');
		await screen.waitFor(`INK ${keys + 3} keys, last k`);
	}
	await quit(screen);
}, 20_000);

test.each([
	['escape', 'back'],
	['ctrl+c', 'interrupted'],
	['ctrl+d', 'interrupted'],
])('%s leaves a prompt, and keys arrive afterwards', async (key, end) => {
	await using screen = startFixture();
	await screen.waitFor('INK 0 keys');
	screen.type('p');
	await screen.waitFor('PROMPT?');
	screen.press(key);
	await screen.waitFor(`prompt: ${end}.`);
	screen.type('k');
	await screen.waitFor('INK 2 keys, last k');
});

test('a child program is left alone by Ctrl-C, which ends it and not us', async () => {
	await using screen = startFixture();
	await screen.waitFor('INK 0 keys');
	screen.type('c');
	await screen.waitFor('CHILD?');
	screen.press('ctrl+c');
	await screen.waitFor('child ended with 1.');
	screen.type('k');
	await screen.waitFor('INK 2 keys, last k');
});

test('Ctrl-Z gives the terminal to the shell, also from under a parent; fg takes it back', async () => {
	await using screen = TestTerminal.start(['bash', '--norc', '--noprofile', '-i'], {
		rows: 12,
		env: {PS1: 'SHELL> ', HISTFILE: ''},
	});
	await screen.waitFor('SHELL>');
	// As with npx: the shell knows only the parent.
	screen.type(`sh -c '${process.execPath} ${FIXTURE}; true'\r`);
	await screen.waitFor('INK 0 keys');
	for (let round = 1; round <= 5; round++) {
		screen.type('z');
		await screen.waitFor('Stopped');
		screen.type('clear; echo the shell has "it"\r');
		await screen.waitFor('the shell has it');
		screen.type('fg\r');
		await screen.waitFor(`INK ${round * 2 - 1} keys, last z`);
		screen.type('k');
		await screen.waitFor(`INK ${round * 2} keys, last k`);
	}
	screen.type('q');
	await screen.waitFor(/SHELL>\s*$/);
	screen.type('exit\r');
	await screen.exited;
});

test('where no shell could continue the process, Ctrl-Z does nothing', async () => {
	await using screen = startFixture();
	await screen.waitFor('INK 0 keys');
	screen.type('z');
	await screen.waitFor('INK 1 keys, last z');
	screen.type('k');
	await screen.waitFor('INK 2 keys, last k');
});

test('the picker fits every screen, marks across folders, and gives the keys back', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'speechdeck-picker-'));
	try {
		mkdirSync(join(folder, 'deep', 'deeper'), {recursive: true});
		for (let number = 1; number <= 40; number++) writeFileSync(join(folder, `talk ${number}.wav`), 'x');
		writeFileSync(join(folder, 'notes.txt'), 'x');
		writeFileSync(join(folder, '.hidden.wav'), 'x');
		writeFileSync(join(folder, 'deep', 'deeper', 'far.mp3'), 'x'.repeat(999));
		await using screen = startFixture(folder);
		await screen.waitFor('INK 0 keys');

		screen.type('f');
		await screen.waitFor('1/41');
		expect(screen.line(0)).toEndWith('1/41');
		expect(screen.line(2)).toBe('> [ ] deep/');
		expect(screen.line(-2)).toStartWith('Enter open  Space mark');
		screen.type(' ');
		await screen.waitFor('Marked: 1 file, 999 B');
		screen.type('/K4');
		await screen.waitFor('Nothing here matches "K4"');
		screen.press('backspace');
		await screen.waitFor('1/40');
		screen.resize(60, 20);
		await screen.waitFor('Esc end search  Ctrl-A all');
		expect(screen.line(0)).toEndWith('/40');
		screen.press('escape');
		await screen.waitFor('2/41');
		screen.type('\r');
		await screen.waitFor('INK 1 keys, last f; picked 1.');

		screen.type('f');
		await screen.waitFor('1/41');
		screen.type('l');
		await screen.waitFor('> [ ] deeper/');
		screen.type('h');
		await screen.waitFor('> [ ] deep/');
		screen.press('escape');
		await screen.waitFor('INK 2 keys, last f; picked nothing.');
		screen.type('f');
		await screen.waitFor('1/41');
		screen.press('ctrl+c');
		await screen.waitFor('INK 3 keys, last f; picked nothing.');
		screen.type('k');
		await screen.waitFor('INK 4 keys, last k');
		await quit(screen);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
});
