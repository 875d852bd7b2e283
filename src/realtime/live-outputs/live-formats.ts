/** What can be written while a session goes on; each is also the ending of its file. */
import {extname} from 'node:path';

export const LIVE_FORMATS = ['srt', 'vtt', 'txt'] as const;
export type LiveFormat = (typeof LIVE_FORMATS)[number];

/** The format a live file has by its name; `undefined` where it has none. */
export function liveFormatOf(path: string): LiveFormat | undefined {
	const ending = extname(path).slice(1).toLowerCase();
	return LIVE_FORMATS.find((format) => format === ending);
}
