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

/** Samples after which a comparison may be given up. */
const BLOCK = 100;

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
 * @returns how far into `sound` the same recording of it begins, in seconds; `undefined` where it is not there
 */
export function findOpening(opening: Float32Array, sound: Float32Array): number | undefined {
	const openingEnergy = energySums(opening);
	const soundEnergy = energySums(sound);
	const size = opening.length;
	let best: number | undefined;
	let likeness = SAME_RECORDING;
	for (let lag = 0; lag + size <= sound.length; lag++) {
		const whole = Math.sqrt(openingEnergy[size]! * (soundEnergy[lag + size]! - soundEnergy[lag]!));
		if (whole === 0) continue;
		let product = 0;
		for (let from = 0; from < size; from += BLOCK) {
			const openingLeft = openingEnergy[size]! - openingEnergy[from]!;
			const soundLeft = soundEnergy[lag + size]! - soundEnergy[lag + from]!;
			// However alike the rest is (Cauchy-Schwarz), it is not enough any more. Most sound ends here, soon.
			if (product + Math.sqrt(openingLeft * soundLeft) < likeness * whole) break;
			const to = Math.min(from + BLOCK, size);
			for (let index = from; index < to; index++) product += opening[index]! * sound[lag + index]!;
		}
		if (product < likeness * whole) continue;
		likeness = product / whole;
		best = lag / WAVE_RATE;
	}
	return best;
}

/** The energy of all samples before each one, and of all. */
function energySums(sound: Float32Array): Float64Array {
	const sums = new Float64Array(sound.length + 1);
	for (let index = 0; index < sound.length; index++) sums[index + 1] = sums[index]! + sound[index]! ** 2;
	return sums;
}
