/** A part of a passage that fits a line, with what was found in it. Pure. */
import {widthOf} from '../platform/width.ts';
import type {Range} from './searchable.ts';

/** Text, some of it found. */
export interface Piece {
	readonly text: string;
	readonly isMatch: boolean;
}

const ELLIPSIS = '…';
/** Of the space that is left beside what was found, the part that goes before it. */
const BEFORE = 1 / 3;
/** A longer one is cut through. */
const LONGEST_WORD = 20;
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * Cuts a passage around the first thing that was found in it, between words where there are any.
 *
 * @param columns terminal columns that it may take; `Infinity` takes it whole
 */
export function snippet(
	{text, marks}: {readonly text: string; readonly marks: readonly Range[]},
	columns: number,
): Piece[] {
	const [from, to] = windowOf(text, marks[0] ?? [0, 0], columns);
	const pieces: Piece[] = [];
	const add = (start: number, end: number, isMatch: boolean) => {
		const part = text.slice(Math.max(start, from), Math.max(from, Math.min(end, to)));
		if (part !== '') pieces.push({text: part, isMatch});
	};
	if (from > 0) pieces.push({text: ELLIPSIS, isMatch: false});
	let at = 0;
	for (const [start, end] of marks) {
		add(at, start, false);
		add(start, end, true);
		at = end;
	}
	add(at, text.length, false);
	if (to < text.length) pieces.push({text: ELLIPSIS, isMatch: false});
	return pieces;
}

function windowOf(text: string, [start, end]: Range, columns: number): Range {
	if (widthOf(text) <= columns) return [0, text.length];
	const room = Math.max(1, columns - 2 * widthOf(ELLIPSIS));
	const characters = [...graphemes.segment(text)].map(({segment, index}) => ({
		index,
		end: index + segment.length,
		width: widthOf(segment),
	}));
	const first = Math.max(
		0,
		characters.findIndex((character) => character.end > start),
	);
	const afterMark = characters.findIndex((character) => character.index >= end);
	const last = afterMark < 0 ? characters.length : afterMark;
	let left = room - sum(characters.slice(first, last));
	let from = first;
	let before = Math.floor(Math.max(0, left) * BEFORE);
	// Near the end of the text there is more space before.
	before = Math.max(before, left - sum(characters.slice(last)));
	while (from > 0 && characters[from - 1]!.width <= before) {
		from -= 1;
		before -= characters[from]!.width;
		left -= characters[from]!.width;
	}
	let to = first;
	for (let width = room - sum(characters.slice(from, first)); to < characters.length; to++) {
		width -= characters[to]!.width;
		if (width < 0) break;
	}
	return [
		betweenWords(text, characters[from]?.index ?? 0, start, 'start'),
		betweenWords(text, characters[to - 1]?.end ?? text.length, end, 'end'),
	];
}

/** Moves a cut towards what was found, to the end of a word, where that is near. */
function betweenWords(text: string, cut: number, found: number, side: 'start' | 'end'): number {
	if (cut === 0 || cut === text.length || /\s/.test(text[side === 'start' ? cut - 1 : cut]!)) return cut;
	if (side === 'start') {
		const space = text.slice(cut, found).search(/\s/);
		return space < 0 || space > LONGEST_WORD ? cut : cut + space + 1;
	}
	const space = text.slice(found, cut).lastIndexOf(' ');
	return space < 0 || cut - found - space > LONGEST_WORD ? cut : found + space;
}

const sum = (characters: ReadonlyArray<{readonly width: number}>) =>
	characters.reduce((width, character) => width + character.width, 0);
