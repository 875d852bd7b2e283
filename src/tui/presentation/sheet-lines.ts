/** Options with their values and where those come from; below, what the one at the cursor means. */
import {fit, wrap} from '../../platform/width.ts';
import type {OptionSheet, SheetRow} from '../controllers/option-sheet.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {fieldSpans} from './field-spans.ts';
import {clipLine, EMPTY, filled, type Line, span} from './line.ts';
import {topFor} from './scrolling.ts';

export interface SheetContent {
	readonly lines: readonly Line[];
	/** First row of the list that is shown: to be given back the next time. */
	readonly top: number;
	/** By the row of the screen, the index of the option that stands there. */
	readonly options: ReadonlyMap<number, number>;
}

const LABEL = 26;
/** From so many columns on there is room for where a value comes from. */
const ORIGIN_FROM = 76;
const ORIGIN = 22;
/** Rows of what the option at the cursor means, with the rule above. */
const BELOW = 3;

type Entry = {readonly title: string} | {readonly row: SheetRow; readonly index: number} | undefined;

/** @param top what was shown first the last time */
export function sheetContent(
	sheet: OptionSheet,
	top: number,
	glyphs: Glyphs,
	{rows, columns}: {readonly rows: number; readonly columns: number},
): SheetContent {
	const {groups, cursor} = sheet.store.getState();
	const visible = Math.max(1, rows - BELOW);
	let index = 0;
	const entries: Entry[] = groups
		.flatMap(({title, rows: options}): Entry[] => [
			undefined,
			{title},
			...options.map((row) => ({row, index: index++})),
		])
		.slice(1);
	const at = entries.findIndex((entry) => entry !== undefined && 'row' in entry && entry.index === cursor);
	// The title of a group is shown with its first option.
	const first = topFor(Math.max(0, cursor === 0 ? 0 : at), top, visible, entries.length);
	const shown = entries.slice(first, first + visible);
	const options = new Map(
		shown.flatMap((entry, line) =>
			entry !== undefined && 'row' in entry ? [[line, entry.index] as const] : [],
		),
	);
	const lines = shown.map((entry): Line => {
		if (entry === undefined) return EMPTY;
		if ('title' in entry) return [span(` ${entry.title}`, 'strong')];
		return optionLine(sheet, entry.row, entry.index === cursor, glyphs, columns);
	});
	return {
		lines: [...filled(lines, visible), ...meaningLines(sheet, glyphs, columns)].map((line) =>
			clipLine(line, columns),
		),
		top: first,
		options,
	};
}

function optionLine(
	sheet: OptionSheet,
	row: SheetRow,
	selected: boolean,
	glyphs: Glyphs,
	columns: number,
): Line {
	const hasOrigin = columns >= ORIGIN_FROM;
	const label = Math.min(LABEL, Math.floor(columns * 0.4));
	const room = columns - 3 - label - 2 - (hasOrigin ? ORIGIN + 1 : 1);
	const isEdited = selected && sheet.store.getState().editing;
	const isSet = row.value !== undefined;
	const value: Line = isEdited
		? fieldSpans(sheet.field, room)
		: [span(fit(isSet ? shownValue(row) : (row.fallback ?? glyphs.unset), room), isSet ? 'plain' : 'muted')];
	return [
		span(selected ? ` ${glyphs.cursor} ` : '   ', 'accent'),
		span(fit(row.label, label), selected ? 'strong' : isSet ? 'plain' : 'muted'),
		span('  '),
		...value,
		...(hasOrigin
			? [span(` ${fit(isSet ? row.origin : row.fallback === undefined ? '' : 'default', ORIGIN)}`, 'muted')]
			: []),
	];
}

const shownValue = ({value = ''}: SheetRow) => (value === '' ? '""' : value);

function meaningLines(sheet: OptionSheet, glyphs: Glyphs, columns: number): Line[] {
	const row = sheet.selected;
	const rule: Line = [span(glyphs.rule.repeat(columns), 'muted')];
	if (row === undefined) return [rule, EMPTY, EMPTY];
	const {problem, told} = sheet.store.getState();
	const said = problem ?? told ?? (row.locked === undefined ? '' : `Not here: ${row.locked}`);
	const style = problem === undefined ? (told === undefined ? 'warn' : 'ok') : 'error';
	// What was said of it counts more than what it means.
	const answer = said === '' ? [] : rowsOf(said, columns, BELOW - 1);
	const meaning = rowsOf(meaningOf(row), columns, BELOW - 1 - answer.length);
	const lines = (rows: readonly string[], of: StyleName) => rows.map((text): Line => [span(` ${text}`, of)]);
	return filled([rule, ...lines(meaning, 'muted'), ...lines(answer, style)], BELOW);
}

/** What it is, and what it may be where that is not said already. */
function meaningOf({description, choices}: SheetRow): string {
	if (choices.every((choice) => description.includes(choice))) return description;
	return `${description}; ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

/** As many rows as there is room for; where that is too few, the last one says so. */
function rowsOf(text: string, columns: number, most: number): string[] {
	if (most <= 0) return [];
	const rows = wrap(text, columns - 2);
	if (rows.length <= most) return rows;
	return [...rows.slice(0, most - 1), fit(rows.slice(most - 1).join(' '), columns - 2)];
}
