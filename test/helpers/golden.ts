import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {DEFAULT_MASKS, type Mask, masked} from './masks.ts';
import {screenSvg, svgText} from './svg.ts';
import type {TestTerminal} from './terminal.ts';

const ROOT = resolve(import.meta.dir, '../..');
const SCREENS = join(ROOT, 'test/e2e/screens');
/** Where screens are put that are not as they should be, for looking at. */
const DIFFERING = join(ROOT, 'dist/screens');

/** The windows in which each screen is kept, with colour and without. */
export const GOLDEN_WINDOWS = [
	{columns: 60, rows: 20},
	{columns: 80, rows: 24},
	{columns: 140, rows: 50},
].flatMap((size) => [
	{...size, colour: true},
	{...size, colour: false},
]);

/** What a screen is kept as in one of them. */
export function goldenName(screen: string, {columns, rows, colour}: (typeof GOLDEN_WINDOWS)[number]): string {
	return `${screen}-${columns}x${rows}${colour ? '' : '-no-color'}`;
}

/** A screen that has not changed for so long is taken as finished, when it is to become the golden one. ms. */
const QUIET = 400;
/** One that never comes to rest is taken as it is after this time. ms. */
const RESTLESS = 3000;
/** How long a screen may take to become the golden one. ms. */
const PATIENCE = 5000;

export interface ScreenOptions {
	/** Stands in the window's title bar. */
	readonly title?: string;
	readonly masks?: readonly Mask[];
	/** Milliseconds. */
	readonly timeout?: number;
	/** Another folder than `test/e2e/screens`. */
	readonly folder?: string;
}

/**
 * Expects the screen to be, or within a moment to become, the one kept as `test/e2e/screens/<name>.svg`, apart from
 * what the masks cover. With UPDATE_SCREENS=1 it is kept instead, once it has come to rest.
 *
 * @throws with both screens as text
 */
export async function expectScreen(
	terminal: TestTerminal,
	name: string,
	{title = 'speechdeck', masks = DEFAULT_MASKS, timeout = PATIENCE, folder = SCREENS}: ScreenOptions = {},
): Promise<void> {
	const file = join(folder, `${name}.svg`);
	const picture = () => screenSvg(masked(terminal.cells(), masks), {title});
	if (process.env.UPDATE_SCREENS === '1') {
		const end = performance.now() + RESTLESS;
		while (performance.now() < end && (await terminal.nextFrame(QUIET)));
		write(file, picture());
		return;
	}
	if (!existsSync(file))
		throw new Error(`There is no screen "${name}" yet: run the test with UPDATE_SCREENS=1.`);
	const golden = readFileSync(file, 'utf8');
	await terminal.waitFor(() => picture() === golden, {timeout}).catch(() => {});
	const actual = picture();
	if (actual === golden) return;
	const differing = join(DIFFERING, `${name}.svg`);
	write(differing, actual);
	throw new Error(difference(name, svgText(golden), svgText(actual), differing));
}

function write(file: string, content: string): void {
	mkdirSync(dirname(file), {recursive: true});
	writeFileSync(file, content);
}

function difference(name: string, expected: string, actual: string, file: string): string {
	const others = expected.split('\n');
	const rows = actual.split('\n');
	const count = Math.max(rows.length, others.length);
	const differing = Array.from({length: count}, (_, row) => row).filter((row) => rows[row] !== others[row]);
	const where =
		differing.length === 0
			? 'Its text is the same; colours, styles or the size differ.'
			: `Rows that differ: ${differing.map((row) => row + 1).join(', ')}.`;
	const marked = (lines: readonly string[]) =>
		lines.map((line, row) => `${differing.includes(row) ? '>' : ' '} ${line}`).join('\n');
	return [
		`The screen "${name}" is not as expected. ${where}`,
		`It is in ${file}; if it is right, run the test with UPDATE_SCREENS=1.`,
		`── expected ──\n${marked(others)}`,
		`── actual ──\n${marked(rows)}`,
	].join('\n');
}
