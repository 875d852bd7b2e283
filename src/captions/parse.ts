/** Reads caption files, however they were made: what is said is taken from them, how it is styled is not. */
import type {Cue} from './cues.ts';

/** The file holds no captions. Its message is one sentence. */
export class CaptionFileError extends Error {
	override readonly name = 'CaptionFileError';
}

const TIME = String.raw`(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const TIMING = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}(?:\\s.*)?$`);

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	nbsp: '\u00A0',
	lrm: '\u200E',
	rlm: '\u200F',
};

/**
 * The cues of a SubRip or WebVTT file, in its order and with its times, without tags, settings, notes and numbers.
 *
 * @throws CaptionFileError when there is no cue although there is text
 */
export function parseCaptions(text: string): Cue[] {
	const rows = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
	const isVtt = /^WEBVTT(?:[ \t]|$)/.test(rows[0] ?? '');
	const plain = isVtt ? plainVtt : plainSrt;
	const cues: Array<Cue & {lines: string[]}> = [];
	for (let row = 0; row < rows.length; row++) {
		const times = spanOf(rows[row]!);
		if (times === undefined) continue;
		const lines: string[] = [];
		while (row + 1 < rows.length && rows[row + 1]!.trim() !== '' && spanOf(rows[row + 1]!) === undefined) {
			row += 1;
			lines.push(rows[row]!);
		}
		// Blocks that follow each other without an empty line: the last row is the number of the next one.
		if (spanOf(rows[row + 1] ?? '') !== undefined && /^\s*\d+\s*$/.test(lines.at(-1) ?? '')) lines.pop();
		cues.push({...times, lines: lines.length === 0 ? [] : plain(lines.join('\n')).split('\n')});
	}
	const empty = rows.every((row) => row.trim() === '');
	if (cues.length === 0 && !isVtt && !empty) {
		throw new CaptionFileError(
			'it holds no SubRip or WebVTT captions: there is no line such as "00:00:01,000 --> 00:00:02,000"',
		);
	}
	return cues;
}

function spanOf(row: string): {start: number; end: number} | undefined {
	const parts = TIMING.exec(row);
	return parts === null
		? undefined
		: {start: secondsOf(parts.slice(1, 5)), end: secondsOf(parts.slice(5, 9))};
}

function secondsOf([hours, minutes, seconds, fraction]: ReadonlyArray<string | undefined>): number {
	const whole = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
	return (whole * 1000 + Number((fraction ?? '').padEnd(3, '0'))) / 1000;
}

function plainVtt(text: string): string {
	return text
		.replace(/<[^>]*>/g, '')
		.replace(/&([a-z]+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

/** SubRip has no standard; these are the tags that players know. */
function plainSrt(text: string): string {
	return text.replace(/<\/?(?:[biu]|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}/gi, '');
}
