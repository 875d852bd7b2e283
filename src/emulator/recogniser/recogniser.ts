/**
 * Listens to sound and says what was spoken in it, and when. Its clock is the audio alone: the same sound gives
 * the same words, however fast and in whatever pieces it comes. One recogniser serves both APIs.
 */
import {FRAME_SECONDS, FrameCutter} from './frames.ts';
import type {KnownSentence} from './known-sentences.ts';
import {findOpening, OPENING_SECONDS, RecentWave, SEARCH_SECONDS} from './likeness.ts';
import {PlaceholderSpeech, PlaceholderText} from './placeholder.ts';
import {KnownSpeech, type Speech} from './speech.ts';
import {SpeechDetector} from './speech-detector.ts';
import {isSentenceEnd, type Spoken} from './spoken.ts';
import {StretchFinder} from './stretches.ts';

/** Seconds of silence after which a sentence of placeholder words is over. */
const SENTENCE_PAUSE = 0.5;

/** A full stop can only be told once the silence after it is heard: it becomes final this much later. Seconds. */
const FULL_STOP_LAG = 0.5;

/** A partial leaves out the mark after its last word until this much has passed. Seconds. */
const MARK_LAG = 0.3;

/** How much of a stretch must be heard to compare its opening. */
const SECONDS_TO_DECIDE = OPENING_SECONDS + SEARCH_SECONDS;

/** The same where an echo hides when the next sentence begins: somewhere in the pause and a little after it. */
const SECONDS_TO_DECIDE_IN_ECHO = 1.4;

/** Sound that is kept to compare: an opening, what is searched around it, and a little to spare. */
const KEPT_SECONDS = 2;

export interface RecogniserOptions {
	/** Samples a second of what will be pushed. */
	readonly sampleRate: number;
	/** Recordings whose words are known. */
	readonly known: readonly KnownSentence[];
}

export class Recogniser {
	readonly #known: readonly KnownSentence[];
	readonly #cutter: FrameCutter;
	readonly #detector = new SpeechDetector();
	readonly #finder = new StretchFinder();
	readonly #wave = new RecentWave(KEPT_SECONDS);
	readonly #placeholders = new PlaceholderText();
	readonly #spoken: Spoken[] = [];
	/** What is said now. Until its opening is long enough to be known, it is taken for unknown and kept back. */
	#speech: {is: Speech; start: number; decided: boolean; echo: boolean} | undefined;
	#lastSpeech: number | undefined;
	/** The known sentence that is compared first: most often they come in their order. */
	#expected = 0;

	constructor({sampleRate, known}: RecogniserOptions) {
		this.#cutter = new FrameCutter(sampleRate);
		this.#known = known;
	}

	/** Seconds of audio heard, in whole frames of 20 ms. */
	get time(): number {
		return this.#finder.time;
	}

	/** Seconds since the last speech; `undefined` before the first. */
	get silence(): number | undefined {
		return this.#lastSpeech === undefined ? undefined : this.time - this.#lastSpeech;
	}

	/** Listens on. Samples are from −1 to 1. */
	push(samples: Float32Array): void {
		this.#cutter.push(samples, (frame) => this.#hear(frame));
	}

	/** Takes the items that ended at least `delay` seconds ago; they are final. */
	takeFinal(delay: number): Spoken[] {
		const later = this.#spoken.findIndex((item) => {
			const lag = isSentenceEnd(item) ? FULL_STOP_LAG : 0;
			return item.end + lag + delay > this.time;
		});
		return this.#spoken.splice(0, later < 0 ? this.#spoken.length : later);
	}

	/** Takes everything that was said until now as an utterance that is over, whatever may follow. */
	takeUtterance(): Spoken[] {
		this.#decide();
		this.#say(true);
		this.#spoken.push(...this.#placeholders.endSentence());
		return this.#spoken.splice(0);
	}

	/** What was said and is not final, with a guess at the word that is being said. Takes nothing. */
	partial(): Spoken[] {
		const said = [...this.#spoken];
		const last = said.at(-1);
		if (last?.type === 'punctuation' && this.time - last.end < MARK_LAG) said.pop();
		const guess = this.#speech?.decided ? this.#speech.is.beginning(this.#lastSpeech ?? 0) : undefined;
		return guess === undefined ? said : [...said, guess];
	}

	#hear(frame: Float32Array): void {
		this.#wave.push(frame);
		const speech = this.#detector.hear(frame);
		const change = this.#finder.next(speech);
		const stretch = this.#finder.current;
		if (stretch !== undefined) this.#lastSpeech = stretch.lastSpeech;
		if (change === 'began' || (speech && stretch !== undefined && this.#speech === undefined)) {
			if (change === 'began') this.#begin(stretch!.start, false);
			else this.#begin(this.time - FRAME_SECONDS, true);
		} else {
			this.#speech?.is.hear(this.time, speech);
		}
		if (this.#speech !== undefined) {
			const {start, echo} = this.#speech;
			if (this.time - start >= secondsToDecide(echo)) this.#decide();
		}
		if (change === 'ended') {
			this.#decide();
			this.#say(true);
			this.#speech = undefined;
		} else if (this.#speech?.decided) {
			this.#say(false);
			// Noise may hide the silence between two sentences: what follows a whole sentence is listened to anew.
			if (this.#speech.is.over) this.#speech = undefined;
		}
		if (stretch === undefined && (this.silence ?? 0) >= SENTENCE_PAUSE) {
			this.#spoken.push(...this.#placeholders.endSentence());
		}
	}

	/** @param echo whether it may be no more than the room's echo of a sentence that is over */
	#begin(start: number, echo: boolean): void {
		const is = new PlaceholderSpeech(this.#placeholders, start, this.time);
		this.#speech = {is, start, decided: false, echo};
	}

	#decide(): void {
		if (this.#speech === undefined || this.#speech.decided) return;
		const {start, echo} = this.#speech;
		this.#speech.decided = true;
		const from = start - SEARCH_SECONDS;
		const sound = this.#wave.between(from, start + secondsToDecide(echo));
		for (let tried = 0; tried < this.#known.length; tried++) {
			const index = (this.#expected + tried) % this.#known.length;
			const sentence = this.#known[index]!;
			const offset = findOpening(sentence.opening, sound);
			if (offset === undefined) continue;
			this.#expected = index + 1;
			this.#spoken.push(...this.#placeholders.endSentence());
			this.#speech.is = new KnownSpeech(sentence, from + offset);
			return;
		}
		if (echo && this.time - start < SECONDS_TO_DECIDE) this.#speech = undefined;
	}

	#say(ended: boolean): void {
		if (this.#speech === undefined) return;
		this.#spoken.push(...this.#speech.is.until(this.#lastSpeech ?? 0, ended));
	}
}

function secondsToDecide(echo: boolean): number {
	return echo ? SECONDS_TO_DECIDE_IN_ECHO : SECONDS_TO_DECIDE;
}
