import type {IUnicodeVersionProvider} from '@xterm/headless';

/** Ends of a cluster so far that let it take in the next character. */
const PLAIN = 0;
const JOINER = 1;
const FLAG_HALF = 2;

/**
 * Character widths as today's terminals have them. xterm's own table is of 2010 and knows no emoji; a program that
 * measures emoji rightly would be shown wrongly.
 */
export const MODERN_WIDTHS: IUnicodeVersionProvider = {
	version: 'modern',
	wcwidth,
	charProperties(codepoint, preceding) {
		const state = preceding >> 3;
		const widthBefore = ((preceding >> 1) & 3) as 0 | 1 | 2;
		const flag = isRegionalIndicator(codepoint);
		const joins =
			widthBefore > 0 &&
			(wcwidth(codepoint) === 0 ||
				state === JOINER ||
				(state === FLAG_HALF && flag) ||
				isSkinTone(codepoint));
		if (!joins) return properties(flag ? FLAG_HALF : PLAIN, wcwidth(codepoint), false);
		// The emoji selector and the second half of a flag make a narrow character wide.
		const wide = codepoint === 0xfe0f || flag;
		return properties(codepoint === 0x200d ? JOINER : PLAIN, wide ? 2 : widthBefore, true);
	},
};

function wcwidth(codepoint: number): 0 | 1 | 2 {
	return Math.min(2, Bun.stringWidth(String.fromCodePoint(codepoint))) as 0 | 1 | 2;
}

function isRegionalIndicator(codepoint: number): boolean {
	return codepoint >= 0x1f1e6 && codepoint <= 0x1f1ff;
}

function isSkinTone(codepoint: number): boolean {
	return codepoint >= 0x1f3fb && codepoint <= 0x1f3ff;
}

/** Packed as xterm reads it: state, two bits of width, one bit for "belongs to the character before". */
function properties(state: number, width: 0 | 1 | 2, joins: boolean): number {
	return (state << 3) | (width << 1) | (joins ? 1 : 0);
}
