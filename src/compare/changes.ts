/** What differs between two transcripts, as stretches of words with their times. Pure. */
import {clock} from '../captions/clock.ts';
import {printable} from '../platform/printable.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {wordDelimiter} from '../speechmatics/transcript.ts';
import {align, type Step} from './alignment.ts';
import {type ErrorRate, wordErrorRate} from './word-error-rate.ts';
import {type ComparedWord, textOf, wordsOf, wordsOfText} from './words.ts';

/** Neighbouring words that differ. One of the two texts may be empty. Times are seconds. */
export interface Change {
	readonly start: number;
	readonly end: number;
	readonly before: string;
	readonly after: string;
}

/** The words of two texts, and the way from the one to the other. */
export interface Aligned {
	readonly before: readonly ComparedWord[];
	readonly after: readonly ComparedWord[];
	readonly steps: readonly Step[];
}

/** How one transcript differs from what counts as right. */
export interface Difference {
	readonly changes: readonly Change[];
	/** Of the first transcript, where the second one counts as right. */
	readonly rate: ErrorRate;
	/** All words of both. */
	readonly aligned: Aligned;
}

/** @param before judged by `after` */
export function compareTranscripts(
	before: Pick<Transcript, 'results' | 'metadata'>,
	after: Pick<Transcript, 'results' | 'metadata'>,
): Difference {
	const [first, second] = [wordsOf(before), wordsOf(after)];
	return differenceOf({before: first, after: second, steps: align(keys(first), keys(second))});
}

/**
 * The same, where what was said is known as a text. Its words have the times of the words they stand against; those that
 * were not heard, the moment behind the word before.
 */
export function compareWithText(before: Pick<Transcript, 'results' | 'metadata'>, said: string): Difference {
	const heard = wordsOf(before);
	const words = wordsOfText(said, wordDelimiter(before.metadata.language_pack_info) !== '');
	const steps = align(keys(heard), keys(words));
	let end = 0;
	const times = new Map<number, {readonly start: number; readonly end: number}>();
	for (const step of steps) {
		const word = 'first' in step ? heard[step.first]! : {start: end, end};
		end = word.end;
		if ('second' in step) times.set(step.second, {start: word.start, end: word.end});
	}
	const placed = words.map((word, index) => ({...word, ...times.get(index)!}));
	return differenceOf({before: heard, after: placed, steps});
}

function differenceOf(aligned: Aligned): Difference {
	const {before, after, steps} = aligned;
	return {changes: changesOf(before, after, steps), rate: wordErrorRate(steps.map(turned)), aligned};
}

/** Stretches that differ, in their order; what lies between two of them is the same in both. */
export function changesOf(
	before: readonly ComparedWord[],
	after: readonly ComparedWord[],
	steps: readonly Step[],
): Change[] {
	const changes: Change[] = [];
	let [old, fresh]: [ComparedWord[], ComparedWord[]] = [[], []];
	const close = () => {
		const all = [...old, ...fresh];
		if (all.length > 0) {
			const start = all.reduce((least, word) => Math.min(least, word.start), Number.POSITIVE_INFINITY);
			const end = all.reduce((most, word) => Math.max(most, word.end), 0);
			changes.push({start, end, before: textOf(old), after: textOf(fresh)});
		}
		[old, fresh] = [[], []];
	};
	for (const step of steps) {
		if (step.is === 'same') close();
		else {
			if ('first' in step) old.push(before[step.first]!);
			if ('second' in step) fresh.push(after[step.second]!);
		}
	}
	close();
	return changes;
}

/** Such as `00:12:03  "live words" -> "batch words"`. */
export function changeLine({start, before, after}: Change): string {
	return `${clock(start)}  ${quoted(before)} -> ${quoted(after)}`;
}

const quoted = (text: string) => (text === '' ? '(nothing)' : `"${printable(text)}"`);
const keys = (words: ReadonlyArray<Pick<ComparedWord, 'key'>>) => words.map(({key}) => key);

/** What was left out on the way there is put in on the way back. */
function turned(step: Step): Step {
	if (step.is === 'left out') return {is: 'put in', second: step.first};
	if (step.is === 'put in') return {is: 'left out', first: step.second};
	return {...step, first: step.second, second: step.first};
}
