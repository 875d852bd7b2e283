import {timecode} from './clock.ts';
import type {Cue} from './cues.ts';

/** SubRip text of cues: numbered blocks, times to the millisecond, lines ended by a line feed. */
export function srtText(cues: readonly Cue[]): string {
	return cues
		.map(
			({start, end, lines}, index) =>
				`${index + 1}\n${timecode(start, ',')} --> ${timecode(end, ',')}\n${lines.join('\n')}\n`,
		)
		.join('\n');
}
