/** Raw samples as bytes: cutting them into pieces, and reading them as numbers. Pure. */
import {BYTES_PER_SAMPLE, type RawEncoding} from '../speechmatics/config.ts';

/** Value of one μ-law byte, −32124…32124. Source: ITU-T G.711. */
export function mulawValue(byte: number): number {
	const inverted = ~byte & 0xff;
	const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
	return inverted & 0x80 ? -magnitude : magnitude;
}

/** Value of one A-law byte, −32256…32256. Source: ITU-T G.711. */
export function alawValue(byte: number): number {
	const toggled = byte ^ 0x55;
	const segment = (toggled & 0x70) >> 4;
	const step = ((toggled & 0x0f) << 4) + (segment === 0 ? 0x008 : 0x108);
	const magnitude = segment > 1 ? step << (segment - 1) : step;
	return toggled & 0x80 ? magnitude : -magnitude;
}

const READERS: Readonly<Record<RawEncoding, (view: DataView, offset: number) => number>> = {
	pcm_s16le: (view, offset) => view.getInt16(offset, true) / 32_768,
	pcm_f32le: (view, offset) => view.getFloat32(offset, true),
	mulaw: (view, offset) => mulawValue(view.getUint8(offset)) / 32_768,
};

/** The samples in `bytes` as numbers from −1 to 1. An incomplete last sample is left out. */
export function toFloat(bytes: Uint8Array, encoding: RawEncoding): Float32Array {
	const size = BYTES_PER_SAMPLE[encoding];
	const read = READERS[encoding];
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const samples = new Float32Array(Math.floor(bytes.byteLength / size));
	for (let index = 0; index < samples.length; index++) samples[index] = read(view, index * size);
	return samples;
}

/**
 * The same bytes in pieces of exactly `bytesPerPiece`, however they arrive; the last piece may be shorter.
 * Pieces of whole samples come out when `bytesPerPiece` is a multiple of a sample.
 *
 * @throws what reading `samples` throws, after what had come until then
 */
export async function* inPieces(
	samples: AsyncIterable<Uint8Array>,
	bytesPerPiece: number,
): AsyncGenerator<Uint8Array, void, void> {
	let piece = new Uint8Array(bytesPerPiece);
	let filled = 0;
	let failure: {readonly error: unknown} | undefined;
	const untilFailure = async function* () {
		try {
			yield* samples;
		} catch (error) {
			failure = {error};
		}
	};
	for await (const bytes of untilFailure()) {
		for (let taken = 0; taken < bytes.length; ) {
			const part = bytes.subarray(taken, taken + bytesPerPiece - filled);
			piece.set(part, filled);
			taken += part.length;
			filled += part.length;
			if (filled < bytesPerPiece) continue;
			yield piece;
			piece = new Uint8Array(bytesPerPiece);
			filled = 0;
		}
	}
	if (filled > 0) yield piece.subarray(0, filled);
	if (failure) throw failure.error;
}

/** Holds back the bytes of a unit (a sample, a frame of channels) that is split between two chunks. */
export class WholeUnits {
	readonly #size: number;
	#rest: Uint8Array = new Uint8Array(0);

	/** @param size bytes of one unit */
	constructor(size: number) {
		this.#size = size;
	}

	/** All whole units until now; what is left waits for the next call. */
	add(bytes: Uint8Array): Uint8Array {
		const joined = this.#rest.length === 0 ? bytes : concat(this.#rest, bytes);
		const whole = joined.length - (joined.length % this.#size);
		this.#rest = joined.slice(whole);
		return joined.subarray(0, whole);
	}
}

export function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
