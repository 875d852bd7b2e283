/** The table of recordings in a real pseudo-terminal: order, filter, marks, and what is asked before it is done. */
import {afterAll, afterEach, beforeEach, expect, test} from 'bun:test';
import {appendFileSync, copyFileSync, mkdirSync, readFileSync} from 'node:fs';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {accountAt, openApp} from '../helpers/app-terminal.ts';
import {Program, SAMPLE} from '../helpers/program.ts';

const program = new Program();
afterAll(() => program.remove());

let emulator: Emulator;
let made = 0;
afterEach(() => emulator.close());
beforeEach(async () => {
	emulator = await startEmulator();
});

/** A folder of recordings of its own, so that no job is known from another test. */
function recordings(...names: string[]): string {
	const folder = `talks-${++made}`;
	mkdirSync(program.at(folder));
	for (const name of names) {
		const path = program.at(folder, name);
		copyFileSync(SAMPLE, path);
		appendFileSync(path, `${path} `.repeat(names.indexOf(name) + 1));
	}
	return folder;
}

const open = (size = {columns: 80, rows: 24}, env: Readonly<Record<string, string>> = {}) =>
	openApp(program, {...size, env: {...accountAt(emulator), ...env}});

/** The names in the table, from above, as far as they are there. */
const names = (screen: string) => [...screen.matchAll(/^..[^\s] (\S+\.wav) /gm)].map(([, name]) => name);
const inOrder =
	(...wanted: string[]) =>
	(screen: string) =>
		Bun.deepEquals(names(screen), wanted);

test('S goes through the orders, O turns them round, and the cursor stays on its recording', async () => {
	await using app = await open();
	app.paste(recordings('b10.wav', 'a.wav', 'b9.wav'));
	await app.waitFor('3 done');
	app.press('g');
	await app.waitFor(/^❯.. a\.wav/m);
	app.press('S');
	await app.waitFor('Name ↑');
	await app.waitFor(inOrder('a.wav', 'b9.wav', 'b10.wav'));
	app.press('O');
	await app.waitFor('Name ↓');
	await app.waitFor(inOrder('b10.wav', 'b9.wav', 'a.wav'));
	expect(app.screen()).toMatch(/^❯.. a\.wav/m);
	app.press('S');
	await app.waitFor('State ↓');
	app.press('S');
	await app.waitFor('Size ↓');
	// Each is a little longer than the one before.
	await app.waitFor(inOrder('b9.wav', 'a.wav', 'b10.wav'));
}, 30_000);

test('a filter shows what has its words, says where nothing has, and Esc shows all', async () => {
	await using app = await open();
	app.paste(recordings('interview.wav', 'talk9.wav', 'talk10.wav'));
	await app.waitFor('3 done');
	app.press('/');
	await app.waitFor('Enter keep  Esc show all');
	// What is typed is text, though q would quit and D delete.
	app.type('talk q');
	await app.waitFor('No name and no state has that');
	expect(app.screen()).toContain('0 of 3');
	app.press('backspace', 'backspace', 'enter');
	await app.waitFor(inOrder('talk10.wav', 'talk9.wav'));
	expect(app.screen()).toMatch(/ \/talk +│ 3 done/);
	expect(app.line(-1)).toStartWith(' Esc show all');
	app.press('/');
	await app.waitFor('Enter keep');
	app.type(' !9');
	await app.waitFor(inOrder('talk10.wav'));
	app.press('escape');
	await app.waitFor(inOrder('interview.wav', 'talk10.wav', 'talk9.wav'));
	app.press('/');
	app.type('nothing');
	app.press('enter');
	await app.waitFor('0 of 3');
	app.press('e');
	await app.waitFor('Not now: nothing is shown');
	app.press('escape');
	await app.waitFor('Name');
}, 30_000);

test('what is marked is deleted at the service, once it is said to be', async () => {
	await using app = await open();
	app.paste(recordings('one.wav', 'two.wav', 'three.wav'));
	await app.waitFor('3 done');
	app.press('g', 'space', 'space');
	await app.waitFor(/ 2 marked +│ 3 done/);
	expect(app.screen().match(/^.▪/gm)).toHaveLength(2);
	expect(app.line(-1)).toStartWith(' Esc unmark');
	app.press('D');
	await app.waitFor('Delete what the service keeps of 2 recordings');
	app.press('n');
	await app.waitFor('2 marked');
	app.press('D');
	await app.waitFor('Audio and transcript are gone there for good.');
	app.press('y');
	await app.waitFor('Deleted at the service: 2 jobs');
	await app.waitFor('2 marked');
	app.press('escape');
	await app.waitGone('marked');
	app.press('A');
	await app.waitFor('3 marked');
	app.press('A');
	await app.waitGone('marked');
}, 30_000);

test('several that are under way are cancelled after a question, one at once', async () => {
	await emulator.close();
	emulator = await startEmulator({processingTime: () => 60_000});
	await using app = await open();
	app.paste(recordings('one.wav', 'two.wav', 'three.wav'));
	await app.waitFor('3 running');
	app.press('D');
	await app.waitFor('Not now: it has no job, or is under way');
	app.press('A', 'x');
	await app.waitFor('Cancel 3 recordings');
	await app.waitFor('y cancel them  n go on');
	app.press('escape');
	await app.waitFor('3 running');
	app.press('escape');
	await app.waitGone('marked');
	app.press('g', 'x');
	await app.waitFor('1 cancelled, 2 running');
	app.press('A', 'x');
	await app.waitFor('Cancel 2 recordings');
	app.press('y');
	await app.waitFor('3 cancelled');
	app.press('q');
	expect(await app.exited).toBe(0);
}, 30_000);

test('options are changed for the next jobs, shown as they are sent, and sent', async () => {
	await using app = await open({columns: 80, rows: 24});
	app.press('c');
	await app.waitFor('Options of the next jobs');
	await app.waitFor(/language +en +default/);
	expect(app.line(-1)).not.toContain('take away');
	app.press('enter');
	await app.waitFor('Enter take it');
	app.press('backspace', 'backspace');
	app.type('de');
	app.press('enter');
	await app.waitFor(/language +de +this run/);
	expect(app.line(-1)).toContain('x take away');
	app.press('j', 'j', 'left');
	await app.waitFor(/diarization +none +this run/);
	app.press('right', 'right');
	await app.waitFor(/diarization +channel +this run/);
	app.press('x');
	await app.waitFor(/diarization +speaker +default/);
	app.press('v');
	await app.waitFor('speechdeck batch --language de FILE…');
	await app.waitFor('"language": "de"');
	app.press('v');
	await app.waitFor(/diarization +speaker/);
	app.press('}', 'enter');
	app.type('json');
	app.press('enter');
	await app.waitFor(/format +json +this run/);
	app.press('escape');
	await app.waitFor('No recordings yet');
	const folder = recordings('one.wav');
	app.paste(folder);
	await app.waitFor(/done: one\.json/);
	const {metadata} = JSON.parse(readFileSync(program.at(folder, 'one.json'), 'utf8'));
	expect(metadata.transcription_config).toMatchObject({language: 'de'});
}, 30_000);

test('a value that cannot be says why, and stays to be mended or left', async () => {
	await using app = await open({columns: 60, rows: 20});
	app.press('c');
	await app.waitFor('Options of the next jobs');
	app.press('j', 'j', 'j', 'enter');
	app.type('none.txt');
	app.press('enter');
	await app.waitFor(/cannot be read: there is no such\s+file/);
	await app.waitFor('Enter take it  Esc as before');
	app.press('escape');
	await app.waitFor(/dictionary +·/);
	app.press('escape');
	await app.waitFor('No recordings yet');
});

test('at 40x10 and in ASCII all of it has its place', async () => {
	await using app = await open({columns: 40, rows: 10}, {LANG: 'C'});
	const isPlain = () => expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
	app.paste(recordings('one.wav', 'two.wav'));
	await app.waitFor('2 done');
	app.press('A', 'S');
	await app.waitFor('2 marked');
	isPlain();
	app.press('D');
	await app.waitFor(/y yes +n no/);
	isPlain();
	app.press('n');
	await app.waitFor('2 marked');
	app.press('c');
	await app.waitFor('Options of the next jobs');
	isPlain();
	app.press('v');
	await app.waitFor('As a command');
	isPlain();
	app.press('escape');
	await app.waitFor('2 marked');
}, 30_000);
