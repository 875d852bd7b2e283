/** What the window's title and the terminal's progress say. */
import {shareDone} from '../../batch/progress.ts';
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import type {Progress} from '../terminal/progress-report.ts';
import {inAscii} from '../theme/ascii.ts';
import type {Glyphs} from '../theme/glyphs.ts';

/** Up to so many recordings each counts for what is done of it; beyond that one is too little to be seen. */
const FEW = 100;

export interface TitleModel {
	/** How far the batch is, such as `3/5`; empty where none runs. */
	readonly batch: string;
	/** How long a session has been listening, such as `0:12:03`; empty where there is none. */
	readonly realtime: string;
	/** True where a service inside this program answers. */
	readonly demo: boolean;
}

/** Such as `3/5 · ● 0:12:03 · speechdeck`: what changes comes first, since tabs are narrow. */
export function windowTitle({batch, realtime, demo}: TitleModel, glyphs: Glyphs): string {
	const live = realtime === '' ? '' : `${glyphs.recording} ${realtime}`;
	const title = [batch, live, demo ? 'speechdeck demo' : 'speechdeck']
		.filter((part) => part !== '')
		.join(' · ');
	return glyphs.ascii ? inAscii(title) : title;
}

/**
 * How far the batch is.
 *
 * @param now milliseconds by the clock of the table's times
 * @returns `undefined` where nothing of it is unfinished
 */
export function batchProgress(table: BatchTable, paused: boolean, now: number): Progress | undefined {
	const {rows, unfinished} = table;
	if (unfinished === 0) return undefined;
	const underWay = rows.length > FEW ? [] : rows.map((row) => doneOf(row, now));
	const isKnown = rows.length > 1 || underWay[0] !== undefined;
	const done = rows.length - unfinished + underWay.reduce<number>((sum, share = 0) => sum + share, 0);
	return {
		share: isKnown ? done / rows.length : undefined,
		...(paused ? {state: 'paused'} : table.count('failed') > 0 ? {state: 'failing'} : {}),
	};
}

/** What has become of the batch, in a few words. */
export function batchSummary(table: BatchTable): string {
	const counts = [
		[table.count('done'), 'done'],
		[table.count('left'), 'at the service'],
		[table.count('failed'), 'failed'],
		[table.count('cancelled'), 'cancelled'],
	] as const;
	const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
	return `Batch finished: ${said.join(', ')}`;
}

/** An upload is the first half of a recording's way, its job the second. */
function doneOf(row: BatchRow, now: number): number | undefined {
	const share = shareDone(row, now);
	return share === undefined ? undefined : (row.state === 'transcribing' ? 0.5 : 0) + share / 2;
}
