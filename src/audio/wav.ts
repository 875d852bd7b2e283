/**
 * WAV in, samples the service reads out. Works on a stream: a file, a pipe and an upload are the same to it,
 * and nothing but the chunk at hand is kept. Source: Microsoft RIFF/WAVE, EBU Tech 3306 (RF64, BW64).
 */
import type {RawEncoding} from '../speechmatics/config.ts';
import {ByteReader} from './byte-reader.ts';
import {WholeUnits} from './samples.ts';
import {AudioError} from './source.ts';
import {type Pcm, passesAsItIs, pcmOf, toMonoS16} from './wav-pcm.ts';

export interface WavAudio {
	/** What `samples` are: always mono, always an encoding the service reads. */
	readonly format: {readonly type: 'raw'; readonly encoding: RawEncoding; readonly sample_rate: number};
	/** Of the file; `samples` has one, whatever their number. */
	readonly channels: number;
	/** Bytes that `samples` will give, where the header knows; a recording written to a pipe does not. */
	readonly dataBytes?: number;
	/** Seconds, where `dataBytes` is known. */
	readonly duration?: number;
	/** The samples as they are read. Can be read once. */
	readonly samples: AsyncIterable<Uint8Array>;
}

const CONTAINERS = ['RIFF', 'RF64', 'BW64'];

/** 'RIFF', size, 'WAVE'. */
export const WAV_HEAD_BYTES = 12;

/** In RF64 the real size is in the `ds64` chunk; elsewhere the writer did not know it. */
const SIZE_ELSEWHERE = 0xffff_ffff;

/** sox and arecord write about 2 GB when they do not know: from here on a size is believed only of a file. */
const DOUBTFUL_SIZE = 0x7fff_f000;

/** Whether a file or stream that begins with these bytes (12 or more) is a WAV. */
export function isWav(head: Uint8Array): boolean {
	return CONTAINERS.includes(text(head, 0)) && text(head, 8) === 'WAVE';
}

/**
 * Reads the header and hands out the samples behind it. Encodings the service does not read, and several
 * channels, come out as mono s16le.
 *
 * @param options.fileBytes size of the whole file where it is known: the length of the audio is then known even
 * where the header says nothing or too much
 * @param options.channel the one channel to be read, counted from 0, instead of all of them mixed
 * @throws AudioError in one sentence that does not name the file
 */
export async function readWav(
	bytes: AsyncIterable<Uint8Array>,
	options: {readonly fileBytes?: number; readonly channel?: number} = {},
): Promise<WavAudio> {
	const reader = new ByteReader(bytes);
	try {
		const {pcm, dataSize} = await readHeader(reader);
		if ((options.channel ?? 0) >= pcm.channels) throw new AudioError('the WAV has fewer channels');
		const size = believableSize(dataSize, reader.position, options.fileBytes);
		const direct = passesAsItIs(pcm);
		const frames = size === undefined ? undefined : Math.floor(size / pcm.frameBytes);
		return {
			format: {type: 'raw', encoding: direct ?? 'pcm_s16le', sample_rate: pcm.sampleRate},
			channels: pcm.channels,
			dataBytes: frames === undefined ? undefined : frames * (direct ? pcm.frameBytes : 2),
			duration: frames === undefined ? undefined : frames / pcm.sampleRate,
			samples: samplesOf(reader, pcm, size ?? Number.POSITIVE_INFINITY, options.channel),
		};
	} catch (error) {
		await reader.close();
		throw error;
	}
}

async function* samplesOf(
	reader: ByteReader,
	pcm: Pcm,
	size: number,
	channel: number | undefined,
): AsyncGenerator<Uint8Array, void, void> {
	const direct = passesAsItIs(pcm) !== undefined;
	const whole = new WholeUnits(pcm.frameBytes);
	try {
		for await (const chunk of reader.upTo(size)) {
			const frames = whole.add(chunk);
			if (frames.length > 0) yield direct ? frames : toMonoS16(frames, pcm, channel);
		}
	} finally {
		await reader.close();
	}
}

async function readHeader(reader: ByteReader): Promise<{pcm: Pcm; dataSize: number}> {
	const head = await reader.read(WAV_HEAD_BYTES);
	if (!isWav(head)) throw new AudioError('this is not a WAV');
	let pcm: Pcm | undefined;
	let longDataSize: number | undefined;
	for (;;) {
		const header = await reader.read(8);
		if (header.length < 8) throw new AudioError('the WAV ends before its audio begins');
		const id = text(header, 0);
		const size = view(header).getUint32(4, true);
		if (id === 'data') {
			if (pcm === undefined) throw new AudioError('the WAV does not say how its audio is encoded');
			return {pcm, dataSize: size === SIZE_ELSEWHERE ? (longDataSize ?? size) : size};
		}
		const content = await reader.read(Math.min(size, MAX_HEADER_CHUNK));
		if (id === 'fmt ') pcm = pcmOf(content);
		if (id === 'ds64' && content.length >= 16) longDataSize = Number(view(content).getBigUint64(8, true));
		// A chunk of odd length is followed by one byte of padding that its size does not count.
		await reader.skip(size - content.length + (size % 2));
	}
}

/** The longest `fmt ` and `ds64` have what is needed well before this. */
const MAX_HEADER_CHUNK = 64;

/** Bytes of audio, or `undefined` where only the end of the stream can tell. */
function believableSize(size: number, start: number, fileBytes: number | undefined): number | undefined {
	const unknown = size === 0 || size === SIZE_ELSEWHERE;
	if (fileBytes !== undefined) return unknown ? fileBytes - start : Math.min(size, fileBytes - start);
	const doubtful = size >= DOUBTFUL_SIZE && size < SIZE_ELSEWHERE;
	return unknown || doubtful ? undefined : size;
}

function view(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function text(bytes: Uint8Array, start: number): string {
	return String.fromCharCode(...bytes.subarray(start, start + 4));
}
