/** Words for speech that nobody can understand here. They say what they are, whoever reads them. */
import {FRAME_SECONDS} from './frames.ts';
import {cutShort, type Speech} from './speech.ts';
import {confidenceOf, onTimeGrid, type Spoken} from './spoken.ts';

const PLACEHOLDER_WORDS = ['simulated', 'placeholder', 'words', 'instead', 'of', 'real', 'recognition'];
const PLACEHOLDER_SPEAKER = 'S1';

/** The text that stands for speech nobody can understand here. Goes on from one stretch to the next. */
export class PlaceholderText {
	#next = 0;
	#lastEnd: number | undefined;

	/** The next word. The first of a sentence begins with a capital letter. */
	say(start: number, end: number): Spoken {
		const word = this.#word(start, end);
		this.#next += 1;
		this.#lastEnd = word.end;
		return word;
	}

	/** The word that would come next, without saying it. */
	preview(start: number, end: number): Spoken {
		return this.#word(start, end);
	}

	/** The full stop after what was said since the last one. */
	endSentence(): Spoken[] {
		if (this.#lastEnd === undefined) return [];
		const [start, end] = [this.#lastEnd, this.#lastEnd];
		this.#lastEnd = undefined;
		this.#next = 0;
		return [{type: 'punctuation', content: '.', start, end, speaker: PLACEHOLDER_SPEAKER, confidence: 1}];
	}

	#word(start: number, end: number): Spoken {
		const word = PLACEHOLDER_WORDS[this.#next % PLACEHOLDER_WORDS.length]!;
		const content = this.#lastEnd === undefined ? word[0]!.toUpperCase() + word.slice(1) : word;
		const gridStart = Math.max(onTimeGrid(start), this.#lastEnd ?? 0);
		return {
			type: 'word',
			content,
			start: gridStart,
			end: Math.max(onTimeGrid(end), gridStart),
			speaker: PLACEHOLDER_SPEAKER,
			confidence: confidenceOf(word),
		};
	}
}

/** How long a word of placeholder text is. Seconds. */
const PLACEHOLDER_WORD_SECONDS = 0.4;
/** A pause that ends a word, and what is too short to be one. Seconds. */
const PAUSE_BETWEEN_WORDS = 0.1;
const SHORTEST_WORD = 0.08;

/** Placeholder words, one for each 0.4 s of speech. */
export class PlaceholderSpeech implements Speech {
	readonly over = false;
	readonly #text: PlaceholderText;
	readonly #words: Array<{start: number; end: number}> = [];
	#open: {start: number; end: number} | undefined;

	/**
	 * @param start where speech was first heard, in seconds
	 * @param end until where it was heard before this was made
	 */
	constructor(text: PlaceholderText, start: number, end: number) {
		this.#text = text;
		this.#open = {start, end};
	}

	hear(end: number, speech: boolean): void {
		if (speech) {
			this.#open ??= {start: end - FRAME_SECONDS, end};
			this.#open.end = end;
			if (end - this.#open.start > PLACEHOLDER_WORD_SECONDS - FRAME_SECONDS / 2) this.#close();
		} else if (this.#open !== undefined && end - this.#open.end >= PAUSE_BETWEEN_WORDS) {
			this.#close();
		}
	}

	until(_time: number, ended: boolean): Spoken[] {
		if (ended) this.#close();
		return this.#words.splice(0).map(({start, end}) => this.#text.say(start, end));
	}

	beginning(time: number): Spoken | undefined {
		if (this.#open === undefined) return undefined;
		const {start} = this.#open;
		return cutShort(this.#text.preview(start, start + PLACEHOLDER_WORD_SECONDS), time);
	}

	#close(): void {
		const word = this.#open;
		this.#open = undefined;
		if (word !== undefined && word.end - word.start >= SHORTEST_WORD) this.#words.push(word);
	}
}

const WORDS_PER_SENTENCE = 10;
const SECONDS_BETWEEN_SENTENCES = 0.6;

/** Placeholder sentences for a recording of which only the length is known, in seconds. */
export function placeholderSentences(duration: number): Spoken[] {
	const text = new PlaceholderText();
	const spoken: Spoken[] = [];
	let start = 0;
	for (let words = 1; start + PLACEHOLDER_WORD_SECONDS <= duration; words++) {
		spoken.push(text.say(start, start + PLACEHOLDER_WORD_SECONDS));
		start += PLACEHOLDER_WORD_SECONDS;
		if (words % WORDS_PER_SENTENCE > 0) continue;
		spoken.push(...text.endSentence());
		start += SECONDS_BETWEEN_SENTENCES;
	}
	return [...spoken, ...text.endSentence()];
}
