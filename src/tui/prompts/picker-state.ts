/** The file picker without a terminal: what it knows, and what each key makes of it. */
import {basename, dirname, join} from 'node:path';
import {charactersOf} from '../../platform/width.ts';

export interface Entry {
	readonly name: string;
	readonly isFolder: boolean;
	/** By its name's ending. */
	readonly isAudio: boolean;
	/** Bytes. */
	readonly size: number;
}

/** What a mark stands for: one file, or the audio below a folder. */
export interface Amount {
	readonly files: number;
	readonly bytes: number;
}

export interface PickerState {
	/** Absolute. */
	readonly folder: string;
	/** Folders first, then files, each by name; undefined while the folder is read. */
	readonly entries: readonly Entry[] | undefined;
	/** Why the folder cannot be read. */
	readonly problem: string | undefined;
	/** Where the cursor goes once the folder is read: the folder one comes from. */
	readonly cameFrom: string | undefined;
	readonly showsAllFiles: boolean;
	/** Undefined while nothing is being searched for. */
	readonly filter: string | undefined;
	/** Index in what is shown. */
	readonly cursor: number;
	/** By path; a folder's amount is undefined while it is counted. */
	readonly marked: ReadonlyMap<string, Amount | undefined>;
	readonly result: readonly string[] | 'cancelled' | undefined;
}

/** A key press as Node's readline tells it. */
export interface PickerKey {
	readonly name?: string | undefined;
	readonly ctrl?: boolean | undefined;
	/** What was sent for it: the character itself where it is one. */
	readonly sequence?: string | undefined;
}

export function openedPicker(folder: string): PickerState {
	return {
		folder,
		entries: undefined,
		problem: undefined,
		cameFrom: undefined,
		showsAllFiles: false,
		filter: undefined,
		cursor: 0,
		marked: new Map(),
		result: undefined,
	};
}

/** The entries of the folder that are to be seen. */
export function shownEntries({entries, showsAllFiles, filter}: PickerState): readonly Entry[] {
	const wanted = comparable(filter ?? '');
	return (entries ?? []).filter(
		({name, isFolder, isAudio}) =>
			(isFolder || isAudio || showsAllFiles) && (wanted === '' || comparable(name).includes(wanted)),
	);
}

/** The folder was read, or could not be. What is told of a folder already left is of no interest. */
export function folderRead(
	state: PickerState,
	folder: string,
	outcome: {readonly entries: readonly Entry[]} | {readonly problem: string},
): PickerState {
	if (folder !== state.folder) return state;
	const {cameFrom} = state;
	return cursorOn({...state, entries: [], ...outcome, cameFrom: undefined}, cameFrom);
}

/** What lies below a marked folder was counted. */
export function folderCounted(state: PickerState, path: string, amount: Amount): PickerState {
	return state.marked.has(path) ? {...state, marked: new Map(state.marked).set(path, amount)} : state;
}

/** @param page how many entries fit on the screen */
export function keyPressed(state: PickerState, key: PickerKey, page: number): PickerState {
	switch (key.name) {
		case 'up':
			return moved(state, -1);
		case 'down':
			return moved(state, 1);
		case 'pageup':
			return moved(state, -page);
		case 'pagedown':
			return moved(state, page);
		case 'home':
			return moved(state, Number.NEGATIVE_INFINITY);
		case 'end':
			return moved(state, Number.POSITIVE_INFINITY);
		case 'left':
			return parentOpened(state);
		case 'right':
			return folderOpened(state);
		case 'return':
		case 'enter':
			return accepted(state);
		case 'space':
			return markToggled(state);
		case 'escape':
			return state.filter === undefined ? {...state, result: 'cancelled'} : filtered(state, undefined);
		case 'backspace':
			if (state.filter === undefined) return parentOpened(state);
			return filtered(state, state.filter === '' ? undefined : withoutLast(state.filter));
	}
	if (key.ctrl) return key.name === 'a' ? allToggled(state) : state;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal sends for other keys begins with one.
	if (key.sequence === undefined || /^[\u0000-\u001F\u007F]/.test(key.sequence)) return state;
	return state.filter === undefined
		? commanded(state, key.sequence)
		: filtered(state, state.filter + key.sequence);
}

function commanded(state: PickerState, character: string): PickerState {
	switch (character) {
		case '/':
			return filtered(state, '');
		case 'a':
			return allToggled(state);
		case '.':
			return cursorOn({...state, showsAllFiles: !state.showsAllFiles}, current(state)?.name);
		case 'h':
			return parentOpened(state);
		case 'j':
			return moved(state, 1);
		case 'k':
			return moved(state, -1);
		case 'l':
			return folderOpened(state);
		case 'g':
			return moved(state, Number.NEGATIVE_INFINITY);
		case 'G':
			return moved(state, Number.POSITIVE_INFINITY);
		default:
			return state;
	}
}

function moved(state: PickerState, by: number): PickerState {
	const last = shownEntries(state).length - 1;
	return {...state, cursor: Math.max(0, Math.min(last, state.cursor + by))};
}

function filtered(state: PickerState, filter: string | undefined): PickerState {
	return cursorOn({...state, filter}, filter === undefined ? current(state)?.name : undefined);
}

function parentOpened(state: PickerState): PickerState {
	const parent = dirname(state.folder);
	return parent === state.folder ? state : opened(state, parent, basename(state.folder));
}

function folderOpened(state: PickerState): PickerState {
	const entry = current(state);
	return entry?.isFolder ? opened(state, join(state.folder, entry.name)) : state;
}

function opened(state: PickerState, folder: string, cameFrom?: string): PickerState {
	const {showsAllFiles, marked} = state;
	return {...openedPicker(folder), cameFrom, showsAllFiles, marked};
}

function accepted(state: PickerState): PickerState {
	if (state.marked.size > 0) return {...state, result: [...state.marked.keys()]};
	const entry = current(state);
	if (entry === undefined) return state;
	return entry.isFolder ? folderOpened(state) : {...state, result: [join(state.folder, entry.name)]};
}

function markToggled(state: PickerState): PickerState {
	const entry = current(state);
	if (entry === undefined) return state;
	const marked = new Map(state.marked);
	const path = join(state.folder, entry.name);
	if (!marked.delete(path)) marked.set(path, entry.isFolder ? undefined : {files: 1, bytes: entry.size});
	return {...state, marked};
}

/** All files that are shown; where they are marked already, none of them. */
function allToggled(state: PickerState): PickerState {
	const files = shownEntries(state).filter(({isFolder}) => !isFolder);
	const paths = files.map(({name}) => join(state.folder, name));
	const marked = new Map(state.marked);
	if (paths.every((path) => marked.has(path))) for (const path of paths) marked.delete(path);
	else for (const [index, path] of paths.entries()) marked.set(path, {files: 1, bytes: files[index]!.size});
	return {...state, marked};
}

function current(state: PickerState): Entry | undefined {
	return shownEntries(state)[state.cursor];
}

function cursorOn(state: PickerState, name: string | undefined): PickerState {
	const index = shownEntries(state).findIndex((entry) => entry.name === name);
	return {...state, cursor: Math.max(0, index)};
}

/** macOS stores accents apart from their letters, but a keyboard sends them as one. */
const comparable = (text: string) => text.normalize('NFC').toLowerCase();

const withoutLast = (text: string) => charactersOf(text).slice(0, -1).join('');
