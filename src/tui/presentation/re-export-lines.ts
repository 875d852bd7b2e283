import type {ReExportState} from '../controllers/re-export.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {type Line, span} from './line.ts';
import {progressBar} from './progress-bar.ts';

const BAR = 12;

/** How far transcripts are that are written again; `undefined` where none are. Stands instead of the tab's status. */
export function writingLine({progress, ending}: ReExportState, glyphs: Glyphs): Line | undefined {
	if (progress === undefined) return undefined;
	const {done, total} = progress;
	const what = ending ? ' Ending the writing… ' : ' Writing again ';
	const share = total === 0 ? 1 : done / total;
	return [
		span(what, 'accent'),
		...progressBar({share, now: 0, animations: false}, glyphs, BAR, 'accent'),
		span(` ${done} of ${total}`),
		span('  Esc stops', 'muted'),
	];
}
