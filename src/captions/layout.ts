/** How tokens stand in lines: where a line may end, and which of the ways to break them reads best. */
import {phraseBreak} from './phrases.ts';
import type {CaptionRules} from './rules.ts';
import type {Token} from './tokens.ts';
import {columnsOf} from './width.ts';

/**
 * How badly a break after a token reads. Only their relations count; they were set by reading captions against the style
 * guides' examples.
 */
const BREAK_COST = {
	sentence: 0,
	clause: 1.5,
	good: 6,
	plain: 10,
	bad: 18,
	entity: 20,
	insideWord: 60,
} as const;
/** What a line costs that is as much shorter or longer than the others as a line can be. */
const IMBALANCE_COST = 10;
/** A first line that is longer than the others reads a little worse than a last one that is. */
const TOP_HEAVY = 1.3;
/** What a line of a single word costs. */
const ORPHAN_COST = 8;
/** Milliseconds of silence at which a break is as good as it sounds. */
const AUDIBLE_PAUSE = 250;
const AUDIBLE_PAUSE_FACTOR = 0.6;
/** Keeps the keys of `Tails` apart. */
const MOST_LINES = 16;

/** Tokens with what is measured of them once: the sums that make any line's width a subtraction. */
export interface MeasuredTokens {
	readonly tokens: readonly Token[];
	/** Columns from the first token to before each one, were all of them in one line. */
	readonly offset: Float64Array;
	/** Columns that the delimiter before each token takes. */
	readonly delimiterColumns: Float64Array;
	/** How badly a break after each token reads. */
	readonly breakCost: Float64Array;
	/** Sentences that ended before each token. */
	readonly sentences: Uint32Array;
	/** Milliseconds that all before each token took to say. */
	readonly spoken: Float64Array;
}

export function measured(tokens: readonly Token[]): MeasuredTokens {
	const offset = new Float64Array(tokens.length + 1);
	const delimiterColumns = new Float64Array(tokens.length);
	const breakCost = new Float64Array(tokens.length);
	const sentences = new Uint32Array(tokens.length + 1);
	const spoken = new Float64Array(tokens.length + 1);
	for (const [index, token] of tokens.entries()) {
		delimiterColumns[index] = columnsOf(token.delimiter);
		offset[index + 1] = offset[index]! + delimiterColumns[index]! + columnsOf(token.text);
		const next = tokens[index + 1];
		breakCost[index] = next === undefined ? 0 : costOfBreak(token, next);
		sentences[index + 1] = sentences[index]! + (token.ends === 'sentence' ? 1 : 0);
		spoken[index + 1] = spoken[index]! + token.end - token.start;
	}
	return {tokens, offset, delimiterColumns, breakCost, sentences, spoken};
}

/** Columns of the line from one token to before another. */
export function lineColumns({offset, delimiterColumns}: MeasuredTokens, from: number, to: number): number {
	return offset[to]! - offset[from]! - delimiterColumns[from]!;
}

export interface Layout {
	readonly cost: number;
	/** The index of the token that begins each line but the first. */
	readonly breaks: readonly number[];
}

const SINGLE_LINE: Layout = {cost: 0, breaks: []};

/** Layouts of the ends of cues that end at the same token, by the token they begin with and their number of lines. */
export type Tails = Map<number, Layout | undefined>;

/**
 * The best of the ways to write tokens in as few lines as they fit; `undefined` where they do not.
 *
 * @param tails what is known of cues with the same end; more is added
 */
export function bestLayout(
	all: MeasuredTokens,
	from: number,
	to: number,
	{maxColumns, maxLines}: Pick<CaptionRules, 'maxColumns' | 'maxLines'>,
	tails: Tails,
): Layout | undefined {
	// Breaks only ever take delimiters away.
	const fewest = Math.max(1, Math.ceil((lineColumns(all, from, to) + 1) / (maxColumns + 1)));
	for (let lines = fewest; lines <= maxLines; lines++) {
		const layout = inLines(all, from, to, lines, maxColumns, tails);
		if (layout !== undefined) return layout;
	}
	return undefined;
}

/** The lines as text. */
export function linesOf({tokens}: MeasuredTokens, from: number, to: number, {breaks}: Layout): string[] {
	const ends = [...breaks, to];
	return ends.map((end, index) =>
		tokens
			.slice(index === 0 ? from : ends[index - 1], end)
			.map(({text, delimiter}, place) => (place === 0 ? text : delimiter + text))
			.join(''),
	);
}

function inLines(
	all: MeasuredTokens,
	from: number,
	to: number,
	lines: number,
	maxColumns: number,
	tails: Tails,
): Layout | undefined {
	const columns = lineColumns(all, from, to);
	if (lines === 1) return columns > maxColumns ? undefined : SINGLE_LINE;
	const mean = columns / lines;
	const room = (lines - 1) * (maxColumns + 1);
	let best: Layout | undefined;
	for (let end = to - lines + 1; end > from; end--) {
		const first = lineColumns(all, from, end);
		if (first > maxColumns) continue;
		const others = lineColumns(all, end, to);
		if (others > room) break;
		const imbalance = (2 * Math.abs(first - mean)) / maxColumns;
		const breakCost = all.breakCost[end - 1]!;
		let cost = breakCost + imbalance * IMBALANCE_COST * (first > mean ? TOP_HEAVY : 1);
		const isOrphan = (length: number, width: number) => length === 1 && width * 4 < maxColumns;
		if (isOrphan(end - from, first) && breakCost > 0) cost += ORPHAN_COST;
		if (isOrphan(to - end, others)) cost += ORPHAN_COST;
		if (best !== undefined && cost >= best.cost) continue;
		const rest = lines === 2 ? inLines(all, end, to, 1, maxColumns, tails) : tail(end);
		if (rest === undefined || (best !== undefined && cost + rest.cost >= best.cost)) continue;
		best = {cost: cost + rest.cost, breaks: [end, ...rest.breaks]};
	}
	return best;

	function tail(end: number): Layout | undefined {
		const key = end * MOST_LINES + lines;
		if (!tails.has(key)) tails.set(key, inLines(all, end, to, lines - 1, maxColumns, tails));
		return tails.get(key);
	}
}

function costOfBreak(token: Token, next: Token): number {
	const cost = costByText(token, next);
	return next.start - token.end >= AUDIBLE_PAUSE ? cost * AUDIBLE_PAUSE_FACTOR : cost;
}

function costByText(token: Token, next: Token): number {
	switch (token.ends) {
		case 'sentence':
			return BREAK_COST.sentence;
		case 'clause':
			return BREAK_COST.clause;
		case 'part of a word':
			return BREAK_COST.insideWord;
		case 'part of an entity':
			return BREAK_COST.entity;
		case 'word':
			return BREAK_COST[phraseBreak(token.text, next.text, token.language)];
	}
}
