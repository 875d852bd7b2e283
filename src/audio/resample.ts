/** From one rate to another, for a device that comes back with another rate than the session began with. Pure. */

/**
 * Mono s16le from one rate to another by linear interpolation, chunk after chunk without a seam. Enough for speech: a
 * session that goes on matters more here than what lies above 5 kHz.
 */
export class LinearResampler {
	readonly #from: number;
	readonly #to: number;
	/** Where the next sample is read, in units of 1/`to` input samples from the start of the next chunk. */
	#position = 0;
	/** The sample before the next chunk. */
	#last = 0;

	/** Rates in samples a second, whole numbers. */
	constructor(from: number, to: number) {
		this.#from = from;
		this.#to = to;
	}

	/** What these whole samples become; together with the calls before, never a sample too many or lost. */
	push(bytes: Uint8Array): Uint8Array {
		const input = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const count = Math.floor(bytes.length / 2);
		const end = (count - 1) * this.#to;
		const length = this.#position > end ? 0 : Math.floor((end - this.#position) / this.#from) + 1;
		const output = new DataView(new ArrayBuffer(length * 2));
		const at = (index: number) => (index < 0 ? this.#last : input.getInt16(index * 2, true));
		for (let index = 0; index < length; index++) {
			const before = Math.floor(this.#position / this.#to);
			// In whole numbers, so that where the chunks are cut makes no difference.
			const after = this.#position - before * this.#to;
			const sum =
				after === 0 ? at(before) * this.#to : at(before) * (this.#to - after) + at(before + 1) * after;
			output.setInt16(index * 2, Math.round(sum / this.#to), true);
			this.#position += this.#from;
		}
		if (count > 0) this.#last = at(count - 1);
		this.#position -= count * this.#to;
		return new Uint8Array(output.buffer);
	}
}
