/** A live transcript in blocks of rows: a sentence each, its translation beside it, or below where room is short. */
import {fit, wrap} from '../../platform/width.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {LiveLine} from '../../realtime/transcript-lines.ts';
import {type Line, lineWidth, span} from './line.ts';
import type {Blocks} from './scrolling.ts';
import {indentOf, speechLines} from './speech-lines.ts';

/** From so many columns on there is room for two texts side by side. */
const TWO_TEXTS = 100;
/** Columns between the two. */
const BETWEEN = 3;
/** Columns of a language's code and what follows it. */
const CODE = 4;

/** Columns of the words as they were spoken: all, where no translation stands beside them. */
export function spokenColumns({translationLanguages}: LiveView, columns: number): number {
	if (translationLanguages.length === 0 || columns < TWO_TEXTS) return columns;
	// The time and the speaker stand on this side too.
	return Math.floor(columns / 2) + 5;
}

/** All that is final. @param labels as for `speechLines` */
export function liveBlocks(view: LiveView, columns: number, labels = 0): Blocks {
	const {lines} = view;
	const spoken = spokenColumns(view, columns);
	return {
		count: lines.length,
		rowsOf: (index) => {
			const line = lines[index]!;
			const room = spoken === columns ? columns : spoken - BETWEEN + 1;
			const rows = speechLines(line, lines[index - 1]?.speaker, room, labels);
			if (line.kind !== undefined) return rows;
			return spoken === columns
				? [...rows, ...translationsBelow(view, line, columns, labels)]
				: sideBySide(rows, translationsBeside(view, line, columns - spoken), spoken);
		},
	};
}

/** Two columns of rows as one. @param at the column in which the right one begins */
export function sideBySide(left: readonly Line[], right: readonly Line[], at: number): Line[] {
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const before = left[row] ?? [];
		const after = right[row];
		if (after === undefined) return before;
		return [...before, span(' '.repeat(Math.max(1, at - lineWidth(before)))), ...after];
	});
}

function translationsBeside(view: LiveView, line: LiveLine, columns: number): Line[] {
	const {translationLanguages: languages} = view;
	return languages.flatMap((language) => {
		const text = view.translationOf(line, language);
		const code = languages.length > 1 ? CODE : 0;
		return text === '' ? [] : withCode(language, text, code, columns - BETWEEN);
	});
}

function translationsBelow(view: LiveView, line: LiveLine, columns: number, labels: number): Line[] {
	const indent = indentOf(line, labels);
	return view.translationLanguages.flatMap((language) => {
		const text = view.translationOf(line, language);
		if (text === '') return [];
		const rows = withCode(language, text, CODE, columns - indent - 1);
		return rows.map((row) => [span(' '.repeat(indent)), ...row]);
	});
}

function withCode(language: string, text: string, code: number, columns: number): Line[] {
	return wrap(text, columns - code).map((row, index) => [
		span(fit(index === 0 ? language : '', code), 'muted'),
		span(row, 'accent'),
	]);
}
