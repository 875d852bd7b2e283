import {type Cell, rowText, type Style} from './cells.ts';
import {BACKGROUND, FOREGROUND, paintOf} from './svg-colors.ts';
import {BARS, type BlockPlace, CELL_HEIGHT, CELL_WIDTH, LETTERS, shapesOf} from './svg-shapes.ts';

const FONT_SIZE = 15;
/** From the top of a row to the line its letters stand on. */
const BASELINE = 15;
const PADDING = 18;
const TITLE_BAR = 38;
const FONTS =
	"ui-monospace, 'SF Mono', Menlo, 'Cascadia Mono', 'DejaVu Sans Mono', 'Noto Sans Mono', Consolas, monospace";
const BUTTONS = ['#ec6a5e', '#f4bf4f', '#61c554'];

/** Characters of which every monospaced font has one as wide as the others; the rest is fitted one by one. */
const STEADY = /^[\x20-\x7e\xa1-\xff]+$/;

interface Run {
	readonly column: number;
	readonly style: Style;
	text: string;
	columns: number;
}

/**
 * A picture of a terminal window, the same bytes for the same cells. Its description is the screen as text; see
 * {@link svgText}.
 */
export function screenSvg(cells: readonly (readonly Cell[])[], {title = ''} = {}): string {
	const width = (cells[0]?.length ?? 0) * CELL_WIDTH + 2 * PADDING;
	const height = TITLE_BAR + cells.length * CELL_HEIGHT + PADDING;
	const buttons = BUTTONS.map(
		(fill, index) => `<circle cx="${22 + index * 20}" cy="20" r="6" fill="${fill}"/>`,
	);
	const caption = `<text x="${width / 2}" y="25" text-anchor="middle" font-size="13" fill="#8a92a0">${escaped(title)}</text>`;
	// Half blocks are for large letters alone.
	const blocks = cells.some((row) => row.some(({character}) => character === '▀')) ? LETTERS : BARS;
	const rows = cells.map((row, index) => drawRow(row, index, blocks)).filter((row) => row !== '');
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONTS}" font-size="${FONT_SIZE}">
<title>${escaped(title || 'A terminal')}</title>
<desc>
${escaped(cells.map(rowText).join('\n').trimEnd())}
</desc>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="${BACKGROUND}" stroke="#3a404c"/>
${buttons.join('')}
${title === '' ? '' : `${caption}\n`}<g transform="translate(${PADDING} ${TITLE_BAR})" fill="${FOREGROUND}" xml:space="preserve" style="white-space:pre">
${rows.join('\n')}
</g>
</svg>
`;
}

/** The screen that a picture of {@link screenSvg} shows, as text. */
export function svgText(svg: string): string {
	const text = /<desc>\n([\s\S]*?)\n<\/desc>/.exec(svg)?.[1] ?? '';
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function drawRow(row: readonly Cell[], index: number, blocks: BlockPlace): string {
	const content = backgrounds(row) + shapes(row, blocks) + texts(row);
	if (content === '') return '';
	return `<g transform="translate(0 ${index * CELL_HEIGHT})">${content}</g>`;
}

function backgrounds(row: readonly Cell[]): string {
	return groups(row, (cell) => paintOf(cell).background)
		.map(({key, column, count}) => rectangle(column, count, key))
		.join('');
}

function rectangle(column: number, count: number, fill: string): string {
	const place = column === 0 ? '' : ` x="${column * CELL_WIDTH}"`;
	return `<rect${place} width="${count * CELL_WIDTH}" height="${CELL_HEIGHT}" fill="${fill}"/>`;
}

function shapes(row: readonly Cell[], blocks: BlockPlace): string {
	// What looks alike is one path, whatever lies between.
	const paths = new Map<string, string>();
	const look = (cell: Cell) =>
		shapesOf(cell.character, 0) && `${cell.character}${paintOf(cell).fill}${cell.bold && ' '}`;
	for (const {column, count} of groups(row, look)) {
		const cell = row[column]!;
		const {fill} = paintOf(cell);
		for (const {d, stroke, opacity} of shapesOf(cell.character, column, count, blocks) ?? []) {
			const width = stroke * (cell.bold ? 1.5 : 1);
			const color = stroke === 0 ? ` fill="${fill}"` : ` fill="none" stroke="${fill}"`;
			const attributes = `${color}${width > 1 ? ` stroke-width="${width}"` : ''}${opacity < 1 ? ` opacity="${opacity}"` : ''}`;
			paths.set(attributes, (paths.get(attributes) ?? '') + d);
		}
	}
	return [...paths].map(([attributes, d]) => `<path${attributes} d="${d}"/>`).join('');
}

/** Neighbours with the same key; those without a key are left out. */
function groups(
	row: readonly Cell[],
	keyOf: (cell: Cell) => string | undefined,
): Array<{key: string; column: number; count: number}> {
	const found: Array<{key: string; column: number; count: number}> = [];
	row.forEach((cell, column) => {
		const key = keyOf(cell);
		const last = found.at(-1);
		if (key === undefined) return;
		if (last?.key === key && last.column + last.count === column) last.count += 1;
		else found.push({key, column, count: 1});
	});
	return found;
}

function texts(row: readonly Cell[]): string {
	return textRuns(row).map(drawText).join('');
}

/** Text in pieces of one style. Of blanks only single ones within a piece are kept, and decorated ones. */
function textRuns(row: readonly Cell[]): Run[] {
	const runs: Run[] = [];
	let open: Run | undefined;
	row.forEach((cell, column) => {
		if (cell.width === 0) return;
		const {character} = cell;
		const steady = STEADY.test(character);
		const continues = open !== undefined && steady && sameStyle(open.style, cell);
		const blank = character === ' ' && !decorated(cell);
		if (blank && !(continues && row[column + 1]?.character.trim())) open = undefined;
		else if (shapesOf(character, 0) !== undefined) open = undefined;
		else if (open && continues) {
			open.text += character;
			open.columns += 1;
		} else {
			const run = {column, style: cell, text: character, columns: cell.width};
			runs.push(run);
			open = steady ? run : undefined;
		}
	});
	return runs.map((run) => {
		if (decorated(run.style)) return run;
		const text = run.text.trimEnd();
		return {...run, text, columns: run.columns - (run.text.length - text.length)};
	});
}

function drawText({column, style, text, columns}: Run): string {
	const {fill} = paintOf(style);
	const decorations = [style.underline && 'underline', style.strikethrough && 'line-through'].filter(Boolean);
	const attributes = [
		`x="${column * CELL_WIDTH}" y="${BASELINE}" textLength="${columns * CELL_WIDTH}" lengthAdjust="spacingAndGlyphs"`,
		fill !== FOREGROUND && `fill="${fill}"`,
		style.bold && 'font-weight="700"',
		style.italic && 'font-style="italic"',
		decorations.length > 0 && `text-decoration="${decorations.join(' ')}"`,
	].filter(Boolean);
	return `<text ${attributes.join(' ')}>${escaped(text)}</text>`;
}

function decorated({underline, strikethrough}: Style): boolean {
	return underline || strikethrough;
}

function sameStyle(one: Style, other: Style): boolean {
	return (
		paintOf(one).fill === paintOf(other).fill &&
		one.bold === other.bold &&
		one.italic === other.italic &&
		one.underline === other.underline &&
		one.strikethrough === other.strikethrough
	);
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
