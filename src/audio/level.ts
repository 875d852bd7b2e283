import type {RawEncoding} from '../speechmatics/config.ts';
import {toFloat} from './samples.ts';

/** How loud a piece of audio is, in dBFS: 0 is the loudest a sample can be, `FLOOR` is silence. */
export interface Level {
	/** Root mean square: how loud it sounds. */
	readonly rms: number;
	/** The loudest single sample: at 0 the audio clips. */
	readonly peak: number;
}

/** A level with what was before it. */
export interface MeterLevel extends Level {
	/** The loudest peak of late, in dBFS: held for `HOLD_SECONDS`, then falling by `DECAY` a second. */
	readonly hold: number;
	/** Samples at the end of the scale, in this piece. */
	readonly clipped: number;
}

/** Quieter than any microphone's own noise; a finite number, so that it can be written as JSON. */
export const FLOOR = -100;

/** As long as a programme meter's. Seconds. */
export const HOLD_SECONDS = 1.5;

/** Decibels a second, about that of a programme meter. Source: IEC 60268-10, type I falls 20 dB in 1.7 s. */
export const DECAY = 20 / 1.7;

/** The largest amplitude an encoding can have on its positive side, which is the smaller one. */
const FULL_SCALE: Readonly<Record<RawEncoding, number>> = {
	pcm_s16le: 32_767 / 32_768,
	pcm_f32le: 1,
	mulaw: 32_124 / 32_768,
};

/** The level of raw samples. */
export function levelOf(bytes: Uint8Array, encoding: RawEncoding): Level {
	const {rms, peak} = measure(bytes, encoding);
	return {rms, peak};
}

/** Measures audio piece by piece, each once, for everybody who shows it. Its time is the audio's own. */
export class LevelMeter {
	readonly #encoding: RawEncoding;
	readonly #sampleRate: number;
	#hold = FLOOR;
	#heldFor = 0;
	#clippedInAll = 0;

	/** @param sampleRate samples a second */
	constructor(encoding: RawEncoding, sampleRate = 16_000) {
		this.#encoding = encoding;
		this.#sampleRate = sampleRate;
	}

	/** Samples at the end of the scale, since the start. */
	get clipped(): number {
		return this.#clippedInAll;
	}

	/** The level of the next piece. */
	add(bytes: Uint8Array): MeterLevel {
		const {rms, peak, clipped, count} = measure(bytes, this.#encoding);
		const seconds = count / this.#sampleRate;
		const falling = Math.max(0, Math.min(seconds, this.#heldFor + seconds - HOLD_SECONDS));
		const hold = Math.max(FLOOR, this.#hold - falling * DECAY);
		this.#heldFor = peak >= hold ? 0 : this.#heldFor + seconds;
		this.#hold = Math.max(peak, hold);
		this.#clippedInAll += clipped;
		return {rms, peak, hold: this.#hold, clipped};
	}
}

function measure(bytes: Uint8Array, encoding: RawEncoding) {
	const samples = toFloat(bytes, encoding);
	const full = FULL_SCALE[encoding];
	let sum = 0;
	let peak = 0;
	let clipped = 0;
	for (const sample of samples) {
		const amplitude = Math.abs(sample);
		sum += sample * sample;
		if (amplitude > peak) peak = amplitude;
		if (amplitude >= full) clipped++;
	}
	const count = samples.length;
	return {rms: decibels(Math.sqrt(sum / Math.max(1, count))), peak: decibels(peak), clipped, count};
}

function decibels(amplitude: number): number {
	return amplitude === 0 ? FLOOR : Math.max(FLOOR, Math.min(0, 20 * Math.log10(amplitude)));
}
