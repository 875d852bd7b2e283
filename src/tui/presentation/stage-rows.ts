/** What is said, broken into the short lines of a stage. Pure. */
import {piecesOf} from '../../captions/kinsoku.ts';
import {measured} from '../../captions/layout.ts';
import {type Token, tokensOf} from '../../captions/tokens.ts';
import {wordsOfTranslation} from '../../captions/translations.ts';
import type {LiveView} from '../../realtime/live-view.ts';

/** A line of the stage. */
export interface StageRow {
	readonly text: string;
	/** Who begins to speak with it, where that is somebody else than before. */
	readonly speaker: string | undefined;
}

/** How wide a text is and may be, in whatever unit. */
export interface Ruler {
	readonly width: number;
	widthOf(text: string): number;
	/** Terminal columns that fit into the width for certain. */
	readonly columns: number;
}

/** Share of a line from which on it may end before it is full. */
const WELL_FILLED = 0.65;
/** What it costs at the most to break a line where it reads well. Source: captions/layout.ts */
const GOOD_BREAK = 6;

/**
 * The last lines of what is said, words that may still change among them. Each sentence begins a line. Whether
 * a word begins one is decided by the words up to it alone, so that no word moves when others come.
 *
 * @param most how many
 * @param rulerOf by which a sentence is measured
 */
export function stageRows(
	view: LiveView,
	language: string,
	most: number,
	rulerOf: (text: string) => Ruler,
): StageRow[] {
	const found: StageRow[] = [];
	const prepend = (text: string, speaker: string | undefined) => {
		const lines = brokenLines(text, language, rulerOf(text));
		found.unshift(...lines.map((line, index) => ({text: line, speaker: index === 0 ? speaker : undefined})));
	};
	// Gaps and marks are for who runs the session, not for who reads the captions.
	const lines = view.lines;
	const speechBefore = (index: number) => {
		while (index >= 0 && (lines[index]!.kind === 'gap' || lines[index]!.kind === 'mark')) index -= 1;
		return index;
	};
	const changed = (speaker: string | undefined, before: number) =>
		speaker === lines[before]?.speaker ? undefined : speaker;
	let index = speechBefore(lines.length - 1);
	const tails = view.tails;
	for (const {line, speaker, stable, unstable} of tails) {
		if (line === undefined) prepend(stable + unstable, changed(speaker, index));
	}
	while (index >= 0 && found.length < most) {
		const line = lines[index]!;
		const before = speechBefore(index - 1);
		const tail = tails.find((one) => one.line === line);
		const text = line.text + (tail === undefined ? '' : tail.space + tail.stable + tail.unstable);
		prepend(text, changed(line.speaker, before));
		index = before;
	}
	return found.slice(-most);
}

function brokenLines(text: string, language: string, ruler: Ruler): string[] {
	const sentence = {content: text, start_time: 0, end_time: 0};
	const words = wordsOfTranslation([sentence], language);
	const tokens = tokensOf(words, '', {maxColumns: Number.POSITIVE_INFINITY, language}).flatMap((token) =>
		inPieces(token, ruler),
	);
	const {breakCost} = measured(tokens);
	const lines: string[] = [];
	let line = '';
	for (const [index, {text: word, delimiter}] of tokens.entries()) {
		const longer = line === '' ? word : line + delimiter + word;
		const isGood = index > 0 && breakCost[index - 1]! <= GOOD_BREAK;
		const isFilled = isGood && ruler.widthOf(line) >= ruler.width * WELL_FILLED;
		if (line !== '' && (isFilled || ruler.widthOf(longer) > ruler.width)) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return line === '' ? lines : [...lines, line];
}

/** A word that is wider than a line. */
function inPieces(token: Token, {width, widthOf, columns}: Ruler): Token[] {
	if (widthOf(token.text) <= width) return [token];
	const pieces = piecesOf(token.text, columns);
	return pieces.map((text, index) => ({
		...token,
		text,
		delimiter: index === 0 ? token.delimiter : '',
		ends: index < pieces.length - 1 ? 'part of a word' : token.ends,
	}));
}
