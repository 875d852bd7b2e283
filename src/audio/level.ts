import type {RawEncoding} from '../speechmatics/config.ts';
import {toFloat} from './samples.ts';

/** How loud a piece of audio is, in dBFS: 0 is the loudest a sample can be, `FLOOR` is silence. */
export interface Level {
	/** Root mean square: how loud it sounds. */
	readonly rms: number;
	/** The loudest single sample: at 0 the audio clips. */
	readonly peak: number;
}

/** Quieter than any microphone's own noise; a finite number, so that it can be written as JSON. */
export const FLOOR = -100;

/** The level of raw samples. */
export function levelOf(bytes: Uint8Array, encoding: RawEncoding): Level {
	const samples = toFloat(bytes, encoding);
	let sum = 0;
	let peak = 0;
	for (const sample of samples) {
		sum += sample * sample;
		peak = Math.max(peak, Math.abs(sample));
	}
	return {rms: decibels(Math.sqrt(sum / Math.max(1, samples.length))), peak: decibels(peak)};
}

function decibels(amplitude: number): number {
	return amplitude === 0 ? FLOOR : Math.max(FLOOR, Math.min(0, 20 * Math.log10(amplitude)));
}
