/** The choice of formats to save in. */
import {OUTPUT_FORMATS, type OutputFormat} from '../../captions/render.ts';
import {clip} from '../../platform/width.ts';
import type {FormatChooser} from '../controllers/format-chooser.ts';
import type {BodySize, Screen} from '../screens/screen.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {clipLine, type Line, span} from './line.ts';
import {topFor} from './scrolling.ts';

const NAMES: Readonly<Record<OutputFormat, string>> = {
	txt: 'plain text',
	json: 'everything, for programs',
	srt: 'captions for players',
	vtt: 'captions for the web',
	csv: 'words for a spreadsheet',
	md: 'a document',
};

/**
 * @param head what stands above
 * @param folder where the files go
 */
export function formatScreen(
	chooser: FormatChooser,
	head: readonly Line[],
	folder: string,
	glyphs: Glyphs,
	{rows, columns}: BodySize,
): Screen {
	const {cursor, chosen} = chooser.store.getState();
	const visible = Math.max(1, rows - head.length);
	const top = topFor(cursor, 0, visible, OUTPUT_FORMATS.length);
	const shown = OUTPUT_FORMATS.slice(top, top + visible);
	const where = ' Save in ';
	return {
		body: [
			...head,
			...shown.map((format, index) =>
				clipLine(formatLine(format, top + index === cursor, chosen.has(format), glyphs), columns),
			),
		],
		status: [span(where, 'muted'), span(clip(folder, columns - where.length - 1, 'end'))],
		targets: shown.map((_, index) => ({
			row: head.length + index,
			run: () => {
				chooser.moveTo(top + index);
				chooser.toggle();
			},
		})),
	};
}

function formatLine(format: OutputFormat, isCursor: boolean, isChosen: boolean, glyphs: Glyphs): Line {
	return [
		span(isCursor ? ` ${glyphs.cursor} ` : '   ', 'accent'),
		span(`[${isChosen ? 'x' : ' '}] `, isChosen ? 'ok' : 'muted'),
		span(format.padEnd(6), isCursor ? 'strong' : 'plain'),
		span(NAMES[format], 'muted'),
	];
}
