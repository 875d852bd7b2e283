/**
 * Partials that do not jitter. The service sends all that is not final yet anew each time; most of it is what it sent
 * before. What was seen twice stands still, in the form it then had: a comma that comes and goes moves no word.
 */
import type {RecognitionResult} from '../speechmatics/results.ts';
import {attachesToPrevious, type Delimiter, TextJoiner} from '../speechmatics/transcript.ts';

export interface ShownPartial {
	/** Words seen unchanged twice. */
	readonly stable: string;
	/** What follows and may change any moment; begins with the delimiter where one belongs. */
	readonly unstable: string;
}

export const NO_PARTIAL: ShownPartial = {stable: '', unstable: ''};

/** A word with the marks written against it. */
interface Piece {
	/** With the delimiter in front. */
	readonly text: string;
	/** Equal where the word is, whatever its case and marks. */
	readonly key: string;
	/** Seconds: the middle of the word, where it is known. */
	readonly middle: number | undefined;
	/** What it begins with. */
	readonly first?: RecognitionResult;
}

export class StablePartial {
	#shown: readonly Piece[] = [];
	#stable = 0;
	/** How many of the last pieces are shown although the last partial did not have them. */
	#missing = 0;

	/** What it begins with, where that is known. */
	get first(): RecognitionResult | undefined {
		return this.#shown[0]?.first;
	}

	/** The partial as it is to be drawn. Without the delimiter at its start. */
	get shown(): ShownPartial {
		const text = (pieces: readonly Piece[]) => pieces.map((piece) => piece.text).join('');
		const stable = text(this.#shown.slice(0, this.#stable)).trimStart();
		const unstable = text(this.#shown.slice(this.#stable));
		return {stable, unstable: stable === '' ? unstable.trimStart() : unstable};
	}

	/**
	 * Takes the next partial.
	 *
	 * @param partial.text taken where there are no results
	 */
	update(
		partial: {readonly results: readonly RecognitionResult[]; readonly text: string},
		delimiter: Delimiter = ' ',
	): void {
		const {results, text} = partial;
		// A mark at its start belongs to the last final, and would stand alone here.
		const first = results.findIndex((result) => !attachesToPrevious(result));
		const spoken = first < 0 ? [] : results.slice(first);
		const next = results.length > 0 ? piecesOf(spoken, delimiter) : piecesOfText(text);
		const before = this.#shown;
		const same = commonPrefix(before, next);
		const kept = next.map((piece, index) =>
			// What stands still also keeps its marks until it is final.
			index < same && index < this.#stable ? before[index]! : piece,
		);
		// A partial that only lost its end often has it again the next time.
		const ending =
			same === next.length
				? before.slice(next.length, Math.max(next.length, before.length - this.#missing))
				: [];
		this.#shown = [...kept, ...ending];
		this.#stable = same;
		this.#missing = ending.length;
	}

	/** Words that are final are not shown as a partial any more; those after them are. */
	takeFinal(results: readonly RecognitionResult[]): void {
		const words = results.filter(({type}) => type !== 'punctuation');
		const finals = piecesOf(results, ' ');
		if (words.length === 0 || finals.length === 0) return;
		const until = Math.max(...words.map(({end_time}) => end_time));
		const isPrefix = commonPrefix(this.#shown, finals) === finals.length;
		const firstLater = this.#shown.findIndex(({middle}) => middle !== undefined && middle >= until);
		const byTime = firstLater < 0 ? this.#shown.length : firstLater;
		const isTimed = this.#shown.every(({middle}) => middle !== undefined);
		const taken = isPrefix && !isTimed ? finals.length : Math.max(byTime, isPrefix ? finals.length : 0);
		this.#shown = this.#shown.slice(taken);
		this.#stable = Math.max(0, this.#stable - taken);
		this.#missing = Math.min(this.#missing, this.#shown.length);
	}

	clear(): void {
		this.#shown = [];
		this.#stable = 0;
		this.#missing = 0;
	}
}

function commonPrefix(left: readonly Piece[], right: readonly Piece[]): number {
	let length = 0;
	while (length < left.length && length < right.length && left[length]!.key === right[length]!.key) length++;
	return length;
}

function piecesOf(results: readonly RecognitionResult[], delimiter: Delimiter): Piece[] {
	const joiner = new TextJoiner(delimiter);
	const pieces: Array<Piece & {hasWord: boolean}> = [];
	for (const result of results) {
		const text = joiner.add(result);
		if (text === '') continue;
		const isWord = result.type !== 'punctuation';
		const middle = (result.start_time + result.end_time) / 2;
		const last = pieces.at(-1);
		const joins = last !== undefined && (attachesToPrevious(result) || (isWord && !last.hasWord));
		if (!joins) pieces.push({text, key: keyOf(text), middle, first: result, hasWord: isWord});
		else {
			const both = last.text + text;
			const place = isWord && !last.hasWord ? middle : last.middle;
			pieces[pieces.length - 1] = {
				...last,
				text: both,
				key: keyOf(both),
				middle: place,
				hasWord: last.hasWord || isWord,
			};
		}
	}
	return pieces;
}

function piecesOfText(text: string): Piece[] {
	return (text.match(/\s*\S+/gu) ?? []).map((piece) => ({text: piece, key: keyOf(piece), middle: undefined}));
}

function keyOf(text: string): string {
	const letters = text.replace(/[^\p{L}\p{M}\p{N}]/gu, '').toLowerCase();
	return letters === '' ? text.trim() : letters;
}
