/**
 * Frames, rules and bars, drawn instead of written: fonts leave gaps between rows, and few have all the eighths.
 * Coordinates are those of a cell, its top left corner being 0 0.
 */
export const CELL_WIDTH = 9;
export const CELL_HEIGHT = 20;

/** Half a pixel, so that a line one pixel wide is sharp. */
const MIDDLE_X = 4.5;
const MIDDLE_Y = 10.5;
const RADIUS = 4;
/** Where blocks stand in their cell. */
export interface BlockPlace {
	readonly top: number;
	readonly height: number;
}

/** A little room above and below, so that the bars of a table do not flow into a wall. */
export const BARS: BlockPlace = {top: 3, height: 14};
/** All of the cell: large letters are made of several. */
export const LETTERS: BlockPlace = {top: 0, height: CELL_HEIGHT};

/** Arms to the top, right, bottom and left: 0 none, 1 light, 2 heavy. */
const LINES: Readonly<Record<string, string>> = {
	...{'─': '0101', '│': '1010', '┌': '0110', '┐': '0011', '└': '1100', '┘': '1001'},
	...{'├': '1110', '┤': '1011', '┬': '0111', '┴': '1101', '┼': '1111'},
	...{'╵': '1000', '╶': '0100', '╷': '0010', '╴': '0001'},
	...{'━': '0202', '┃': '2020', '┏': '0220', '┓': '0022', '┗': '2200', '┛': '2002'},
	...{'┣': '2220', '┫': '2022', '┳': '0222', '┻': '2202', '╋': '2222'},
	...{'╹': '2000', '╺': '0200', '╻': '0020', '╸': '0002', '╼': '0201', '╾': '0102'},
};

/** Signs of the directions in which a rounded corner goes: right or left, down or up. */
const CORNERS: Readonly<Record<string, readonly [number, number]>> = {
	'╭': [1, 1],
	'╮': [-1, 1],
	'╰': [1, -1],
	'╯': [-1, -1],
};

const SHADES: Readonly<Record<string, number>> = {'░': 0.22, '▒': 0.45, '▓': 0.7};

export interface Shape {
	readonly d: string;
	/** Line width; 0 for an area that is filled. */
	readonly stroke: number;
	readonly opacity: number;
}

/**
 * The shapes of `count` equal characters side by side, the first at the column `column`.
 *
 * @returns undefined when the character is one to be written
 */
export function shapesOf(
	character: string,
	column: number,
	count = 1,
	blocks: BlockPlace = BARS,
): Shape[] | undefined {
	const x = column * CELL_WIDTH;
	const arms = LINES[character];
	if (arms !== undefined) return lines(arms, x, count);
	const corner = CORNERS[character];
	if (corner !== undefined) return [{d: rounded(x, ...corner), stroke: 1, opacity: 1}];
	const area = areaOf(character, blocks);
	if (area === undefined) return undefined;
	const {left, top, width, height} = area;
	const whole = width === CELL_WIDTH;
	const d = Array.from({length: whole ? 1 : count}, (_, index) => {
		const across = whole ? count * CELL_WIDTH : width;
		return `M${x + index * CELL_WIDTH + left} ${top}h${across}v${height}h${-across}z`;
	}).join('');
	return [{d, stroke: 0, opacity: SHADES[character] ?? 1}];
}

function lines(arms: string, x: number, count: number): Shape[] {
	if (/^0(.)0\1$/.test(arms))
		return [{d: `M${x} ${MIDDLE_Y}h${count * CELL_WIDTH}`, stroke: Number(arms[1]), opacity: 1}];
	return [1, 2].flatMap((weight) => {
		const [top, right, bottom, left] = [...arms].map((arm) => Number(arm) === weight);
		const parts = Array.from({length: count}, (_, index) => {
			const middle = x + index * CELL_WIDTH + MIDDLE_X;
			return [
				stretch('V', middle, MIDDLE_Y, top ? 0 : MIDDLE_Y, bottom ? CELL_HEIGHT : MIDDLE_Y),
				stretch('H', middle, MIDDLE_Y, left ? middle - MIDDLE_X : middle, right ? middle + MIDDLE_X : middle),
			].join('');
		});
		const d = parts.join('');
		return d === '' ? [] : [{d, stroke: weight, opacity: 1}];
	});
}

function stretch(command: 'H' | 'V', x: number, y: number, from: number, to: number): string {
	if (from === to) return '';
	return command === 'V' ? `M${x} ${from}V${to}` : `M${from} ${y}H${to}`;
}

function rounded(x: number, right: number, down: number): string {
	const edgeX = x + (right > 0 ? CELL_WIDTH : 0);
	const edgeY = down > 0 ? CELL_HEIGHT : 0;
	const sweep = right === down ? 0 : 1;
	const bend = `a${RADIUS} ${RADIUS} 0 0 ${sweep} ${-right * RADIUS} ${down * RADIUS}`;
	return `M${edgeX} ${MIDDLE_Y}H${x + MIDDLE_X + right * RADIUS}${bend}V${edgeY}`;
}

/** The part of a cell that a block element fills. */
function areaOf(
	character: string,
	blocks: BlockPlace,
): {left: number; top: number; width: number; height: number} | undefined {
	const code = character.codePointAt(0) ?? 0;
	const full = {left: 0, top: blocks.top, width: CELL_WIDTH, height: blocks.height};
	if (SHADES[character] !== undefined) return full;
	if (character === '▀') return {...full, height: blocks.height / 2};
	if (character === '▐') return {...full, left: CELL_WIDTH / 2, width: CELL_WIDTH / 2};
	if (code >= 0x2581 && code <= 0x2588) {
		const height = ((code - 0x2580) * blocks.height) / 8;
		return {...full, top: blocks.top + blocks.height - height, height};
	}
	if (code >= 0x2589 && code <= 0x258f) return {...full, width: ((0x2590 - code) * CELL_WIDTH) / 8};
	return undefined;
}
