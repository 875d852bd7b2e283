/** How long a recording is, from a few of its bytes. */
import type {FileTypeResult} from 'file-type';
import type {RandomAccess} from './random-access.ts';
import {isWav, readWav, WAV_HEAD_BYTES} from './wav.ts';

/** An Ogg page has at most 65 307 bytes (RFC 3533), so the last one begins in here. */
const OGG_TAIL = 64 * 1024;
/** Opus counts in 48 kHz whatever it was recorded with (RFC 7845). */
const OPUS_RATE = 48_000;

/**
 * How long a recording is, without reading through it.
 *
 * @param type what it is, by its content
 * @returns seconds, or `undefined` where only reading all of it can tell
 */
export async function secondsOf(
	bytes: RandomAccess,
	type: FileTypeResult | undefined,
): Promise<number | undefined> {
	const seconds = await measure(bytes, type).catch(() => undefined);
	return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function measure(bytes: RandomAccess, type: FileTypeResult | undefined): Promise<number | undefined> {
	if (bytes.head.length >= WAV_HEAD_BYTES && isWav(bytes.head)) return secondsOfWav(bytes);
	if (startsWith(bytes.head, 0, 'OggS')) return secondsOfOgg(bytes);
	if (type === undefined || !/^(audio|video)\//.test(type.mime)) return Promise.resolve(undefined);
	return secondsByTags(bytes, type);
}

async function secondsOfWav({head, size}: RandomAccess): Promise<number | undefined> {
	const wav = await readWav(onlyPiece(head), {fileBytes: size});
	return wav.duration;
}

async function* onlyPiece(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
	yield bytes;
}

/** The number of the last sample stands in the header of the last page. */
async function secondsOfOgg(bytes: RandomAccess): Promise<number | undefined> {
	const clock = oggClock(bytes.head);
	const tail = await bytes.read(Math.max(0, bytes.size - OGG_TAIL), OGG_TAIL);
	for (let at = tail.length - 27; at >= 0; at--) {
		if (!startsWith(tail, at, 'OggS')) continue;
		const position = view(tail).getBigInt64(at + 6, true);
		// -1: no packet ends on this page.
		if (position >= 0n) return clock && (Number(position) - clock.skip) / clock.rate;
	}
	return undefined;
}

/** Samples a second of an Ogg's audio, and those at its start that are not heard. */
function oggClock(head: Uint8Array): {rate: number; skip: number} | undefined {
	if (head.length < 27) return undefined;
	const packet = 27 + head[26]!;
	if (head.length < packet + 40) return undefined;
	if (startsWith(head, packet, 'OpusHead'))
		return {rate: OPUS_RATE, skip: view(head).getUint16(packet + 10, true)};
	if (startsWith(head, packet, '\x01vorbis')) return {rate: view(head).getUint32(packet + 12, true), skip: 0};
	if (startsWith(head, packet, 'Speex   ')) return {rate: view(head).getUint32(packet + 36, true), skip: 0};
	return undefined;
}

/**
 * By the tags and tables of the container. The package's own way to read a file loads another package at run time,
 * which a compiled executable does not have; as a blob it reads through us.
 */
async function secondsByTags(bytes: RandomAccess, {mime}: FileTypeResult): Promise<number | undefined> {
	// Loaded only for the containers it is needed for.
	const {parseBlob} = await import('music-metadata');
	const blob = {
		size: bytes.size,
		type: mime,
		slice: (start: number, end: number) => ({
			arrayBuffer: async () => (await bytes.read(start, end - start)).slice().buffer,
		}),
	} as unknown as Blob;
	const {format} = await parseBlob(blob, {duration: false, skipCovers: true, skipPostHeaders: true});
	return format.duration;
}

function startsWith(bytes: Uint8Array, start: number, text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		if (bytes[start + index] !== text.charCodeAt(index)) return false;
	}
	return true;
}

function view(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
