/** What tests of the screens' lines share. */
import type {Line} from '../../src/tui/presentation/line.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';

/** Those of a terminal that shows UTF-8. */
export const glyphs = glyphsFor({LANG: 'C.UTF-8'}, 'linux');

/** A line without its styles. */
export const text = (line: Line) => line.map((span) => span.text).join('');

/** Columns and rows of windows, from the smallest to the largest. */
export const WINDOWS = [
	[40, 10],
	[60, 20],
	[80, 24],
	[140, 50],
	[300, 100],
] as const;
