/** What is said of one recording, in a word or two for each column. Nothing is shown that is not known. */
import {basename} from 'node:path';
import {shareDone, timeLeft} from '../../batch/progress.ts';
import {elapsedOf, isInterrupted, stateWord} from '../../batch/row-state.ts';
import type {BatchRow, RowState} from '../../batch/table.ts';
import {clockTime} from '../../platform/units.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Line, span} from './line.ts';
import {progressBar} from './progress-bar.ts';

const STATE_STYLES: Readonly<Record<RowState, StyleName>> = {
	queued: 'muted',
	checking: 'muted',
	converting: 'accent',
	uploading: 'accent',
	transcribing: 'accent',
	saving: 'accent',
	done: 'ok',
	left: 'accent',
	failed: 'error',
	cancelled: 'muted',
};

export function stateStyle(row: BatchRow): StyleName {
	if (isInterrupted(row)) return 'muted';
	return row.trouble === undefined ? STATE_STYLES[row.state] : 'warn';
}

export function stateGlyph(row: BatchRow, glyphs: Glyphs): string {
	if (isInterrupted(row)) return glyphs.states.cancelled;
	// A job that runs goes on, whatever keeps its transcript from being fetched.
	if (row.trouble !== undefined && row.state === 'queued') return glyphs.again;
	return glyphs.states[row.state];
}

/**
 * The state in a word, with the time it will still take.
 *
 * @param hasBar false where the share of an upload has to be said in figures
 */
export function stateText(row: BatchRow, now: number, hasBar: boolean): string {
	if (isInterrupted(row)) return 'goes on at the next start';
	if (row.trouble !== undefined) return againText(row.trouble.until - now);
	if (row.state === 'done' && row.isFromBefore) return 'done before';
	const word = stateWord(row);
	const share = shareDone(row, now);
	if (row.state === 'uploading' && share === 1) return `${word}, all sent`;
	if (row.state === 'uploading' && !hasBar && share !== undefined)
		return `${word} ${Math.floor(share * 100)} %`;
	const left = leftText(row, now);
	return left === undefined ? word : `${word}, ${left}`;
}

function againText(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds <= 0) return 'trying again';
	return `again in ${seconds < 60 ? `${seconds} s` : clockTime(seconds)}`;
}

/** Such as `~0:40 left`; the sign stands for too little experience with this kind of job. */
function leftText(row: BatchRow, now: number): string | undefined {
	const left = timeLeft(row, now);
	if (left === undefined) return undefined;
	return `${left.isSure ? '' : '~'}${clockTime(Math.ceil(left.seconds))} left`;
}

/** What came of it: files, or why there are none. */
export function resultText(row: BatchRow, saves: boolean): string {
	if (isInterrupted(row)) return '';
	if (row.trouble !== undefined) return row.trouble.reason;
	if (row.state === 'failed') return row.reason ?? '';
	if (row.state !== 'done') return '';
	return saves ? row.outputs.map((path) => basename(path)).join(', ') : 'not saved';
}

export function elapsedText(row: BatchRow, now: number): string {
	const elapsed = elapsedOf(row, now);
	return elapsed === undefined ? '' : clockTime(elapsed / 1000);
}

/** How many times faster than it was spoken, such as `12x speed`, as players count. */
export function speedText({realTimeFactor}: BatchRow): string {
	if (realTimeFactor === undefined || realTimeFactor <= 0) return '';
	const speed = 1 / realTimeFactor;
	return `${speed < 0.95 ? speed.toFixed(2) : speed < 9.95 ? speed.toFixed(1) : Math.round(speed)}x speed`;
}

/**
 * The share that is done; a part that moves, at the same place in all rows, where it is not known; the speed of what
 * is done. Exactly so many columns.
 *
 * @param animations false: the part stands still
 */
export function progressLine(
	row: BatchRow,
	now: number,
	glyphs: Glyphs,
	columns: number,
	animations = true,
): Line {
	if (row.state === 'done') return [span(speedText(row).padEnd(columns), 'muted')];
	const isUnderWay = ['converting', 'uploading', 'transcribing', 'saving'].includes(row.state);
	if (!isUnderWay) return [span(' '.repeat(columns))];
	const style = stateStyle(row);
	const share = shareDone(row, now);
	return progressBar({share, now, animations}, glyphs, columns, style);
}
