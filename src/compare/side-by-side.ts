/** Two texts beside each other, in blocks that say the same, with the words that differ told apart. Pure. */

import type {Step} from './alignment.ts';
import type {Aligned} from './changes.ts';
import type {ComparedWord} from './words.ts';

/** A word as it is shown, or what stands for one that is missing. */
export interface Piece {
	/** Empty where a word is missing on this side. */
	readonly text: string;
	/** What stands between it and the piece before. */
	readonly gap: string;
	/** Which stretch that differs it belongs to, from 0; they are those of `changesOf`. */
	readonly change: number | undefined;
}

/** Positions in the pieces, from the first to before the last. */
export type Span = readonly [from: number, to: number];

export interface Block {
	/** Seconds: where it begins in the recording. */
	readonly start: number;
	readonly left: Span;
	readonly right: Span;
}

export interface SideBySide {
	readonly left: readonly Piece[];
	readonly right: readonly Piece[];
	readonly blocks: readonly Block[];
	/** Where each stretch that differs is, in the pieces of both sides. */
	readonly changes: ReadonlyArray<{readonly left: Span; readonly right: Span}>;
}

/** Words of a block, unless a sentence ends before. */
const LONGEST = 40;
const SENTENCE_END = /[.?!。！？…][\p{P}]*$/u;

/** @param flipped whether `after` stands on the left */
export function sideBySide({before, after, steps}: Aligned, flipped: boolean): SideBySide {
	const sides: [Side, Side] = [
		{words: before, pieces: []},
		{words: after, pieces: []},
	];
	const [first, second] = sides;
	const [left, right] = flipped ? [second, first] : [first, second];
	const changes: Array<{left: Span; right: Span}> = [];
	const blocks: Block[] = [];
	let [fromLeft, fromRight] = [0, 0];
	let start: number | undefined;
	const close = () => {
		const [toLeft, toRight] = [left.pieces.length, right.pieces.length];
		if (toLeft > fromLeft || toRight > fromRight) {
			blocks.push({start: start ?? 0, left: [fromLeft, toLeft], right: [fromRight, toRight]});
		}
		[fromLeft, fromRight, start] = [toLeft, toRight, undefined];
	};
	const length = () => Math.max(left.pieces.length - fromLeft, right.pieces.length - fromRight);
	for (const run of runsOf(steps)) {
		const change = run.differs ? changes.length : undefined;
		const [atLeft, atRight] = [left.pieces.length, right.pieces.length];
		for (let index = 0; index < Math.max(run.first.length, run.second.length); index++) {
			for (const [side, places] of [
				[first, run.first],
				[second, run.second],
			] as const) {
				const place = places[index];
				// What is missing is shown once, however much it is.
				if (place === undefined && (places.length > 0 || index > 0)) continue;
				const word = place === undefined ? undefined : side.words[place]!;
				start ??= word?.start;
				side.pieces.push(
					word === undefined
						? {text: '', gap: gapBeside(side), change}
						: {text: word.shown, gap: word.gap, change},
				);
			}
			const isEnd = !run.differs && SENTENCE_END.test(left.pieces.at(-1)!.text);
			if (isEnd || length() >= LONGEST) close();
		}
		if (change !== undefined) {
			changes.push({left: [atLeft, left.pieces.length], right: [atRight, right.pieces.length]});
		}
	}
	close();
	return {left: left.pieces, right: right.pieces, blocks, changes};
}

interface Side {
	readonly words: readonly ComparedWord[];
	readonly pieces: Piece[];
}

const gapBeside = ({words}: Side) => words[0]?.gap ?? ' ';

interface Run {
	readonly differs: boolean;
	/** Positions in both sequences. */
	readonly first: number[];
	readonly second: number[];
}

function* runsOf(steps: readonly Step[]): Generator<Run> {
	let run: Run | undefined;
	for (const step of steps) {
		const differs = step.is !== 'same';
		if (run === undefined || run.differs !== differs) {
			if (run !== undefined) yield run;
			run = {differs, first: [], second: []};
		}
		if ('first' in step) run.first.push(step.first);
		if ('second' in step) run.second.push(step.second);
	}
	if (run !== undefined) yield run;
}
