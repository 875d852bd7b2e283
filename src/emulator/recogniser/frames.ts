/** Sound at any sample rate in, frames of 20 ms at 16 kHz out. The clock of the recogniser counts these frames. */

export const FRAME_RATE = 16_000;
export const FRAME_SECONDS = 0.02;
const FRAME_LENGTH = FRAME_RATE * FRAME_SECONDS;

/** How much of a constant offset, as cheap sound cards add one, is left after each sample. */
const OFFSET_DECAY = 0.995;

/** Cuts sound into frames, at 16 kHz whatever it comes in, and without a constant offset. */
export class FrameCutter {
	/** Input samples for one output sample. */
	readonly #step: number;
	/** Where the next output sample lies, in input samples after `#previous`. */
	#position = 1;
	#previous = 0;
	#centredFrom = 0;
	#centred = 0;
	#frame = new Float32Array(FRAME_LENGTH);
	#filled = 0;

	/** @param sampleRate samples a second of what will be pushed */
	constructor(sampleRate: number) {
		this.#step = sampleRate / FRAME_RATE;
	}

	/** Calls `onFrame` for each frame that `samples` completes. */
	push(samples: Float32Array, onFrame: (frame: Float32Array) => void): void {
		for (let index = 0; index < samples.length; index++) {
			const sample = samples[index]!;
			for (; this.#position <= 1; this.#position += this.#step) {
				this.#add(this.#previous + (sample - this.#previous) * this.#position, onFrame);
			}
			this.#position -= 1;
			this.#previous = sample;
		}
	}

	#add(sample: number, onFrame: (frame: Float32Array) => void): void {
		this.#centred = sample - this.#centredFrom + OFFSET_DECAY * this.#centred;
		this.#centredFrom = sample;
		this.#frame[this.#filled++] = this.#centred;
		if (this.#filled < FRAME_LENGTH) return;
		this.#filled = 0;
		onFrame(this.#frame);
	}
}
