/**
 * From timed words to caption cues: what stands on the screen from one moment to another. Pure functions.
 */
import type {RecognitionResult} from '../speechmatics/results.ts';
import type {Delimiter} from '../speechmatics/transcript.ts';
import {withExchanges} from './exchange.ts';
import {type CaptionRules, DEFAULT_RULES} from './rules.ts';
import {type Segment, segmentsOf} from './segments.ts';
import {spansOf} from './timing.ts';
import {tokensOf} from './tokens.ts';

export {DEFAULT_RULES};

export interface Cue {
	/** Seconds from the start of the audio, whole milliseconds. */
	readonly start: number;
	readonly end: number;
	readonly lines: readonly string[];
	/** Who speaks each line, where speakers are told apart. */
	readonly speakers?: ReadonlyArray<string | undefined>;
}

/**
 * Makes cues of recognised items. No hard rule is broken whatever is said; cues are in order and never overlap. The lines,
 * one after the other, are the text of the items, channel by channel: only the white space at a break is gone, and a dash
 * came before each line that shares its cue with another speaker's.
 *
 * @param results recognised items in the order of the text, of each channel if there are several
 * @param delimiter what stands between two words of the language
 * @param language of the items that do not say theirs
 */
export function cuesOf(
	results: Iterable<RecognitionResult>,
	delimiter: Delimiter = ' ',
	rules: CaptionRules = DEFAULT_RULES,
	language?: string,
): Cue[] {
	const channels = new Map<string | undefined, RecognitionResult[]>();
	for (const result of results) {
		const channel = result.channel ?? undefined;
		const items = channels.get(channel);
		if (items === undefined) channels.set(channel, [result]);
		else items.push(result);
	}
	const segments = [...channels].flatMap(([channel, items]) => {
		const {maxColumns} = rules;
		const found = segmentsOf(tokensOf(items, delimiter, {maxColumns, language}), rules);
		return channel === undefined ? found : found.map((segment) => onChannel(segment, channel));
	});
	// The sort is stable, and the segments of a channel are in order already.
	if (channels.size > 1) segments.sort((left, right) => left.start - right.start);
	const shown = withExchanges(segments, rules);
	const spans = spansOf(shown, rules);
	return shown.map(({lines, speakers}, index) => ({
		start: spans[index]!.start / 1000,
		end: spans[index]!.end / 1000,
		lines,
		speakers,
	}));
}

/** Speakers are numbered anew on each channel. */
function onChannel(segment: Segment, channel: string): Segment {
	const speakers = segment.speakers.map((speaker) =>
		speaker === undefined || speaker === 'UU' ? channel : `${channel} ${speaker}`,
	);
	return {...segment, speakers};
}
