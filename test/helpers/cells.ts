import type {Terminal} from '@xterm/headless';

/** A number of the 256-colour palette, `#rrggbb`, or undefined for the terminal's own colour. */
export type Color = number | string | undefined;

export interface Style {
	readonly fg: Color;
	readonly bg: Color;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly inverse: boolean;
	readonly strikethrough: boolean;
}

export interface Cell extends Style {
	/** What is seen here: a blank is one space, the second half of a wide character is empty. */
	readonly character: string;
	/** Columns: 1, 2 for a wide character, 0 for its second half. */
	readonly width: number;
}

/** The text of a row, without the blanks at its end. */
export function rowText(row: readonly Cell[]): string {
	return row
		.map(({character}) => character)
		.join('')
		.trimEnd();
}

/** What a terminal shows, row by row. */
export function readCells(terminal: Terminal): Cell[][] {
	const {active} = terminal.buffer;
	const cell = active.getNullCell();
	return Array.from({length: terminal.rows}, (_, y) => {
		const line = active.getLine(active.baseY + y);
		return Array.from({length: terminal.cols}, (_, x) => {
			line?.getCell(x, cell);
			const width = cell.getWidth();
			return {
				character: cell.isInvisible() || (width > 0 && cell.getChars() === '') ? ' ' : cell.getChars(),
				width,
				fg: color(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
				bg: color(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
				bold: cell.isBold() !== 0,
				dim: cell.isDim() !== 0,
				italic: cell.isItalic() !== 0,
				underline: cell.isUnderline() !== 0,
				inverse: cell.isInverse() !== 0,
				strikethrough: cell.isStrikethrough() !== 0,
			};
		});
	});
}

function color(isDefault: boolean, isRgb: boolean, value: number): Color {
	if (isDefault) return undefined;
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}
