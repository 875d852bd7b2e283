/**
 * From timed words to caption cues: what stands on the screen from one moment to another. Pure functions.
 */
import stringWidth from 'string-width';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {
	attachesToPrevious,
	contentOf,
	type Delimiter,
	speakerOf,
	TextJoiner,
} from '../speechmatics/transcript.ts';

export interface Cue {
	/** Seconds from the start of the audio. */
	readonly start: number;
	readonly end: number;
	readonly lines: readonly string[];
}

export interface CueRules {
	/** Columns a line may take. Source: Netflix timed-text style guide, 42 for Latin scripts. */
	readonly maxColumns: number;
	/** Source: both Netflix and the BBC allow two. */
	readonly maxLines: number;
	/** Seconds a cue may stand. Source: Netflix timed-text style guide. */
	readonly maxDuration: number;
	/** Seconds of silence that end a cue. Source: BBC subtitle guidelines, gaps of about 1.5 s may be shown. */
	readonly longestPause: number;
}

export const DEFAULT_RULES: CueRules = {maxColumns: 42, maxLines: 2, maxDuration: 7, longestPause: 1.5};

/** A word together with the marks written against it, which no line break may part. */
interface Token {
	/** The token as it continues a line, with the delimiter in front. */
	readonly continued: string;
	/** The token as it begins a line. */
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly speaker: string | undefined;
	readonly endsSentence: boolean;
}

/**
 * Makes cues of recognised items. Text is conserved, cues are in order and never overlap.
 *
 * @param results recognised items in the order of their times
 * @param delimiter what stands between two words of the language
 */
export function cuesOf(
	results: Iterable<RecognitionResult>,
	delimiter: Delimiter = ' ',
	rules: CueRules = DEFAULT_RULES,
): Cue[] {
	const groups: Token[][] = [];
	for (const token of tokensOf(results, delimiter)) {
		const group = groups.at(-1);
		if (group === undefined || beginsCue(group, token, rules)) groups.push([token]);
		else group.push(token);
	}
	return groups.map((group, index) => {
		const start = group[0]!.start;
		const end = Math.max(group.at(-1)!.end, start);
		const next = groups[index + 1]?.[0]?.start ?? Number.POSITIVE_INFINITY;
		return {start, end: Math.min(end, next), lines: balancedLines(group, rules)};
	});
}

function beginsCue(group: readonly Token[], token: Token, rules: CueRules): boolean {
	const first = group[0]!;
	const last = group.at(-1)!;
	return (
		last.endsSentence ||
		last.speaker !== token.speaker ||
		token.start - last.end > rules.longestPause ||
		token.end - first.start > rules.maxDuration ||
		greedyLines([...group, token], rules.maxColumns).length > rules.maxLines
	);
}

function tokensOf(results: Iterable<RecognitionResult>, delimiter: Delimiter): Token[] {
	const joiner = new TextJoiner(delimiter);
	const tokens: Token[] = [];
	for (const result of results) {
		const continued = joiner.add(result);
		if (continued === '') continue;
		const last = tokens.at(-1);
		const endsSentence = result.is_eos === true;
		if (last !== undefined && attachesToPrevious(result)) {
			tokens[tokens.length - 1] = {
				...last,
				continued: last.continued + continued,
				text: last.text + continued,
				endsSentence: last.endsSentence || endsSentence,
			};
		} else {
			tokens.push({
				continued,
				text: contentOf(result),
				start: result.start_time,
				end: result.end_time,
				speaker: speakerOf(result),
				endsSentence,
			});
		}
	}
	return tokens;
}

function greedyLines(tokens: readonly Token[], maxColumns: number): string[] {
	const lines: string[] = [];
	for (const token of tokens) {
		const line = lines.at(-1);
		const longer = line === undefined ? undefined : line + token.continued;
		if (longer !== undefined && stringWidth(longer) <= maxColumns) lines[lines.length - 1] = longer;
		else lines.push(token.text);
	}
	return lines;
}

/** As few lines as fit, and of those the ones of most equal width. */
function balancedLines(tokens: readonly Token[], {maxColumns}: CueRules): string[] {
	let best = greedyLines(tokens, maxColumns);
	if (best.length < 2) return best;
	for (let columns = maxColumns - 1; columns > 0; columns--) {
		const lines = greedyLines(tokens, columns);
		if (lines.length > best.length) break;
		best = lines;
	}
	return best;
}
