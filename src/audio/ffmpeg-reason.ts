import {printable} from '../platform/printable.ts';

/** Enough for the one line that is shown. */
const MAX_LENGTH = 200;

/** ffmpeg's reason: its last line with text, without the file name that callers put in front themselves. */
export function ffmpegReason(complaints: string): string {
	const lines = complaints.split('\n').map((line) => printable(line).trim());
	const line = lines.findLast((line) => line !== '') ?? 'it gives no reason';
	return line
		.replace(/^.*file:.*: /, '')
		.slice(0, MAX_LENGTH)
		.replace(/\.$/, '');
}
