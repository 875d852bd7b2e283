import {timecode} from './clock.ts';
import type {Cue} from './cues.ts';

/** What stands for a speaker nobody knows; he or she gets no voice of that name. */
const UNKNOWN_SPEAKER = 'UU';

/**
 * WebVTT text of cues, with the speakers as voices.
 *
 * @param note a remark for whoever opens the file; players do not show it
 */
export function vttText(cues: readonly Cue[], note?: string): string {
	const head = note === undefined ? 'WEBVTT\n' : `WEBVTT\n\nNOTE ${escaped(note)}\n`;
	return [
		head,
		...cues.map((cue) => `${timecode(cue.start, '.')} --> ${timecode(cue.end, '.')}\n${voices(cue)}\n`),
	].join('\n');
}

function voices({lines, speakers = []}: Cue): string {
	return lines
		.map((line, index) => {
			const speaker = speakers[index];
			if (speaker === undefined || speaker === UNKNOWN_SPEAKER || speaker.trim() === '') return escaped(line);
			const begins = index === 0 || speakers[index - 1] !== speaker;
			const ends = index === lines.length - 1 || speakers[index + 1] !== speaker;
			return (begins ? `<v ${escaped(speaker)}>` : '') + escaped(line) + (ends ? '</v>' : '');
		})
		.join('\n');
}

/** Source: WebVTT, "cue text span": `&` and `<` begin something else, and `-->` would end the cue. */
function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
