/**
 * Which tokens share a cue: the cheapest way to cut the whole stream, by dynamic programming. A cue holds a bounded number
 * of tokens, so the work grows with the length of the stream and not faster.
 */
import {
	bestLayout,
	type Layout,
	lineColumns,
	linesOf,
	type MeasuredTokens,
	measured,
	type Tails,
} from './layout.ts';
import type {CaptionRules} from './rules.ts';
import type {Token} from './tokens.ts';
import {readingLength} from './width.ts';

/** The text of a cue, and when it is spoken. */
export interface Segment {
	/** Milliseconds of the speech. */
	readonly start: number;
	readonly end: number;
	readonly lines: readonly string[];
	/** Who speaks each line. */
	readonly speakers: ReadonlyArray<string | undefined>;
	/** Whether its first token begins, and its last one ends, a sentence or what one speaker says. */
	readonly begins: boolean;
	readonly ends: boolean;
}

/** What a cue costs in any case: fewer are better. */
const CUE_COST = 10;
/** A cue's end reads worse than a line's: what follows is gone from sight. */
const CUE_BREAK_FACTOR = 4;
/** More than a cue costs, so that a sentence has one of its own, unless it would be too short to read. */
const SENTENCE_INSIDE_COST = 14;
/** Short sentences rather keep each other company than a long one. */
const FURTHER_SENTENCE_COST = 9;
/** What it costs to show a piece of a sentence beside another sentence. */
const MIXED_COST = 30;
/** What it costs to have no time at all to be read. */
const UNREADABLE_COST = 30;
const SHORT_COST = 24;
/** Seconds a cue should stand even where the rules want less. Source: the least of the Netflix guide. */
const COMFORTABLE = 5 / 6;
/** What a second of silence inside a cue costs. */
const PAUSE_COST = 8;
const SCRAP_COST = 30;
/** Columns of text that are a scrap where they are no sentence. */
const SCRAP_COLUMNS = 12;
/** Tokens of no width, such as a lone combining mark, must not make a cue endless. */
const MOST_TOKENS = 256;

/** Cuts tokens into the texts of cues. */
export function segmentsOf(tokens: readonly Token[], rules: CaptionRules): Segment[] {
	const all = measured(tokens);
	const segments: Segment[] = [];
	let from = 0;
	for (let to = 1; to <= tokens.length; to++) {
		if (to < tokens.length && !mustBreak(tokens[to - 1]!, tokens[to]!, rules)) continue;
		for (const cue of cheapestCut(all, from, to, rules)) segments.push(segmentOf(all, cue, from, to));
		from = to;
	}
	return segments;
}

function mustBreak(token: Token, next: Token, {longestPause}: CaptionRules): boolean {
	return token.speaker !== next.speaker || next.start - token.end > longestPause * 1000;
}

interface Cut {
	readonly from: number;
	readonly to: number;
	readonly layout: Layout;
}

function cheapestCut(all: MeasuredTokens, first: number, last: number, rules: CaptionRules): Cut[] {
	const total = new Float64Array(last - first + 1).fill(Number.POSITIVE_INFINITY);
	const cuts: Cut[] = [];
	total[0] = 0;
	const lengths = readingLengths(all, first, last, rules);
	for (let to = first + 1; to <= last; to++) {
		const tails: Tails = new Map();
		for (let from = to - 1; from >= Math.max(first, to - MOST_TOKENS); from--) {
			const alone = to - from === 1;
			if (!alone && isTooLarge(all, from, to, rules)) break;
			const before = total[from - first]!;
			const length = lengths[to - first]! - lengths[from - first]!;
			const bare = before + costOfCue(all, from, to, {first, last, length}, rules);
			// Most candidates are too dear already before their lines are looked at, which costs the most time.
			if (bare >= total[to - first]!) continue;
			const layout = bestLayout(all, from, to, rules, tails) ?? (alone ? {cost: 0, breaks: []} : undefined);
			if (layout === undefined || bare + layout.cost >= total[to - first]!) continue;
			total[to - first] = bare + layout.cost;
			cuts[to - first] = {from, to, layout};
		}
	}
	const chosen: Cut[] = [];
	for (let to = last; to > first; to = chosen.at(-1)!.from) chosen.push(cuts[to - first]!);
	return chosen.reverse();
}

function isTooLarge(all: MeasuredTokens, from: number, to: number, rules: CaptionRules): boolean {
	const {tokens} = all;
	return (
		lineColumns(all, from, to) > rules.maxLines * (rules.maxColumns + 1) ||
		tokens[to - 1]!.end - tokens[from]!.start > rules.maxDuration * 1000
	);
}

function costOfCue(
	all: MeasuredTokens,
	from: number,
	to: number,
	{first, last, length}: {readonly first: number; readonly last: number; readonly length: number},
	rules: CaptionRules,
): number {
	const {tokens, sentences, breakCost} = all;
	const start = tokens[from]!.start;
	const next = tokens[to]?.start ?? Number.POSITIVE_INFINITY;
	const seconds = Math.max(0, Math.min(next - start - rules.gap * 1000, rules.maxDuration * 1000)) / 1000;
	const needed = Math.max(length / rules.maxCharactersPerSecond, (to - from) * rules.minSecondsPerWord);
	let cost = CUE_COST;
	if (to < last) cost += breakCost[to - 1]! * CUE_BREAK_FACTOR;
	const inside = sentences[to - 1]! - sentences[from]!;
	if (seconds < needed) cost += UNREADABLE_COST * (1 - seconds / needed);
	if (seconds < COMFORTABLE) cost += SHORT_COST * (1 - seconds / COMFORTABLE);
	const begins = from === first || breakCost[from - 1] === 0;
	const ends = to === last || breakCost[to - 1] === 0;
	const whole = begins && ends;
	if (inside > 0) {
		cost += SENTENCE_INSIDE_COST + (inside - 1) * FURTHER_SENTENCE_COST + (whole ? 0 : MIXED_COST);
	}
	if (!whole && lineColumns(all, from, to) < SCRAP_COLUMNS) cost += SCRAP_COST;
	// Silence that is no longer than a breath does not count.
	const silence = tokens[to - 1]!.start - start - (all.spoken[to - 1]! - all.spoken[from]!);
	return cost + (Math.max(0, silence - 500) / 1000) * PAUSE_COST;
}

function readingLengths(all: MeasuredTokens, first: number, last: number, rules: CaptionRules): Float64Array {
	const lengths = new Float64Array(last - first + 1);
	for (let index = first; index < last; index++) {
		const {delimiter, text} = all.tokens[index]!;
		lengths[index - first + 1] = lengths[index - first]! + readingLength(delimiter + text, rules);
	}
	return lengths;
}

function segmentOf(all: MeasuredTokens, {from, to, layout}: Cut, first: number, last: number): Segment {
	const {tokens, breakCost} = all;
	const lines = linesOf(all, from, to, layout);
	let end = 0;
	for (let index = from; index < to; index++) end = Math.max(end, tokens[index]!.end);
	return {
		start: tokens[from]!.start,
		end,
		lines,
		speakers: lines.map(() => tokens[from]!.speaker),
		begins: from === first || tokens[from - 1]!.ends === 'sentence',
		ends: to === last || breakCost[to - 1] === 0,
	};
}
