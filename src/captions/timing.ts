/** From when words are spoken to when their cue stands on the screen. */
import type {CaptionRules} from './rules.ts';
import type {Segment} from './segments.ts';
import {readingTime} from './width.ts';

/**
 * Milliseconds a cue may come late so that the one before it stands long enough. The BBC's guidelines take three times as
 * much; a viewer sees lips move without words before that.
 */
const MOST_LATE = 500;
/** Milliseconds a cue stands whatever is said: no player shows less. */
export const LEAST_SHOWN = 80;
/** Differences of seconds may come out a hair longer than those of milliseconds. */
const HAIR = 1;

/** Milliseconds. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/**
 * When each cue stands: from its first word to its last, longer where it could not be read else, never over the next one.
 * What is said faster than it can be read stays too fast, and what is said at once is shown one after the other.
 *
 * @param segments in the order of their starts
 */
export function spansOf(segments: readonly Segment[], rules: CaptionRules): Span[] {
	const gap = Math.ceil(rules.gap * 1000);
	const minDuration = Math.ceil(rules.minDuration * 1000);
	const spans: Span[] = [];
	for (const [index, segment] of segments.entries()) {
		const start = Math.max(segment.start, index === 0 ? 0 : spans[index - 1]!.end + gap);
		const next = segments[index + 1]?.start ?? Number.POSITIVE_INFINITY;
		const reading = Math.ceil(readingTime(segment.lines, rules) * 1000);
		const wanted = Math.max(segment.end, start + minDuration, start + reading);
		const room = next - gap;
		const atLeast = Math.min(start + minDuration, room + MOST_LATE);
		// Speech that overlaps, or a silence too short to be one.
		const flickers = wanted > room || room - wanted < (rules.closeGapsBelow - rules.gap) * 1000;
		const end = Math.max(flickers ? Math.max(room, atLeast) : wanted, start + LEAST_SHOWN);
		spans.push({start, end: Math.min(end, start + Math.floor(rules.maxDuration * 1000) - HAIR)});
	}
	return spans;
}
