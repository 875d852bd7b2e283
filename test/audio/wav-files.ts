/** WAV files made in memory, so that a test says which bytes it means. */

export function bytesOf(...parts: Array<string | number[] | Uint8Array>): Uint8Array {
	return Buffer.concat(
		parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part))),
	);
}

export function u32(value: number): number[] {
	return [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
}

export function u16(value: number): number[] {
	return [value & 0xff, (value >> 8) & 0xff];
}

/** A chunk with the byte of padding that an odd length asks for. */
export function chunk(id: string, content: Uint8Array): Uint8Array {
	return bytesOf(id, u32(content.length), content, content.length % 2 ? [0] : []);
}

export interface Fmt {
	readonly tag?: number;
	readonly channels?: number;
	readonly rate?: number;
	readonly bits?: number;
	/** Bytes after the 16 that every `fmt ` has. */
	readonly more?: Uint8Array;
}

export function fmt({
	tag = 1,
	channels = 1,
	rate = 16_000,
	bits = 16,
	more = new Uint8Array(0),
}: Fmt = {}): Uint8Array {
	const frame = channels * Math.ceil(bits / 8);
	return chunk(
		'fmt ',
		bytesOf(u16(tag), u16(channels), u32(rate), u32(rate * frame), u16(frame), u16(bits), more),
	);
}

export function wav(...chunks: Uint8Array[]): Uint8Array {
	const content = bytesOf('WAVE', ...chunks);
	return bytesOf('RIFF', u32(content.length), content);
}

export function s16(...values: number[]): Uint8Array {
	return bytesOf(values.flatMap((value) => u16(value & 0xffff)));
}

/** The bytes as a stream, cut where `sizes` says; what is left comes as one piece. */
export async function* cut(bytes: Uint8Array, ...sizes: number[]): AsyncGenerator<Uint8Array, void, void> {
	let start = 0;
	for (const size of sizes) {
		yield bytes.subarray(start, start + size);
		start += size;
	}
	if (start < bytes.length) yield bytes.subarray(start);
}

export async function collect(samples: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	for await (const piece of samples) pieces.push(piece);
	return new Uint8Array(Buffer.concat(pieces));
}
