/** What in a caption file breaks the rules. */
import type {Cue} from './cues.ts';
import type {CaptionRules} from './rules.ts';
import {columnsOf, readingLength, wordsIn} from './width.ts';

const SOFT_RULES = ['speed', 'seconds-per-word', 'min-duration', 'gap'] as const;
type HardRule = 'empty' | 'times' | 'order' | 'overlap' | 'columns' | 'lines' | 'max-duration';
export type RuleName = HardRule | (typeof SOFT_RULES)[number];

export interface Problem {
	/** From 1, in the order of the file. */
	readonly cue: number;
	/** Seconds at which the cue begins. */
	readonly time: number;
	readonly rule: RuleName;
	/** An error breaks a hard rule; a warning a soft one, which fast speech may leave no way to keep. */
	readonly severity: 'error' | 'warning';
	/** In the unit of the rule: columns, lines, seconds, characters a second. */
	readonly measured: number;
	readonly allowed: number;
	/** One sentence, without a full stop. */
	readonly message: string;
}

type Finding = Pick<Problem, 'rule' | 'measured' | 'allowed' | 'message'>;

/** Times in files are whole milliseconds; what they were rounded from is no problem of theirs. */
const TOLERANCE = 0.0015;

/** What of these cues breaks the rules, cue by cue. */
export function lint(cues: readonly Cue[], rules: CaptionRules): Problem[] {
	return cues.flatMap((cue, index) =>
		[...ofTimes(cue, cues[index - 1], rules), ...ofText(cue, rules), ...ofReading(cue, rules)].map(
			(finding): Problem => ({
				cue: index + 1,
				time: cue.start,
				...finding,
				severity: (SOFT_RULES as readonly string[]).includes(finding.rule) ? 'warning' : 'error',
			}),
		),
	);
}

function* ofTimes(cue: Cue, before: Cue | undefined, rules: CaptionRules): Iterable<Finding> {
	const duration = cue.end - cue.start;
	if (duration <= 0) {
		yield {rule: 'times', measured: round(duration), allowed: 0, message: 'it does not end after it begins'};
	} else if (duration > rules.maxDuration + TOLERANCE) {
		yield {
			rule: 'max-duration',
			measured: round(duration),
			allowed: round(rules.maxDuration),
			message: `it stands for ${seconds(duration)}, ${seconds(rules.maxDuration)} at most`,
		};
	} else if (duration < rules.minDuration - TOLERANCE) {
		yield {
			rule: 'min-duration',
			measured: round(duration),
			allowed: round(rules.minDuration),
			message: `it stands for ${seconds(duration)}, ${seconds(rules.minDuration)} at least`,
		};
	}
	if (before === undefined) return;
	const gap = cue.start - before.end;
	if (cue.start < before.start) {
		yield {
			rule: 'order',
			measured: round(cue.start),
			allowed: round(before.start),
			message: 'it begins before the cue before it does',
		};
	} else if (gap < -TOLERANCE) {
		yield {
			rule: 'overlap',
			measured: round(gap),
			allowed: 0,
			message: `it begins ${seconds(-gap)} before the cue before it ends`,
		};
	} else if (gap < rules.gap - TOLERANCE) {
		yield {
			rule: 'gap',
			measured: round(gap),
			allowed: round(rules.gap),
			message: `it follows after ${seconds(gap)}, ${seconds(rules.gap)} at least`,
		};
	}
}

function* ofText({lines}: Cue, rules: CaptionRules): Iterable<Finding> {
	if (lines.every((line) => line.trim() === '')) {
		yield {rule: 'empty', measured: 0, allowed: 1, message: 'it has no text'};
		return;
	}
	if (lines.length > rules.maxLines) {
		yield {
			rule: 'lines',
			measured: lines.length,
			allowed: rules.maxLines,
			message: `it has ${lines.length} lines, ${rules.maxLines} at most`,
		};
	}
	for (const [index, line] of lines.entries()) {
		const columns = columnsOf(line);
		if (columns <= rules.maxColumns) continue;
		yield {
			rule: 'columns',
			measured: columns,
			allowed: rules.maxColumns,
			message: `line ${index + 1} takes ${columns} columns, ${rules.maxColumns} at most`,
		};
	}
}

function* ofReading({start, end, lines}: Cue, rules: CaptionRules): Iterable<Finding> {
	// Where text counts its white space, a line end counts for nothing.
	const duration = end - start;
	if (duration <= 0) return;
	const length = lines.reduce((sum, line) => sum + readingLength(line, rules), 0);
	if (length > rules.maxCharactersPerSecond * (duration + TOLERANCE)) {
		const speed = round(length / duration);
		yield {
			rule: 'speed',
			measured: speed,
			allowed: rules.maxCharactersPerSecond,
			message: `it is read at ${Math.round(speed * 100) / 100} characters a second, ${rules.maxCharactersPerSecond} at most`,
		};
	}
	const words = wordsIn(lines.join(' '));
	if (words * rules.minSecondsPerWord > duration + TOLERANCE) {
		const perWord = round(duration / words);
		yield {
			rule: 'seconds-per-word',
			measured: perWord,
			allowed: rules.minSecondsPerWord,
			message: `it gives a word ${seconds(perWord)}, ${seconds(rules.minSecondsPerWord)} at least`,
		};
	}
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const seconds = (value: number) => `${Math.round(value * 100) / 100} s`;
