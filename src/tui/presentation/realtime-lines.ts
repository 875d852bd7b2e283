/** The realtime screen as lines: its state above, finals scrolling, the partial below. */
import type {LiveView} from '../../realtime/live-view.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {centred, EMPTY, filled, type Line, span} from './line.ts';
import {liveBlocks, spokenColumns} from './live-blocks.ts';
import {PARTIAL_ROWS, partialLines} from './partial-lines.ts';
import {detailLine, type RealtimeStatusModel, STATE_WORDS, stateLine} from './realtime-status.ts';
import {type Position, rowsDownTo} from './scrolling.ts';

/** Where the reader has scrolled to, away from the end; new lines come below it. */
export interface Scroll {
	readonly position: Position;
	/** How many lines there were when the reader left the end. */
	readonly seen: number;
}

export interface RealtimeModel extends RealtimeStatusModel {
	/** `undefined`: the reader follows the end. */
	readonly scroll: Scroll | undefined;
	/** Columns that speakers take at least. */
	readonly labels?: number;
	/** True where the screen is read aloud: words that may still change would be read again and again. */
	readonly spoken?: boolean;
}

/** The two lines of the status, and the rule above the partial. */
const AROUND = 3;

/** Rows of finals that a body of so many rows has room for. */
export const finalRows = (rows: number) => Math.max(1, rows - AROUND - PARTIAL_ROWS);

export function realtimeLines(model: RealtimeModel, glyphs: Glyphs, rows: number, columns: number): Line[] {
	const {view, scroll, labels = 0} = model;
	const visible = finalRows(rows);
	const finals =
		view.lines.length === 0 && view.partial === ''
			? emptyLines(view, visible, columns)
			: bottomed(rowsDownTo(liveBlocks(view, columns, labels), scroll?.position, visible), visible);
	return filled(
		[
			stateLine(model, glyphs, columns),
			detailLine(model, columns),
			...finals,
			[span(glyphs.rule.repeat(columns), 'muted')],
			...(model.spoken === true ? [] : partialLines(view, spokenColumns(view, columns), columns)),
		],
		rows,
	);
}

/** What the reader misses while scrolled away. */
export function pausedLine(view: LiveView, {seen}: Scroll): Line {
	const missed = view.lines.length - seen;
	return [span(` paused, ${missed} new `, 'warn'), span(' G', 'key'), span(' follows again', 'muted')];
}

/** Finals stand at the bottom, next to the partial that becomes the next one. */
function bottomed(lines: readonly Line[], rows: number): Line[] {
	return [...Array.from({length: Math.max(0, rows - lines.length)}, () => EMPTY), ...lines];
}

function emptyLines({isRunning, state}: LiveView, rows: number, columns: number): Line[] {
	const lines: Line[] = isRunning
		? [[span(state === 'listening' ? 'Listening. Start speaking.' : STATE_WORDS[state!], 'muted')]]
		: [
				[span('Live captions', 'strong')],
				EMPTY,
				[span('Press '), span('Space', 'key'), span(' to caption the microphone,')],
				[span('or '), span('f', 'key'), span(' to stream a recording.')],
			];
	return filled(centred(lines, rows, columns), rows);
}
