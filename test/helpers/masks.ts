import type {Cell} from './cells.ts';

/** Something on a screen that is another in every run, and what stands there instead. */
export interface Mask {
	/** Matched within a row. */
	readonly pattern: RegExp;
	/** A text, or what is made of the match. */
	readonly as: string | ((found: string) => string);
}

/** `12:34:56` */
export const CLOCK: Mask = {pattern: /(?<![\d:])\d{1,2}:\d{2}:\d{2}\b(?!:)/, as: alike};
/** `0:05`, but not where a row begins: there it is the place of a sentence in its recording, always the same. */
export const ELAPSED: Mask = {pattern: /(?<=[^\s│].*)(?<![\d:])\d{1,3}:\d{2}(\.\d)?\b(?!:)/, as: '0:00'};
/** `1h 2m 3s` */
export const TIME_SPAN: Mask = {pattern: /\b(\d+h )?\d+m \d{1,2}s\b/, as: '0m 0s'};
/** `2026-11-20` */
export const DATE: Mask = {pattern: /\b20\d\d-\d\d-\d\d\b/, as: '2026-01-01'};
/** The share, and the rate that comes a moment later. */
export const UPLOAD: Mask = {pattern: /\buploading \d+ %( [\d.]+ [kMG]?B\/s)?/, as: 'uploading 50 % 10 MB/s'};
/** `12.3 MB/s` */
export const RATE: Mask = {pattern: /\b\d+(\.\d+)? [kMG]?B\/s/, as: '10 MB/s'};
/** `43 %`, `43%` */
export const PERCENTAGE: Mask = {
	pattern: /\b\d{1,3} ?%/,
	as: (found) => (found.includes(' ') ? '50 %' : '50%'),
};
/** Ten letters and digits. With a digit among them, since `transcript` is no id. */
export const JOB_ID: Mask = {pattern: /\b(?=[a-z]*\d)[a-z0-9]{10}\b/, as: 'job0000000'};
/** The random end of a temporary folder's name; the rest of a path is ours. */
export const TEMPORARY_NAME: Mask = {
	pattern: /(?<=\/[\w.-]*-)[A-Za-z0-9]{6}(?![\w.-])/,
	as: (found) => 'X'.repeat(found.length),
};
/** The port of a service on this machine. */
export const PORT: Mask = {pattern: /(?<=(127\.0\.0\.1|localhost|\[::1\]):)\d{4,5}\b/, as: '12345'};
/** Not among the defaults: how far the bars are. */
export const BAR: Mask = {
	pattern: /[█▉▊▋▌▍▎▏░▒▓━╸╺╾╼]{4,}/,
	as: (found) => found.slice(0, 1).repeat(found.length),
};

export const DEFAULT_MASKS: readonly Mask[] = [
	...[CLOCK, ELAPSED, TIME_SPAN, DATE, UPLOAD, RATE, PERCENTAGE, JOB_ID, TEMPORARY_NAME, PORT],
];

/** The cells with everything masked; each row stays as wide as it is. */
export function masked(rows: readonly (readonly Cell[])[], masks: readonly Mask[]): Cell[][] {
	return rows.map((row) => masks.reduce<Cell[]>(maskRow, [...row]));
}

function maskRow(row: Cell[], {pattern, as}: Mask): Cell[] {
	// The second half of a wide character has its place in the text too, so that places are columns.
	const text = row.map(({character, width}) => (width === 1 ? character.slice(0, 1) : '\0')).join('');
	const result = [...row];
	for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
		const found = match[0];
		const replacement = typeof as === 'string' ? as : as(found);
		const room = roomAround(text, match.index, match.index + found.length);
		const length = room.end - room.start;
		const fits = replacement.length === found.length || (!room.tight && replacement.length <= length);
		const fitted = fits ? replacement : alike(found);
		const placed = room.flushRight ? fitted.padStart(length) : fitted.padEnd(length);
		const style = row[match.index]!;
		[...placed].forEach((character, index) => {
			const at = room.start + index;
			const own = text.charAt(at) === ' ' && character === ' ' ? row[at]! : style;
			result[at] = {...own, character, width: 1};
		});
	}
	return result;
}

/**
 * The columns that a value may take, with the blanks it would grow into: to the left in a column that is flush right,
 * else to the right. One blank on each side stays. Tight is a value that touches other text, as in brackets.
 */
function roomAround(text: string, start: number, end: number) {
	const before = / *$/.exec(text.slice(0, start))![0].length;
	const after = /^ */.exec(text.slice(end))![0].length;
	const tight = (before === 0 && start > 0) || (after === 0 && end < text.length);
	const flushRight = after <= 2;
	return flushRight
		? {start: start - Math.max(0, before - 1), end, flushRight, tight}
		: {start, end: end + after - 1, flushRight, tight};
}

/** A value in which only the kind of each character is left. */
function alike(found: string): string {
	return found.replace(/\d/g, '0').replace(/[a-z]/g, 'x').replace(/[A-Z]/g, 'X');
}
