/** Looks for words in a text of any length: once it is made, half a million words take milliseconds. */
import {withoutAccents} from '../../platform/plain-letters.ts';
import {lastAtMost, type ViewedText} from './viewed-text.ts';

type Range = readonly [from: number, to: number];

/** What was found, in the order of the text. */
export interface Found {
	readonly count: number;
	/** The word that one of them begins in. */
	wordOf(hit: number): number;
	/** What of a line's text was found, in UTF-16 units. */
	rangesIn(line: number): Range[];
	/** The first of them at a word or after it; `count` where there is none. */
	firstFrom(word: number): number;
}

export const NOTHING_FOUND: Found = {
	count: 0,
	wordOf: () => 0,
	rangesIn: () => [],
	firstFrom: () => 0,
};

export class TextSearch {
	readonly #text: ViewedText;
	/** By line, where it begins in the joined text. */
	readonly #starts: Int32Array;
	/** All lines in plain letters, one after the other. */
	readonly #joined: string;
	readonly #lower: string;

	constructor(text: ViewedText) {
		this.#text = text;
		const plain = text.lines.map((line) => withoutAccents(line.text));
		this.#starts = new Int32Array(plain.length);
		let at = 0;
		for (const [index, line] of plain.entries()) {
			this.#starts[index] = at;
			at += line.length + 1;
		}
		this.#joined = plain.join(' ');
		this.#lower = this.#joined.toLowerCase();
		// Of hardly any letter is the small one longer, and then case counts after all.
		if (this.#lower.length !== this.#joined.length) this.#lower = this.#joined;
	}

	/** @param query accents count for nothing, and case only where it has a capital letter; it may go over several lines */
	find(query: string): Found {
		const plain = withoutAccents(query);
		if (plain.trim() === '') return NOTHING_FOUND;
		const isExact = plain !== plain.toLowerCase();
		const within = isExact ? this.#joined : this.#lower;
		const hits: number[] = [];
		for (let at = within.indexOf(plain); at >= 0; at = within.indexOf(plain, at + plain.length))
			hits.push(at);
		return {
			count: hits.length,
			wordOf: (hit) => this.#wordAt(hits[hit]!),
			rangesIn: (line) => this.#rangesIn(line, hits, plain.length),
			firstFrom: (word) => firstAtLeast(hits, this.#placeOf(word)),
		};
	}

	#wordAt(place: number): number {
		const line = lastAtMost(this.#starts, place);
		return this.#text.wordAt(line, this.#placesIn(line)(place - this.#starts[line]!));
	}

	#placeOf(word: number): number {
		const line = this.#text.lineOf(word);
		const {from} = this.#text.word(word);
		const {text} = this.#text.lines[line]!;
		return this.#starts[line]! + withoutAccents(text.slice(0, from)).length;
	}

	#rangesIn(line: number, hits: readonly number[], length: number): Range[] {
		const start = this.#starts[line]!;
		const end = this.#starts[line + 1] ?? this.#joined.length + 1;
		const ranges: Range[] = [];
		const original = this.#placesIn(line);
		for (let hit = firstAtLeast(hits, start - length + 1); hit < hits.length && hits[hit]! < end; hit++) {
			const [from, to] = [Math.max(0, hits[hit]! - start), hits[hit]! + length - start];
			if (to > 0) ranges.push([original(from), original(to - 1, true)]);
		}
		return ranges;
	}

	/** From a place in a line's plain letters to the place in its text; `after` its character. */
	#placesIn(line: number): (plain: number, after?: boolean) => number {
		const {text} = this.#text.lines[line]!;
		if (withoutAccents(text) === text) return (plain, after = false) => plain + (after ? 1 : 0);
		const places: Range[] = [];
		let at = 0;
		for (const character of text) {
			const length = withoutAccents(character).length;
			for (let index = 0; index < length; index++) places.push([at, at + character.length]);
			at += character.length;
		}
		return (plain, after = false) => places[plain]?.[after ? 1 : 0] ?? text.length;
	}
}

/** The index of the first of sorted numbers that is no less than one. */
function firstAtLeast(sorted: readonly number[], value: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sorted[middle]! < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
