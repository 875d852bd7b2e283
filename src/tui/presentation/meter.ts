/** How loud it is, or why nothing is heard. Always of the same width, so that nothing beside it moves. */
import {FLOOR, type Level, type MeterLevel} from '../../audio/level.ts';
import {fit} from '../../platform/width.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Span, span} from './line.ts';

/** dBFS at which the meter begins to show something. */
const METER_FLOOR = -60;
/** dBFS: a peak above this was at the end of the scale. */
const CLIPPING = -0.1;
const VALUE = 7;

/** @param cells of the bar */
export function meterSpans(view: LiveView, glyphs: Glyphs, cells: number): Span[] {
	const width = cells + VALUE;
	const instead = (text: string, style: StyleName) => [span(fit(text, width), style)];
	if (!view.isRunning) return instead('', 'plain');
	if (view.paused) return instead('paused', 'warn');
	if (view.muted) return instead('muted', 'warn');
	if (view.microphone === 'lost') return instead('no microphone', 'error');
	const level: (Level & Partial<MeterLevel>) | undefined = view.level;
	if (level === undefined) return instead('', 'plain');
	const {rms, peak, hold = peak} = level;
	const clips = hold > CLIPPING;
	const silent = rms <= FLOOR;
	const value = clips ? 'CLIPS' : silent ? 'silent' : `${Math.round(rms)} dB`;
	const style: StyleName = clips ? 'error' : 'ok';
	const isProblem = silent && view.microphone === 'silent';
	return [
		...bar(share(rms), share(hold), glyphs, cells, style),
		span(value.padStart(VALUE), clips ? 'error' : isProblem ? 'warn' : 'muted'),
	];
}

const share = (decibels: number) => Math.max(0, Math.min(1, (decibels - METER_FLOOR) / -METER_FLOOR));

/** The held peak stands as a mark beyond the bar. */
function bar(level: number, held: number, {meter, peak}: Glyphs, cells: number, style: StyleName): Span[] {
	const parts = meter.length - 1;
	const filledParts = Math.round(level * cells * parts);
	const text = Array.from(
		{length: cells},
		(_, index) => meter[Math.max(0, Math.min(parts, filledParts - index * parts))],
	).join('');
	const mark = Math.min(cells - 1, Math.floor(held * cells));
	if (held <= 0 || mark * parts < filledParts) return [span(text, style)];
	return [span(text.slice(0, mark), style), span(peak, style), span(text.slice(mark + 1), style)];
}
