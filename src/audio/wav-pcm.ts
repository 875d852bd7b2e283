/** How the samples of a WAV are encoded (its `fmt ` chunk), and their way to mono s16le. Pure. */
import type {RawEncoding} from '../speechmatics/config.ts';
import {alawValue, mulawValue} from './samples.ts';
import {AudioError} from './source.ts';

type Encoding = keyof typeof READERS;

export interface Pcm {
	readonly encoding: Encoding;
	readonly channels: number;
	/** Samples a second. */
	readonly sampleRate: number;
	/** Bytes of one sample. */
	readonly sampleBytes: number;
	/** Bytes of one sample of every channel. */
	readonly frameBytes: number;
}

/** Each reads one sample as a number from −1 to 1. */
const READERS = {
	u8: (view: DataView, at: number) => (view.getUint8(at) - 128) / 128,
	s16: (view: DataView, at: number) => view.getInt16(at, true) / 32_768,
	s24: (view: DataView, at: number) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608,
	s32: (view: DataView, at: number) => view.getInt32(at, true) / 2_147_483_648,
	f32: (view: DataView, at: number) => view.getFloat32(at, true),
	f64: (view: DataView, at: number) => view.getFloat64(at, true),
	alaw: (view: DataView, at: number) => alawValue(view.getUint8(at)) / 32_768,
	mulaw: (view: DataView, at: number) => mulawValue(view.getUint8(at)) / 32_768,
};

const FORMAT_TAGS = {integer: 1, float: 3, alaw: 6, mulaw: 7, extensible: 0xfffe};

/** In the extensible form the real format tag begins the sub-format GUID at this offset. */
const SUB_FORMAT_OFFSET = 24;

/**
 * Understands a `fmt ` chunk.
 *
 * @throws AudioError where it is incomplete, contradictory, or names a compression
 */
export function pcmOf(chunk: Uint8Array): Pcm {
	if (chunk.length < 16) throw new AudioError('the WAV says too little about how its audio is encoded');
	const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
	const plainTag = view.getUint16(0, true);
	const extensible = plainTag === FORMAT_TAGS.extensible && chunk.length >= SUB_FORMAT_OFFSET + 2;
	const tag = extensible ? view.getUint16(SUB_FORMAT_OFFSET, true) : plainTag;
	const channels = view.getUint16(2, true);
	const sampleRate = view.getUint32(4, true);
	const sampleBytes = Math.ceil(view.getUint16(14, true) / 8);
	const encoding = encodingOf(tag, sampleBytes);
	if (encoding === undefined) {
		const name = `0x${tag.toString(16).padStart(4, '0')}, ${sampleBytes * 8} bits`;
		throw new AudioError(`the WAV is in a format that is not read here (${name})`);
	}
	const frameBytes = sampleBytes * channels;
	if (channels === 0 || sampleRate === 0 || view.getUint16(12, true) !== frameBytes) {
		throw new AudioError('the WAV contradicts itself about how its audio is encoded');
	}
	return {encoding, channels, sampleRate, sampleBytes, frameBytes};
}

function encodingOf(tag: number, sampleBytes: number): Encoding | undefined {
	if (tag === FORMAT_TAGS.integer) return ([undefined, 'u8', 's16', 's24', 's32'] as const)[sampleBytes];
	if (tag === FORMAT_TAGS.float) return sampleBytes === 4 ? 'f32' : sampleBytes === 8 ? 'f64' : undefined;
	if (tag === FORMAT_TAGS.alaw && sampleBytes === 1) return 'alaw';
	if (tag === FORMAT_TAGS.mulaw && sampleBytes === 1) return 'mulaw';
	return undefined;
}

/** The service's own name of the encoding, where the samples can be sent without a change. */
export function passesAsItIs({encoding, channels}: Pcm): RawEncoding | undefined {
	if (channels !== 1) return undefined;
	if (encoding === 's16') return 'pcm_s16le';
	if (encoding === 'f32') return 'pcm_f32le';
	return encoding === 'mulaw' ? 'mulaw' : undefined;
}

/** Whole frames as mono s16le; channels are averaged, or all but the one at `only` left out. */
export function toMonoS16(
	frames: Uint8Array,
	{encoding, channels, sampleBytes, frameBytes}: Pcm,
	only?: number,
): Uint8Array {
	const first = only ?? 0;
	const end = only === undefined ? channels : only + 1;
	const read = READERS[encoding];
	const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
	const count = Math.floor(frames.length / frameBytes);
	const mono = new DataView(new ArrayBuffer(count * 2));
	for (let frame = 0; frame < count; frame++) {
		let sum = 0;
		for (let channel = first; channel < end; channel++) {
			sum += read(view, frame * frameBytes + channel * sampleBytes);
		}
		const value = Math.round((sum / (end - first)) * 32_768);
		mono.setInt16(frame * 2, Math.max(-32_768, Math.min(32_767, value)), true);
	}
	return new Uint8Array(mono.buffer);
}
