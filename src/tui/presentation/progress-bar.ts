import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Line, span} from './line.ts';

export interface ProgressModel {
	/** From 0 to 1; `undefined` where it is not known. */
	readonly share: number | undefined;
	/** Milliseconds by any clock: bars that move stand at the same place. */
	readonly now: number;
	/** False: the part that moves stands still. */
	readonly animations: boolean;
}

/** Columns of the part that moves where no share is known, and how long it stays at one place, in milliseconds. */
const MOVING = 3;
const MOVES_EVERY = 500;

/** The share that is done, or a part that moves. Exactly so many columns. */
export function progressBar(
	{share, now, animations}: ProgressModel,
	glyphs: Glyphs,
	columns: number,
	style: StyleName,
): Line {
	if (share !== undefined) return bar(share, glyphs, columns, style);
	return movingBar(animations ? now : stillAt(columns), glyphs, columns, style);
}

function bar(share: number, {bar: [empty, half, full]}: Glyphs, columns: number, style: StyleName): Line {
	const halves = Math.floor(share * columns * 2);
	const filled = full.repeat(halves >> 1) + (halves % 2 === 1 ? half : '');
	return [span(filled, style), span(empty.repeat(columns - filled.length), 'muted')];
}

/** When the part that moves is in the middle. */
const stillAt = (columns: number) => Math.floor((columns + MOVING) / 2) * MOVES_EVERY;

function movingBar(now: number, {bar: [empty, , full]}: Glyphs, columns: number, style: StyleName): Line {
	const at = Math.floor(now / MOVES_EVERY) % (columns + MOVING);
	const cells = Array.from({length: columns}, (_, index) => index - at + MOVING);
	const before = cells.filter((place) => place < 0).length;
	const within = cells.filter((place) => place >= 0 && place < MOVING).length;
	return [
		span(empty.repeat(before), 'muted'),
		span(full.repeat(within), style),
		span(empty.repeat(columns - before - within), 'muted'),
	];
}
