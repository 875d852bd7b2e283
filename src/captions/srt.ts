import type {Cue} from './cues.ts';

/** SubRip text of cues: numbered blocks, times to the millisecond, lines ended by a line feed. */
export function srtText(cues: readonly Cue[]): string {
	return cues
		.map(
			({start, end, lines}, index) => `${index + 1}\n${time(start)} --> ${time(end)}\n${lines.join('\n')}\n`,
		)
		.join('\n');
}

function time(seconds: number): string {
	const milliseconds = Math.round(seconds * 1000);
	const pad = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0');
	const clock = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60];
	return `${clock.map((part) => pad(part, 2)).join(':')},${pad(milliseconds % 1000, 3)}`;
}
