/**
 * Whether two openings of speech are the same recording: the normalised cross-correlation of their waves below
 * 2 kHz. It does not care for loudness, and survives mp3, μ-law, a sound card and a telephone's band.
 */
import {FRAME_RATE} from './frames.ts';

const DECIMATION = 4;
const WAVE_RATE = FRAME_RATE / DECIMATION;
/** Seconds of speech that are compared. Two sentences that begin with the same words are still told apart. */
export const OPENING_SECONDS = 0.5;
/** The detector finds an opening in other noise a little earlier or later. */
export const SEARCH_SECONDS = 0.14;
/**
 * Measured on the sample: through mp3, 8 kHz μ-law or noise 0.99 and more; other voices saying the same 0.36 at
 * most; the same voice saying something else 0.70 at most.
 */
const SAME_RECORDING = 0.8;

/** The last seconds of sound, at 4 kHz. */
export class RecentWave {
	readonly #ring: Float32Array;
	#end = 0;

	constructor(keptSeconds: number) {
		this.#ring = new Float32Array(keptSeconds * WAVE_RATE);
	}

	push(frame: Float32Array): void {
		for (let start = 0; start < frame.length; start += DECIMATION) {
			let sum = 0;
			for (let index = start; index < start + DECIMATION; index++) sum += frame[index]!;
			this.#ring[this.#end % this.#ring.length] = sum;
			this.#end += 1;
		}
	}

	/** The sound between two moments (seconds); silence where it was not heard, or is no longer kept. */
	between(start: number, end: number): Float32Array {
		const first = Math.round(start * WAVE_RATE);
		return Float32Array.from({length: Math.round(end * WAVE_RATE) - first}, (_, index) => {
			const at = first + index;
			const kept = at >= 0 && at < this.#end && at >= this.#end - this.#ring.length;
			return kept ? this.#ring[at % this.#ring.length]! : 0;
		});
	}
}

/**
 * Looks for an opening in a longer piece of sound.
 *
 * @returns how far into `sound` the opening begins, in seconds, and how alike they are (0 to 1)
 */
export function findOpening(opening: Float32Array, sound: Float32Array): {offset: number; likeness: number} {
	let best = {offset: 0, likeness: 0};
	const openingPower = power(opening, 0, opening.length);
	let soundPower = power(sound, 0, opening.length);
	for (let lag = 0; lag + opening.length <= sound.length; lag++) {
		let product = 0;
		for (let index = 0; index < opening.length; index++) product += opening[index]! * sound[lag + index]!;
		const likeness = product / Math.sqrt(openingPower * soundPower + Number.MIN_VALUE);
		if (likeness > best.likeness) best = {offset: lag / WAVE_RATE, likeness};
		soundPower += (sound[lag + opening.length] ?? 0) ** 2 - sound[lag]! ** 2;
	}
	return best;
}

/** Whether a likeness is that of one recording heard twice. */
export function isSameRecording(likeness: number): boolean {
	return likeness >= SAME_RECORDING;
}

function power(sound: Float32Array, start: number, end: number): number {
	let sum = 0;
	for (let index = start; index < end; index++) sum += sound[index]! ** 2;
	return sum;
}
