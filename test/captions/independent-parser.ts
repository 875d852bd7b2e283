import {parseText, tokenizeVTTCue} from 'media-captions';

type VttToken = ReturnType<typeof tokenizeVTTCue>[number];

/**
 * Cues of a caption file as a player's parser reads them, with the voices of WebVTT.
 *
 * @throws what the parser finds wrong: it is strict
 */
export async function readIndependently(text: string, type: 'srt' | 'vtt') {
	const {cues, errors} = await parseText(text, {type, strict: true, errors: true});
	if (errors.length > 0) throw errors[0];
	return cues.map((cue) => {
		const tokens = type === 'vtt' ? tokenizeVTTCue(cue) : [];
		return {
			start: milliseconds(cue.startTime),
			end: milliseconds(cue.endTime),
			text: type === 'vtt' ? tokens.map(textOf).join('') : cue.text,
			voices: tokens.flatMap((token) => (token.type === 'v' ? [token.voice] : [])),
		};
	});
}

const textOf = (token: VttToken): string =>
	token.type === 'text' ? token.data : token.children.map(textOf).join('');

/** It adds up what we write, with the errors of floating point. */
const milliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
