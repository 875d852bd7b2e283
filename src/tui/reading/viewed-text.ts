/** A text that is read: lines, and where each of their words is in the text and in the audio. */
import type {NoteKind} from '../../realtime/transcript-lines.ts';
import type {SpanStyle} from '../theme/styles.ts';

/** A sentence, or whatever else stands as one. */
export interface ViewedLine {
	/** Seconds; `undefined` where it has no place in the audio. */
	readonly start: number | undefined;
	readonly end?: number | undefined;
	/** Who speaks, or another word that stands before the text. */
	readonly speaker?: string | undefined;
	/** Of that word. */
	readonly speakerStyle?: SpanStyle;
	readonly text: string;
	readonly kind?: NoteKind | undefined;
	readonly style?: SpanStyle;
}

/** Of one word. */
export interface ViewedWord {
	/** UTF-16 units of its line's text: the first, and the one after the last. */
	readonly from: number;
	readonly to: number;
	/** Seconds; not a number where nobody knows. */
	readonly start: number;
	readonly end: number;
	/** 0–1; not a number where the service does not say. */
	readonly confidence: number;
}

/** Lines with their words, in columns of numbers: a transcript may have half a million of them. */
export class ViewedText {
	readonly lines: readonly ViewedLine[];
	/** Whether any line has a time. */
	readonly isTimed: boolean;
	/** By line; and one more, the number of words. */
	readonly #first: Int32Array;
	readonly #words: Record<keyof ViewedWord, Float64Array>;

	/** @param lines each with its words in their order; one without any is a word of its own */
	constructor(lines: ReadonlyArray<{readonly line: ViewedLine; readonly words: readonly ViewedWord[]}>) {
		this.lines = lines.map(({line}) => line);
		this.isTimed = this.lines.some(({start}) => start !== undefined);
		this.#first = new Int32Array(lines.length + 1);
		const count = lines.reduce((sum, {words}) => sum + Math.max(1, words.length), 0);
		const column = () => new Float64Array(count);
		this.#words = {from: column(), to: column(), start: column(), end: column(), confidence: column()};
		let at = 0;
		for (const [index, {line, words}] of lines.entries()) {
			this.#first[index] = at;
			for (const word of words.length === 0 ? [wholeLine(line)] : words) this.#put(at++, word);
		}
		this.#first[lines.length] = at;
	}

	get wordCount(): number {
		return this.#first[this.lines.length]!;
	}

	/** The first word of a line, and the one after its last. */
	wordsOf(line: number): readonly [first: number, end: number] {
		return [this.#first[line]!, this.#first[line + 1]!];
	}

	word(index: number): ViewedWord {
		const {from, to, start, end, confidence} = this.#words;
		return {
			from: from[index]!,
			to: to[index]!,
			start: start[index]!,
			end: end[index]!,
			confidence: confidence[index]!,
		};
	}

	/** The line a word is in. */
	lineOf(word: number): number {
		return lastAtMost(this.#first, word, this.lines.length);
	}

	/** The word at a place of a line's text, or the one before that place. */
	wordAt(line: number, offset: number): number {
		const [first, end] = this.wordsOf(line);
		let word = first;
		while (word + 1 < end && this.#words.from[word + 1]! <= offset) word += 1;
		return word;
	}

	/** Seconds: when a line begins, or the last one before it that has a time. */
	timeAt(line: number): number | undefined {
		for (let index = line; index >= 0; index--) {
			const {start} = this.lines[index]!;
			if (start !== undefined) return start;
		}
		return undefined;
	}

	/** The last line that has begun at a moment, or the first of all. @param seconds of the audio */
	lineAtTime(seconds: number): number {
		let [low, high] = [0, this.lines.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.timeAt(middle) ?? Number.NEGATIVE_INFINITY) <= seconds) low = middle + 1;
			else high = middle;
		}
		let line = Math.max(0, low - 1);
		while (line > 0 && this.lines[line]!.start === undefined) line -= 1;
		return line;
	}

	/** The word of that line that is spoken then. @param seconds of the audio */
	wordAtTime(seconds: number): number {
		const [first, end] = this.wordsOf(this.lineAtTime(seconds));
		let found = first;
		for (let word = first; word < end; word++) if (this.#words.start[word]! <= seconds) found = word;
		return found;
	}

	/** Whether the service is less sure of a word than that. */
	isUnsure(word: number, threshold: number): boolean {
		return this.#words.confidence[word]! < threshold;
	}

	countUnsure(threshold: number): number {
		let count = 0;
		for (const confidence of this.#words.confidence) if (confidence < threshold) count += 1;
		return count;
	}

	/** The next such word in a direction, around the ends; `undefined` where there is none. */
	nextUnsure(word: number, direction: 1 | -1, threshold: number): number | undefined {
		const {wordCount: count} = this;
		for (let step = 1; step <= count; step++) {
			const index = (((word + direction * step) % count) + count) % count;
			if (this.isUnsure(index, threshold)) return index;
		}
		return undefined;
	}

	#put(index: number, word: ViewedWord): void {
		for (const key of KEYS) this.#words[key][index] = word[key];
	}
}

const KEYS = ['from', 'to', 'start', 'end', 'confidence'] as const;

const wholeLine = ({text, start = Number.NaN, end = start}: ViewedLine): ViewedWord => ({
	from: 0,
	to: text.length,
	start,
	end,
	confidence: Number.NaN,
});

/** The words of a text that nobody timed word by word. */
export function wordsIn({text, start = Number.NaN, end = Number.NaN}: ViewedLine): ViewedWord[] {
	return [...text.matchAll(/\S+/gu)].map(({index, 0: {length}}) => ({
		from: index,
		to: index + length,
		start,
		end,
		confidence: Number.NaN,
	}));
}

/** The index of the last of sorted numbers that is no greater than one. @param count how many of them count */
export function lastAtMost(sorted: ArrayLike<number>, value: number, count = sorted.length): number {
	let [low, high] = [0, count];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sorted[middle]! <= value) low = middle + 1;
		else high = middle;
	}
	return Math.max(0, low - 1);
}
