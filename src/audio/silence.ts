/** Only zeros arriving: what a microphone that is muted, or not permitted, gives. Pure. */

/** A room is never so still for a microphone. Seconds. */
const SILENT_AFTER = 5;

export type SilenceChange = {readonly type: 'silent'; readonly seconds: number} | {readonly type: 'heard'};

/** Notices digital silence in mono s16le, once, and its end. */
export class SilenceWatch {
	#zeroSamples = 0;
	#silent = false;

	/** @returns what this piece changes, if anything */
	add(bytes: Uint8Array, sampleRate: number): SilenceChange | undefined {
		if (bytes.every((byte) => byte === 0)) {
			this.#zeroSamples += bytes.length / 2;
			const seconds = this.#zeroSamples / sampleRate;
			if (this.#silent || seconds < SILENT_AFTER) return undefined;
			this.#silent = true;
			return {type: 'silent', seconds};
		}
		return this.reset();
	}

	/** Begins again, as after sound. */
	reset(): SilenceChange | undefined {
		const wasSilent = this.#silent;
		this.#zeroSamples = 0;
		this.#silent = false;
		return wasSilent ? {type: 'heard'} : undefined;
	}
}
