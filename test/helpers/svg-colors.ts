import type {Color, Style} from './cells.ts';

export const BACKGROUND = '#15181e';
export const FOREGROUND = '#d5d9e0';

/** Black, red, green, yellow, blue, magenta, cyan, white; then the bright ones. */
const PALETTE = [
	...['#4b5260', '#f0717b', '#8ccf8f', '#e9c46a', '#6ea8fe', '#c79bf2', '#5fcfcf', '#d5d9e0'],
	...['#7b8494', '#ff939b', '#aae6ad', '#ffdd8a', '#97c2ff', '#dcbcff', '#8ae8e6', '#ffffff'],
];

/** The brightness levels of the 6×6×6 cube that follows the sixteen. */
const CUBE_LEVELS = [0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff];

/** How much of a dim text's colour is left; the rest is background. */
const DIM = 0.58;

/** The colours a cell is painted with: no background means the window's. */
export interface Paint {
	readonly fill: string;
	readonly background: string | undefined;
}

export function paintOf({fg, bg, inverse, dim}: Style): Paint {
	const front = hex(fg) ?? FOREGROUND;
	const back = hex(bg);
	const fill = inverse ? (back ?? BACKGROUND) : front;
	const background = inverse ? front : back;
	return {fill: dim ? mix(fill, background ?? BACKGROUND, DIM) : fill, background};
}

function hex(color: Color): string | undefined {
	if (typeof color !== 'number') return color;
	if (color < 16) return PALETTE[color];
	if (color >= 232) return rgb([8, 8, 8].map((base) => base + (color - 232) * 10));
	const index = color - 16;
	return rgb(
		[Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => CUBE_LEVELS[step]!),
	);
}

function mix(color: string, other: string, share: number): string {
	const others = channels(other);
	return rgb(
		channels(color).map((value, index) => Math.round(value * share + (others[index] ?? 0) * (1 - share))),
	);
}

function channels(color: string): number[] {
	return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function rgb(values: readonly number[]): string {
	return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
