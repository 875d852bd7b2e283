/**
 * What captions are held to. Hard rules are kept by the maker whatever is said; soft ones as far as the speech allows, for
 * words are never cut.
 */

export interface CaptionRules {
	/** Hard: terminal columns a line may take; a wide character takes two. */
	readonly maxColumns: number;
	/** Hard: lines of a cue. */
	readonly maxLines: number;
	/** Hard: seconds a cue may stand. */
	readonly maxDuration: number;
	/** Soft: seconds a cue should stand at least. */
	readonly minDuration: number;
	/** Soft: characters a second, spaces and marks counted. */
	readonly maxCharactersPerSecond: number;
	/** Whether a narrow character counts as half of one for the reading speed, as where the others are ideographs. */
	readonly narrowIsHalf: boolean;
	/** Soft: seconds a word should be given. */
	readonly minSecondsPerWord: number;
	/** Soft: seconds between two cues, unless one follows the other at once where `gap` is 0. */
	readonly gap: number;
	/** A shorter gap than so many seconds is closed to `gap`: it would only flicker. */
	readonly closeGapsBelow: number;
	/** Seconds of silence that end a cue. */
	readonly longestPause: number;
	/** Whether two speakers may share a cue, each on a line with a dash. */
	readonly dashes: boolean;
}

export const PRESET_NAMES = ['default', 'netflix', 'bbc', 'server'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** Frames are counted at the slowest rate in use, so that a gap is enough at every other. */
const FRAMES_PER_SECOND = 24;

/** Source: Netflix timed-text style guide, general requirements; 20 characters a second is its English guide of today. */
const NETFLIX: CaptionRules = {
	maxColumns: 42,
	maxLines: 2,
	maxDuration: 7,
	minDuration: 5 / 6,
	maxCharactersPerSecond: 20,
	narrowIsHalf: false,
	minSecondsPerWord: 0,
	gap: 2 / FRAMES_PER_SECOND,
	closeGapsBelow: 0.5,
	longestPause: 1.5,
	dashes: true,
};

const PRESETS: Readonly<Record<PresetName, CaptionRules>> = {
	default: NETFLIX,
	netflix: NETFLIX,
	/** Source: BBC subtitle guidelines; they count words, want no short gaps, and name no longest duration. */
	bbc: {
		...NETFLIX,
		maxColumns: 37,
		maxDuration: Number.POSITIVE_INFINITY,
		minDuration: 0.3,
		maxCharactersPerSecond: Number.POSITIVE_INFINITY,
		minSecondsPerWord: 0.3,
		gap: 0,
		closeGapsBelow: 1.5,
	},
	/** Source: Speechmatics docs, SRT: `max_line_length` and `max_lines` are all it knows. */
	server: {
		...NETFLIX,
		maxColumns: 37,
		maxDuration: Number.POSITIVE_INFINITY,
		minDuration: 0,
		maxCharactersPerSecond: Number.POSITIVE_INFINITY,
		gap: 0,
		closeGapsBelow: 0,
		dashes: false,
	},
};

export const DEFAULT_RULES: CaptionRules = PRESETS.default;

/** Source: Netflix language guides. Their line lengths count full-width characters, each of two columns. */
const NETFLIX_IDEOGRAPHS = {
	chinese: {fullWidth: 16, maxCharactersPerSecond: 9},
	japanese: {fullWidth: 13, maxCharactersPerSecond: 4},
	korean: {fullWidth: 16, maxCharactersPerSecond: 12},
} as const;

/**
 * The rules of a preset, as they are for a language: Chinese, Japanese and Korean are read at another speed, and Netflix
 * gives them shorter lines.
 *
 * @param language a code such as `ja`, `cmn` or `zh-TW`; unknown ones are read like English
 */
export function presetRules(name: PresetName, language?: string): CaptionRules {
	const rules = PRESETS[name];
	const ideographs = ideographsOf(language);
	if (ideographs === undefined) return rules;
	const {fullWidth, maxCharactersPerSecond} = NETFLIX_IDEOGRAPHS[ideographs];
	const hasSpeed = Number.isFinite(rules.maxCharactersPerSecond);
	return {
		...rules,
		...(name === 'netflix' && {maxColumns: 2 * fullWidth}),
		...(hasSpeed && {maxCharactersPerSecond, narrowIsHalf: true}),
	};
}

function ideographsOf(language: string | undefined): keyof typeof NETFLIX_IDEOGRAPHS | undefined {
	// `cmn_en` and the like are mixed, with Chinese as the language of the text.
	switch (language?.toLowerCase().split(/[-_]/)[0]) {
		case 'cmn':
		case 'yue':
		case 'zh':
			return 'chinese';
		case 'ja':
			return 'japanese';
		case 'ko':
			return 'korean';
	}
	return undefined;
}

/** The language whose rules a text without a language needs: told by the script of most of its letters. */
export function languageByScript(text: string): string | undefined {
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	const han = count(/\p{Script=Han}/gu);
	const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
	const hangul = count(/\p{Script=Hangul}/gu);
	if (han + kana + hangul <= count(/\p{L}/gu) / 2) return undefined;
	if (hangul > han + kana) return 'ko';
	// Japanese prose is never without kana; Chinese has none.
	return kana * 10 > han ? 'ja' : 'cmn';
}
