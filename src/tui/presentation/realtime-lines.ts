/** The realtime screen as lines: state and level above, finals scrolling, the partial below. */
import {FLOOR, type Level} from '../../audio/level.ts';
import {clockTime} from '../../platform/units.ts';
import {clip, wrap} from '../../platform/width.ts';
import type {SessionState} from '../../realtime/events.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {centred, EMPTY, filled, type Line, lineWidth, type Span, span, spread} from './line.ts';
import {linesDownTo, type Position} from './speech-lines.ts';

/** Where the reader has scrolled to, away from the end; new lines come below it. */
export interface Scroll {
	readonly position: Position;
	/** How many lines there were when the reader left the end. */
	readonly seen: number;
}

export interface RealtimeModel {
	readonly view: LiveView;
	/** `undefined`: the reader follows the end. */
	readonly scroll: Scroll | undefined;
	/** What is being captioned: a device or a file. */
	readonly sourceName: string;
	/** Milliseconds by the clock of the view's times. */
	readonly now: number;
}

/** Rows kept for the partial, so that nothing jumps when it wraps. */
const PARTIAL_ROWS = 2;
const METER = 16;
/** dBFS at which the meter begins to show something. */
const METER_FLOOR = -60;

const STATE_WORDS: Readonly<Record<SessionState, string>> = {
	'starting microphone': 'starting microphone…',
	'opening audio': 'opening…',
	connecting: 'connecting…',
	listening: 'listening',
	finishing: 'finishing…',
	ended: 'stopped',
};

/** Rows of finals that a body of so many rows has room for. */
export const finalRows = (rows: number) => Math.max(1, rows - 2 - PARTIAL_ROWS);

export function realtimeLines(model: RealtimeModel, glyphs: Glyphs, rows: number, columns: number): Line[] {
	const {view, scroll} = model;
	const finals =
		view.lines.length === 0 && view.partial === ''
			? emptyLines(view, finalRows(rows), columns)
			: bottomed(linesDownTo(view.lines, scroll?.position, finalRows(rows), columns), finalRows(rows));
	return filled(
		[
			statusLine(model, glyphs, columns),
			...finals,
			[span(glyphs.rule.repeat(columns), 'muted')],
			...partialLines(view.partial, columns),
		],
		rows,
	);
}

/** What the reader misses while scrolled away. */
export function pausedLine(view: LiveView, {seen}: Scroll): Line {
	const missed = view.lines.length - seen;
	return [span(` paused, ${missed} new `, 'warn'), span(' G', 'key'), span(' follows again', 'muted')];
}

function statusLine({view, sourceName, now}: RealtimeModel, glyphs: Glyphs, columns: number): Line {
	const running = view.isRunning;
	const state = view.state === undefined ? 'ready' : STATE_WORDS[view.state];
	const seconds =
		view.listeningSince === undefined ? 0 : ((view.endedAt ?? now) - view.listeningSince) / 1000;
	const left = [
		span(running ? ` ${glyphs.recording} ` : '   ', view.state === 'listening' ? 'error' : 'warn'),
		span(state, running ? 'strong' : 'muted'),
		span(view.listeningSince === undefined ? '  ' : `  ${clockTime(seconds)}  `),
	];
	const right = view.level === undefined ? [] : meterSpans(view.level, glyphs);
	const room = columns - lineWidth(left) - lineWidth(right) - 2;
	return spread([...left, span(clip(sourceName, room), 'muted')], right, columns);
}

function meterSpans({rms, peak}: Level, {meter}: Glyphs): Span[] {
	const share = Math.max(0, Math.min(1, (rms - METER_FLOOR) / -METER_FLOOR));
	const parts = meter.length - 1;
	const filledParts = Math.round(share * METER * parts);
	const bar = Array.from(
		{length: METER},
		(_, index) => meter[Math.max(0, Math.min(parts, filledParts - index * parts))],
	).join('');
	const value = rms <= FLOOR ? 'silent' : `${Math.round(rms)} dB`;
	return [
		span('level ', 'muted'),
		span(bar, peak > -1 ? 'error' : 'ok'),
		span(` ${value.padStart(6)} `, peak > -1 ? 'error' : 'muted'),
	];
}

/** The end of a partial is what is new, so a long one loses its beginning. */
function partialLines(partial: string, columns: number): Line[] {
	const rows = partial === '' ? [] : wrap(partial, columns - 3);
	const shown = rows.slice(-PARTIAL_ROWS);
	return filled(
		shown.map((row, index) => [
			span(index === 0 && rows.length > shown.length ? ' …' : '  ', 'muted'),
			span(row, 'muted'),
		]),
		PARTIAL_ROWS,
	);
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
