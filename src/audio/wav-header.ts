/** The header of the WAV files that are written here. Pure. Source: Microsoft RIFF/WAVE. */
import {BYTES_PER_SAMPLE, type RawEncoding} from '../speechmatics/config.ts';

export interface WavLayout {
	readonly encoding: RawEncoding;
	/** Samples a second. */
	readonly sampleRate: number;
}

/** Bytes before the first sample. */
export const WAV_HEADER_BYTES = 44;

const FORMAT_TAGS: Readonly<Record<RawEncoding, number>> = {pcm_s16le: 1, pcm_f32le: 3, mulaw: 7};

/** The header of a mono WAV with so many bytes of samples behind it. */
export function wavHeader({encoding, sampleRate}: WavLayout, dataBytes: number): Uint8Array {
	const size = BYTES_PER_SAMPLE[encoding];
	const header = Buffer.alloc(WAV_HEADER_BYTES);
	header.write('RIFF', 0, 'latin1');
	header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
	header.write('WAVEfmt ', 8, 'latin1');
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(FORMAT_TAGS[encoding], 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(sampleRate, 24);
	header.writeUInt32LE(sampleRate * size, 28);
	header.writeUInt16LE(size, 32);
	header.writeUInt16LE(size * 8, 34);
	header.write('data', 36, 'latin1');
	header.writeUInt32LE(dataBytes, 40);
	return header;
}

/** What a header made by `wavHeader` says, or `undefined` where it is none. */
export function parseWavHeader(header: Uint8Array): (WavLayout & {readonly dataBytes: number}) | undefined {
	if (header.length < WAV_HEADER_BYTES) return undefined;
	const bytes = Buffer.from(header.buffer, header.byteOffset, WAV_HEADER_BYTES);
	const tag = bytes.readUInt16LE(20);
	const encoding = (Object.keys(FORMAT_TAGS) as RawEncoding[]).find((name) => FORMAT_TAGS[name] === tag);
	if (encoding === undefined) return undefined;
	const found = {encoding, sampleRate: bytes.readUInt32LE(24), dataBytes: bytes.readUInt32LE(40)};
	return Buffer.from(wavHeader(found, found.dataBytes)).equals(bytes) ? found : undefined;
}
