/** Whether a terminal is dark or light: what its environment tells, and what it says itself. */
import {osc} from './control-sequences.ts';

export type Scheme = 'dark' | 'light';

/** Asks for the background's colour. Whether and when there is an answer, nobody knows. */
export const ASK_BACKGROUND = osc(11, '?');

/**
 * What COLORFGBG says, such as `15;0` (rxvt, Konsole and others set it).
 *
 * @returns `undefined` where it says nothing
 */
export function schemeOfEnvironment({
	COLORFGBG,
}: Readonly<Record<string, string | undefined>>): Scheme | undefined {
	const background = /;(\d{1,2})$/.exec(COLORFGBG ?? '')?.[1];
	if (background === undefined || Number(background) > 15) return undefined;
	// Of the 16 colours white, light grey and the bright ones but the first (a dark grey) are light.
	return Number(background) >= 7 && background !== '8' ? 'light' : 'dark';
}

/**
 * What a terminal's answer says: `11;rgb:ffff/ffff/ffff` on being asked for its background, or `?997;2n` when it has
 * changed (mode 2031).
 *
 * @returns `undefined` where the answer is about something else
 */
export function schemeOfReply(reply: string): Scheme | undefined {
	if (reply === '?997;1n') return 'dark';
	if (reply === '?997;2n') return 'light';
	const [, ...channels] =
		/^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(reply) ?? [];
	if (channels.length !== 3) return undefined;
	const [red, green, blue] = channels.map((text) => Number.parseInt(text, 16) / (16 ** text.length - 1));
	// How bright the eye takes it for. Source: ITU-R BT.709.
	return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.5 ? 'light' : 'dark';
}
