/** Tells speech from silence by loudness alone, against a noise floor that follows the recording. */

/** What digital silence counts as, so that the floor stays near what a microphone can give. dBFS. */
const QUIETEST_FLOOR = -75;
/** A recording may begin in the middle of a word: its first frame is not believed to be noise above this. dBFS. */
const LOUDEST_FIRST_FLOOR = -50;
/** Speech is this much louder than the noise around it. dB. */
const MARGIN = 12;
/** The floor falls to a quieter frame fast, and rises slowly, so that a long sentence is not taken for noise. */
const FALL_PER_FRAME = 0.2;
const RISE_PER_FRAME = 0.06;

export class SpeechDetector {
	#floor: number | undefined;

	/** Whether the next frame sounds like speech. */
	hear(frame: Float32Array): boolean {
		const level = levelOf(frame);
		const floor = this.#floor ?? Math.min(level, LOUDEST_FIRST_FLOOR);
		const next = level < floor ? floor + (level - floor) * FALL_PER_FRAME : floor + RISE_PER_FRAME;
		this.#floor = Math.max(QUIETEST_FLOOR, Math.min(next, Math.max(level, floor)));
		return level > floor + MARGIN;
	}
}

/** Loudness of a frame in dBFS. */
function levelOf(frame: Float32Array): number {
	let power = 0;
	for (const sample of frame) power += sample * sample;
	return Math.max(QUIETEST_FLOOR, 10 * Math.log10(power / frame.length + Number.MIN_VALUE));
}
