import {wrap} from '../../platform/width.ts';
import type {LiveView} from '../live-view.ts';

export interface LatestOptions {
	/** How many rows. */
	readonly rows: number;
	/** Columns of a row. */
	readonly columns: number;
	/** Whether words that may still change are shown. */
	readonly partial: boolean;
}

/**
 * The last rows of what is said. Each sentence is broken from its own beginning, so that only the last row changes while
 * words come.
 */
export function latestRows(view: LiveView, {rows, columns, partial}: LatestOptions): string[] {
	const tails = partial ? view.tails : [];
	const found: string[] = [];
	const prepend = (text: string) => {
		if (text !== '') found.unshift(...wrap(text, columns));
	};
	for (const {line, speaker, stable, unstable} of tails) {
		if (line !== undefined) continue;
		prepend(labelOf(speaker, view.lines.at(-1)?.speaker) + stable + unstable);
	}
	for (let index = view.lines.length - 1; index >= 0 && found.length < rows; index--) {
		const line = view.lines[index]!;
		// Gaps and marks are for who runs the session, not for who reads the captions.
		if (line.kind === 'gap' || line.kind === 'mark') continue;
		const tail = tails.find((one) => one.line === line);
		const label = labelOf(line.speaker, view.lines[index - 1]?.speaker);
		prepend(label + line.text + (tail === undefined ? '' : tail.space + tail.stable + tail.unstable));
	}
	return found.slice(-rows);
}

function labelOf(speaker: string | undefined, before: string | undefined): string {
	return speaker === undefined || speaker === before ? '' : `${speaker}: `;
}
