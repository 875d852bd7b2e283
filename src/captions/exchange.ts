/** Short exchanges: two speakers in one cue, each on a line of his or her own, begun with a dash. */
import type {CaptionRules} from './rules.ts';
import type {Segment} from './segments.ts';
import {columnsOf, readingTime, wordsIn} from './width.ts';

/** Source: Netflix and BBC, "dual speakers": a dash and a space. */
export const DASH = '- ';
/** Milliseconds between question and answer that still are one exchange. */
const LONGEST_SILENCE = 500;
/** Milliseconds an exchange may last: a longer one gives an answer away before it is said. */
const LONGEST_EXCHANGE = 4000;
/** An interjection has at most so many words. */
const FEW_WORDS = 2;
/** Seconds within which an interjection is over and the next words come. */
const SHORT_MOMENT = 1.5;

/** Joins neighbours that are a short exchange and fit one cue; the others stay as they are. */
export function withExchanges(segments: readonly Segment[], rules: CaptionRules): Segment[] {
	if (!rules.dashes || rules.maxLines < 2) return [...segments];
	const joined: Segment[] = [];
	for (let index = 0; index < segments.length; index++) {
		const segment = segments[index]!;
		const answer = segments[index + 1];
		if (answer !== undefined && isExchange(segment, answer, segments[index + 2], rules)) {
			joined.push(together(segment, answer));
			index += 1;
		} else joined.push(segment);
	}
	return joined;
}

function isExchange(
	first: Segment,
	second: Segment,
	next: Segment | undefined,
	rules: CaptionRules,
): boolean {
	const speakers = [first.speakers[0], second.speakers[0]];
	return (
		speakers[0] !== speakers[1] &&
		!speakers.includes(undefined) &&
		first.begins &&
		second.ends &&
		[first, second].every(
			({lines}) => lines.length === 1 && columnsOf(DASH + lines[0]!) <= rules.maxColumns,
		) &&
		second.start >= first.start &&
		second.start - first.end <= LONGEST_SILENCE &&
		second.end - first.start <= Math.min(LONGEST_EXCHANGE, rules.maxDuration * 1000) &&
		(lacksTime(first, second, rules) || (next !== undefined && lacksTime(second, next, rules)))
	);
}

/** Whether a cue cannot stand for as long as it should, for the next one comes. */
function lacksTime(segment: Segment, next: Segment, rules: CaptionRules): boolean {
	const seconds = (next.start - segment.start) / 1000 - rules.gap;
	const interjection = wordsIn(segment.lines[0]!) <= FEW_WORDS && seconds < SHORT_MOMENT;
	return interjection || seconds < Math.max(rules.minDuration, readingTime(segment.lines, rules));
}

function together(first: Segment, second: Segment): Segment {
	return {
		start: first.start,
		end: Math.max(first.end, second.end),
		lines: [...first.lines, ...second.lines].map((line) => DASH + line),
		speakers: [...first.speakers, ...second.speakers],
		begins: true,
		ends: true,
	};
}
