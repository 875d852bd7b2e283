/** Finds stretches of speech: what lies between two silences that are longer than the pause at a comma. */
import {FRAME_SECONDS} from './frames.ts';

/** A click is shorter than this many frames. */
const FRAMES_TO_BEGIN = 3;
/** Seconds of silence that end a stretch. */
const SILENCE_TO_END = 0.36;

export interface Stretch {
	/** Seconds from the start of the audio. */
	readonly start: number;
	/** Where the last frame with speech ended. Grows while the stretch goes on. */
	readonly lastSpeech: number;
}

export class StretchFinder {
	#frames = 0;
	#inARow = 0;
	#current: {start: number; lastSpeech: number} | undefined;

	/** Seconds of whole frames heard until now. */
	get time(): number {
		return this.#frames * FRAME_SECONDS;
	}

	/** The stretch that goes on now. */
	get current(): Stretch | undefined {
		return this.#current;
	}

	/** Takes the next frame, and says what it changed. */
	next(speech: boolean): 'began' | 'ended' | undefined {
		this.#frames += 1;
		this.#inARow = speech ? this.#inARow + 1 : 0;
		if (this.#current === undefined) {
			if (this.#inARow < FRAMES_TO_BEGIN) return undefined;
			this.#current = {start: this.time - FRAMES_TO_BEGIN * FRAME_SECONDS, lastSpeech: this.time};
			return 'began';
		}
		if (speech) this.#current.lastSpeech = this.time;
		if (this.time - this.#current.lastSpeech < SILENCE_TO_END) return undefined;
		this.#current = undefined;
		return 'ended';
	}
}
