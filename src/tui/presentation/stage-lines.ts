/** Captions for a room's screen: the last two lines of what is said, as large as the window allows, and nothing else. */
import {widthOf} from '../../platform/width.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {BodySize, Screen} from '../screens/screen.ts';
import type {Look} from '../theme/look.tsx';
import type {SpanStyle} from '../theme/styles.ts';
import {clipLine, EMPTY, filled, type Line, lineWidth, span, spread} from './line.ts';
import {STATE_WORDS} from './realtime-status.ts';
import {drawable, type StageFont, stageFonts} from './stage-font.ts';
import {type Ruler, type StageRow, stageRows} from './stage-rows.ts';

export interface StageModel {
	readonly view: LiveView;
	/** Of the session, such as `en`: lines are not broken behind its small words. */
	readonly language: string;
	/** Whether the app runs without a service. */
	readonly demo: boolean;
}

const LINES = 2;
/** Characters a line has to hold: enough for three words. */
const WANTED = 16;
/** With fewer than so many in the smallest letters, plain text reads better. */
const LEAST = 13;
/** Columns left free on each side. */
const MARGIN = 2;
/** Columns of a line in plain text. Source: captions/rules.ts, the Netflix guide. */
const PLAIN_COLUMNS = 42;
/** Columns of a letter on average, by those of most letters: there are narrow ones, and blanks. Measured on English. */
const AVERAGE = 0.88;
/** Rows for what stands in the corners. */
const CORNERS = 1;
/** Above each line, for who begins to speak there. */
const NAME = 1;
const TEXT: SpanStyle = 'stage';

/** @param size of the whole window */
export function stageScreen(model: StageModel, size: BodySize, {glyphs, screenReader}: Look): Screen {
	const {rows, columns} = size;
	const {view, language} = model;
	const font = screenReader ? undefined : fontFor(size);
	const large: Ruler | undefined = font && rulerOf(font, columns - 2 * MARGIN);
	const plain = plainRuler(columns);
	const said = stageRows(view, language, LINES, (text) =>
		large === undefined || drawable(text) === undefined ? plain : large,
	);
	const lines = Array.from({length: LINES}, (_, place): Line[] => {
		const row = said[place - LINES + said.length];
		return lineRows(row, font, plain.width, columns, glyphs.ascii);
	});
	const above = Math.max(0, Math.floor((rows - CORNERS - lines.flat().length) / 2));
	const body = [corners(model, columns), ...Array.from({length: above}, () => EMPTY), ...lines.flat()];
	return {body: filled(body, rows), status: EMPTY};
}

/** The largest letters of which enough stand in a line and two lines in the window. */
function fontFor({rows, columns}: BodySize): StageFont | undefined {
	const room = columns - 2 * MARGIN;
	const fitting = stageFonts().filter((font) => CORNERS + LINES * (font.rows + NAME) <= rows);
	const holds = (font: StageFont) => room / (font.letterColumns * AVERAGE);
	const smallest = fitting.at(-1);
	return (
		fitting.find((font) => holds(font) >= WANTED) ??
		(smallest && holds(smallest) >= LEAST ? smallest : undefined)
	);
}

function rulerOf(font: StageFont, width: number): Ruler {
	return {
		width,
		widthOf: (text) => font.widthOf(drawable(text) ?? text),
		columns: Math.max(1, Math.floor(width / (font.letterColumns + 1))),
	};
}

function plainRuler(columns: number): Ruler {
	const width = Math.min(PLAIN_COLUMNS, columns - 2 * MARGIN);
	// Wide characters stand apart by a blank.
	return {width, widthOf: (text) => widthOf(spaced(text)), columns: Math.floor((width * 2) / 3)};
}

/** The rows of one line, as many whether there is one or not. */
function lineRows(
	row: StageRow | undefined,
	font: StageFont | undefined,
	plainColumns: number,
	columns: number,
	ascii: boolean,
): Line[] {
	const height = font?.rows ?? 2;
	if (row === undefined) return Array.from({length: height + NAME}, () => EMPTY);
	const {text, speaker} = row;
	const letters = font && drawable(text);
	const indent = letters === undefined ? Math.max(MARGIN, Math.floor((columns - plainColumns) / 2)) : MARGIN;
	const indented = (line: Line) => clipLine([span(' '.repeat(indent)), ...line], columns);
	const name = speaker === undefined ? EMPTY : indented([span(speaker, `speaker:${speaker}`)]);
	const drawn =
		letters === undefined
			? inTheMiddle([span(spaced(text), TEXT)], height)
			: font!.drawn(letters, ascii).map((line): Line => [span(line.trimEnd(), TEXT)]);
	return [name, ...drawn.map((line) => (line === EMPTY ? EMPTY : indented(line)))];
}

function inTheMiddle(line: Line, rows: number): Line[] {
	return Array.from({length: rows}, (_, row) => (row === Math.floor((rows - 1) / 2) ? line : EMPTY));
}

/** Ideographs are dense, and read from afar only where they stand apart. */
function spaced(text: string): string {
	return text.replace(/(\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})(?=\S)/gu, '$1 ');
}

/** What must not be hidden: that nobody hears anything, and that nobody said it. */
function corners({view, demo}: StageModel, columns: number): Line {
	const mark = view.simulated ? 'SIMULATED' : demo ? 'DEMO' : '';
	const right = mark === '' ? [] : [span(`${mark} `, 'warn')];
	const left = clipLine([span(` ${trouble(view)}`, 'warn')], columns - lineWidth(right) - 1);
	return spread(left, right, columns);
}

function trouble({isRunning, state, microphone, muted, paused, lines, endReason, problem}: LiveView): string {
	if (!isRunning && endReason === 'failed' && problem !== undefined) return problem;
	if (!isRunning) return lines.length === 0 ? 'Space starts, Esc leaves' : STATE_WORDS.ended;
	if (paused || muted) return paused ? 'paused' : 'muted';
	if (microphone === 'lost') return 'no microphone';
	return state === 'listening' || state === 'rolling over' ? '' : STATE_WORDS[state!];
}
