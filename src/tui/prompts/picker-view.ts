/** The file picker as lines of text. Attributes only, no colours; a mark is a sign of its own. */
import {join, sep} from 'node:path';
import {styleText} from 'node:util';
import {printable} from '../../platform/printable.ts';
import {fileSize} from '../../platform/units.ts';
import {clip, fit, widthOf} from '../../platform/width.ts';
import {type Entry, type PickerState, shownEntries} from './picker-state.ts';

export interface ScreenSize {
	readonly columns: number;
	readonly rows: number;
}

/** Folder, search, marks and keys. */
const LINES_AROUND = 4;
const SIZE_COLUMNS = 7;
/** Cursor and mark. */
const SIGN_COLUMNS = 6;

/** How many entries fit on the screen. The last row stays free, or some terminals scroll. */
export function pageSize({rows}: ScreenSize): number {
	return Math.max(1, rows - LINES_AROUND - 1);
}

/**
 * The lines to draw, each of them narrower than the screen.
 *
 * @param mark stands at the end of the first line, such as `DEMO`
 */
export function pickerLines(state: PickerState, size: ScreenSize, mark = ''): string[] {
	const columns = Math.max(1, size.columns - 1);
	const shown = shownEntries(state);
	const page = pageSize(size);
	const start = Math.max(0, Math.min(state.cursor - Math.floor(page / 2), shown.length - page));
	const rows = shown.slice(start, start + page).map((entry, index) => {
		const line = entryLine(entry, state, start + index === state.cursor, columns);
		return start + index === state.cursor ? styleText('bold', line) : line;
	});
	return [
		styleText('bold', headLine(state, shown.length, columns, mark)),
		clip(state.filter === undefined ? '' : `Search: ${printable(state.filter)}_`, columns, 'end'),
		...(rows.length > 0 ? rows : [clip(`  ${emptiness(state)}`, columns)]),
		clip(markedText(state), columns),
		styleText('dim', keysText(state, columns)),
	];
}

function headLine({folder, cursor}: PickerState, count: number, columns: number, mark: string): string {
	const position = `${count === 0 ? '' : ` ${cursor + 1}/${count}`}${mark === '' ? '' : `  ${mark}`}`;
	const room = columns - position.length;
	return room < 10 ? clip(printable(folder), columns, 'end') : fitEnd(printable(folder), room) + position;
}

/** Of a long path the end tells most. */
function fitEnd(text: string, columns: number): string {
	return fit(clip(text, columns, 'end'), columns);
}

function entryLine(entry: Entry, state: PickerState, isCurrent: boolean, columns: number): string {
	const isMarked = state.marked.has(join(state.folder, entry.name));
	const signs = `${isCurrent ? '>' : ' '} ${isMarked ? '[x]' : '[ ]'} `;
	const name = printable(entry.name) + (entry.isFolder ? '/' : '');
	const size = entry.isFolder ? '' : fileSize(entry.size);
	const room = columns - SIGN_COLUMNS - SIZE_COLUMNS - 1;
	if (room < 8) return clip(signs + name, columns);
	return `${signs}${fit(name, room)} ${size.padStart(SIZE_COLUMNS)}`;
}

function emptiness({entries, problem, filter}: PickerState): string {
	if (entries === undefined) return 'Reading the folder';
	if (problem !== undefined) return problem;
	if (filter !== undefined && filter !== '') return `Nothing here matches "${printable(filter)}"`;
	return entries.length === 0 ? 'This folder is empty' : 'No audio here: press . to see all files';
}

function markedText({marked}: PickerState): string {
	if (marked.size === 0) return 'Nothing marked';
	const folders = [...marked.keys()].map((path) => join(path, sep));
	const amounts = [...marked]
		.filter(([path]) => !folders.some((folder) => path.startsWith(folder)))
		.map(([, amount]) => amount);
	const counted = amounts.filter((amount) => amount !== undefined);
	const files = counted.reduce((sum, amount) => sum + amount.files, 0);
	const bytes = counted.reduce((sum, amount) => sum + amount.bytes, 0);
	const more = counted.length < amounts.length ? ', counting' : '';
	return `Marked: ${files} ${files === 1 ? 'file' : 'files'}, ${fileSize(bytes)}${more}`;
}

/** As many of the keys as there is room for, the most needed first. */
function keysText(state: PickerState, columns: number): string {
	const entry = shownEntries(state)[state.cursor];
	const enter = state.marked.size > 0 ? 'take marked' : entry?.isFolder ? 'open' : 'take';
	const keys =
		state.filter === undefined
			? [
					`Enter ${enter}`,
					'Space mark',
					'Esc cancel',
					'a all',
					'/ search',
					'< > folders',
					`. ${state.showsAllFiles ? 'audio only' : 'all files'}`,
				]
			: [`Enter ${enter}`, 'Space mark', 'Esc end search', 'Ctrl-A all'];
	let text = '';
	for (const key of keys) {
		const longer = text === '' ? key : `${text}  ${key}`;
		if (widthOf(longer) > columns) break;
		text = longer;
	}
	return text;
}
