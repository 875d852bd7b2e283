import {describe, expect, test} from 'bun:test';
import {widthOf} from '../../src/platform/width.ts';
import {
	type Entry,
	folderCounted,
	folderRead,
	keyPressed,
	openedPicker,
	type PickerState,
	shownEntries,
} from '../../src/tui/prompts/picker-state.ts';
import {pickerLines} from '../../src/tui/prompts/picker-view.ts';

const PAGE = 3;
const folder = (name: string): Entry => ({name, isFolder: true, isAudio: false, size: 4096});
const audio = (name: string, size = 1000): Entry => ({name, isFolder: false, isAudio: true, size});
const other = (name: string): Entry => ({name, isFolder: false, isAudio: false, size: 10});
const ENTRIES = [
	folder('deep'),
	folder('more'),
	audio('Alpha.wav'),
	audio('be\u0301ta.mp3', 2000),
	audio('gamma.flac'),
	other('notes.txt'),
];

const SEQUENCES: Readonly<Record<string, string>> = {space: ' ', return: '\r', escape: '\u001B'};
const NAMED = /^(up|down|left|right|home|end|pageup|pagedown|return|space|escape|backspace)$/;

/** Presses keys, separated by blanks: by name, or as characters. */
function press(state: PickerState, keys: string): PickerState {
	return keys.split(' ').reduce((before, key) => {
		if (key === 'ctrl-a') return keyPressed(before, {name: 'a', ctrl: true, sequence: '\u0001'}, PAGE);
		const name = NAMED.test(key) || /^[a-z]$/.test(key) ? key : undefined;
		return keyPressed(before, {name, ctrl: false, sequence: SEQUENCES[key] ?? key}, PAGE);
	}, state);
}

const opened = folderRead(openedPicker('/home/me'), '/home/me', {entries: ENTRIES});
const current = (state: PickerState) => shownEntries(state)[state.cursor]?.name;
const marks = (state: PickerState) => [...state.marked.keys()];

test('folders and audio are shown; a dot shows the other files too', () => {
	expect(shownEntries(opened).map(({name}) => name)).toEqual(ENTRIES.slice(0, 5).map(({name}) => name));
	const all = press(opened, 'j .');
	expect(shownEntries(all)).toHaveLength(6);
	expect(current(all)).toBe('more');
	expect(shownEntries(press(all, '.'))).toHaveLength(5);
});

test('the cursor stays inside the list', () => {
	expect(press(opened, 'up').cursor).toBe(0);
	expect(press(opened, 'k pageup home').cursor).toBe(0);
	expect(press(opened, 'pagedown').cursor).toBe(PAGE);
	expect(press(opened, 'pagedown pagedown down').cursor).toBe(4);
	expect(press(opened, 'G').cursor).toBe(4);
	expect(press(opened, 'end g').cursor).toBe(0);
});

describe('folders', () => {
	test.each(['return', 'right', 'l'])('%s opens the one at the cursor', (key) => {
		const state = press(opened, `down ${key}`);
		expect(state.folder).toBe('/home/me/more');
		expect(state.entries).toBeUndefined();
	});

	test.each(['left', 'h', 'backspace'])('%s goes up, with the cursor on where one was', (key) => {
		const state = press(press(opened, 'down l'), key);
		expect(state.folder).toBe('/home/me');
		expect(current(folderRead(state, '/home/me', {entries: ENTRIES}))).toBe('more');
	});

	test('there is nothing above the root', () => {
		const root = folderRead(openedPicker('/'), '/', {entries: []});
		expect(press(root, 'left')).toEqual(root);
	});

	test('what is read too late for its folder is ignored', () => {
		const state = press(opened, 'l');
		expect(folderRead(state, '/home/me', {entries: ENTRIES})).toBe(state);
	});

	test('one that cannot be read says so in place', () => {
		const state = folderRead(press(opened, 'l'), '/home/me/deep', {problem: 'This folder cannot be read'});
		expect(shownEntries(state)).toEqual([]);
		expect(pickerLines(state, {columns: 60, rows: 20})).toContain('  This folder cannot be read');
		expect(press(state, 'left').folder).toBe('/home/me');
	});
});

describe('search', () => {
	test('finds parts of names without regard to case or to how accents are stored', () => {
		expect(current(press(opened, '/ L P H'))).toBe('Alpha.wav');
		expect(shownEntries(press(opened, '/ b é'))).toHaveLength(1);
		expect(shownEntries(press(opened, '/ x'))).toEqual([]);
	});

	test('takes letters that are commands elsewhere; Ctrl-A and Space still mark', () => {
		const state = press(opened, '/ a');
		expect(state.filter).toBe('a');
		expect(marks(press(state, 'ctrl-a'))).toEqual([
			'/home/me/Alpha.wav',
			'/home/me/be\u0301ta.mp3',
			'/home/me/gamma.flac',
		]);
		expect(marks(press(state, 'space'))).toEqual(['/home/me/Alpha.wav']);
	});

	test('Backspace edits, then ends it; Esc clears it, and a second one leaves', () => {
		const state = press(opened, '/ g a');
		expect(press(state, 'backspace').filter).toBe('g');
		expect(press(state, 'backspace backspace').filter).toBe('');
		expect(press(state, 'backspace backspace backspace').filter).toBeUndefined();
		const cleared = press(state, 'escape');
		expect(cleared.filter).toBeUndefined();
		expect(cleared.result).toBeUndefined();
		expect(current(cleared)).toBe('gamma.flac');
		expect(press(cleared, 'escape').result).toBe('cancelled');
	});

	test('ends in the folder that it has found', () => {
		expect(press(opened, '/ m o return')).toMatchObject({folder: '/home/me/more', filter: undefined});
	});
});

describe('taking', () => {
	test('Enter takes the file at the cursor where nothing is marked', () => {
		expect(press(opened, 'j j return').result).toEqual(['/home/me/Alpha.wav']);
	});

	test('Enter takes what is marked, wherever the cursor and the marks are', () => {
		const inside = press(opened, 'j j space home l');
		const state = folderRead(inside, '/home/me/deep', {entries: [audio('x.wav'), folder('y')]});
		expect(press(state, 'space j return').result).toEqual(['/home/me/Alpha.wav', '/home/me/deep/x.wav']);
	});

	test('`a` marks all files shown, and takes the marks back where they all have one', () => {
		const all = press(opened, 'a');
		expect(marks(all)).toHaveLength(3);
		expect(marks(press(all, 'a'))).toEqual([]);
		expect(marks(press(opened, 'end space a'))).toHaveLength(3);
	});

	test('an empty list gives nothing', () => {
		const empty = folderRead(openedPicker('/e'), '/e', {entries: []});
		expect(press(empty, 'return space a down').result).toBeUndefined();
	});
});

describe('lines', () => {
	test('a marked folder counts once it is counted, and what lies in it only once', () => {
		const line = (state: PickerState) => pickerLines(state, {columns: 60, rows: 20}).at(-2);
		const marked = press(opened, 'space j j space');
		expect(line(opened)).toBe('Nothing marked');
		expect(line(marked)).toBe('Marked: 1 file, 1.0 kB, counting');
		const counted = folderCounted(marked, '/home/me/deep', {files: 3, bytes: 5000});
		expect(line(counted)).toBe('Marked: 4 files, 6.0 kB');
		const inside = folderRead(press(counted, 'home l'), '/home/me/deep', {entries: [audio('x.wav')]});
		expect(line(press(inside, 'space'))).toBe('Marked: 4 files, 6.0 kB');
	});

	test('an empty folder, and one without audio, say so', () => {
		const lines = (entries: Entry[]) =>
			pickerLines(folderRead(openedPicker('/e'), '/e', {entries}), {columns: 60, rows: 20});
		expect(lines([])).toContain('  This folder is empty');
		expect(lines([other('notes.txt')])).toContain('  No audio here: press . to see all files');
	});

	test('no screen is too small, and no name too long, wide or wicked', () => {
		const names = [
			'x'.repeat(300),
			'会議の録音'.repeat(20),
			'👩‍👩‍👧‍👦 family.wav',
			'a\u001B[31mb\nc\u202E.wav',
		];
		const path = `/${'deep/'.repeat(30)}録音`;
		const state = press(
			folderRead(openedPicker(path), path, {
				entries: names.flatMap((name) => [folder(name), audio(name, 1e9)]),
			}),
			'space j space',
		);
		for (const columns of [1, 5, 12, 20, 40, 60, 80, 200]) {
			for (const rows of [1, 5, 6, 12, 20]) {
				for (const shown of [state, press(state, '/ a'), press(state, '/ ä ö')]) {
					const lines = pickerLines(shown, {columns, rows});
					expect(lines.length).toBeLessThanOrEqual(Math.max(5, rows - 1));
					expect(lines.map(widthOf).filter((width) => width >= Math.max(2, columns))).toEqual([]);
					// biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
					expect(lines.join('')).not.toMatch(/[\u0000-\u001F]/);
				}
			}
		}
	});
});
