/** What is said in one stretch of speech, and the kind of it whose words are known. */
import type {KnownSentence} from './known-sentences.ts';
import {onTimeGrid, type Spoken} from './spoken.ts';

/** Gives the items of one stretch of speech as they are heard, each once. */
export interface Speech {
	/** One more frame. `end` is its end in seconds. */
	hear(end: number, speech: boolean): void;
	/** Items that are over by `time`. With `ended`, nothing more will be heard of what has begun by then. */
	until(time: number, ended: boolean): Spoken[];
	/** The word that is being said at `time`, as far as it can be guessed. */
	beginning(time: number): Spoken | undefined;
	/** Whether all of it was given out. */
	readonly over: boolean;
}

/** How much sooner than in the sample speech may seem to end, where the end of a word is lost in noise. Seconds. */
const LOST_END = 0.04;

/** A sentence of the sample that begins at a known moment. Speech that stops early cuts it short. */
export class KnownSpeech implements Speech {
	readonly #items: readonly Spoken[];
	#given = 0;

	/** @param start seconds from the start of the audio */
	constructor(sentence: KnownSentence, start: number) {
		this.#items = sentence.items.map((item) => ({
			...item,
			start: onTimeGrid(start + item.start),
			end: onTimeGrid(start + item.end),
		}));
	}

	get over(): boolean {
		return this.#given === this.#items.length;
	}

	hear(): void {}

	until(time: number, ended: boolean): Spoken[] {
		const isHeard = ({start, end}: Spoken) =>
			ended ? start < time && (start + end) / 2 <= time + LOST_END : end <= time;
		const from = this.#given;
		while (!this.over && isHeard(this.#items[this.#given]!)) this.#given += 1;
		if (this.#given > from && this.#items[this.#given]?.type === 'punctuation') this.#given += 1;
		const end = onTimeGrid(time);
		return this.#items
			.slice(from, this.#given)
			.map((item) => ({...item, start: Math.min(item.start, end), end: Math.min(item.end, end)}));
	}

	beginning(time: number): Spoken | undefined {
		const word = this.#items[this.#given];
		return word === undefined ? undefined : cutShort(word, time);
	}
}

/** Too little of a word to guess it from. Seconds. */
const TOO_LITTLE = 0.08;

/** A word that has been heard until `time` only: what a recogniser would make of it so far. */
export function cutShort(word: Spoken, time: number): Spoken | undefined {
	const heard = time - word.start;
	if (word.type !== 'word' || heard < TOO_LITTLE) return undefined;
	const share = Math.min(1, heard / Math.max(word.end - word.start, TOO_LITTLE));
	const content = word.content.slice(0, Math.max(2, Math.ceil(word.content.length * share)));
	return {...word, content, end: onTimeGrid(Math.min(time, word.end)), confidence: 0.5};
}
