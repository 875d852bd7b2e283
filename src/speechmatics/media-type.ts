/** How the kinds of recordings that the service reads begin. Source: docs, "Input"; each format's specification. */
const BEGINNINGS: ReadonlyArray<readonly [type: string, offset: number, pattern: RegExp]> = [
	['audio/wav', 0, /^(RIFF|RF64)....WAVE/s],
	['audio/ogg', 0, /^OggS/],
	['audio/flac', 0, /^fLaC/],
	['audio/amr', 0, /^#!AMR/],
	['audio/mp4', 4, /^ftypM4[AB]/],
	['video/mp4', 4, /^ftyp/],
	// ADTS frames begin like MPEG audio ones, but with the layer bits at zero.
	['audio/aac', 0, /^\xFF[\xF0\xF1\xF8\xF9]/],
	['audio/mpeg', 0, /^(ID3|\xFF[\xE2-\xE7\xF2-\xF7\xFA-\xFF])/],
];

/** How many bytes from the start are needed to tell. */
export const TYPE_BYTES = 12;

export const UNKNOWN_TYPE = 'application/octet-stream';

/** The media type of a recording by how it begins, whatever its name says. */
export function mediaTypeOf(beginning: Uint8Array): string {
	const text = String.fromCharCode(...beginning.subarray(0, TYPE_BYTES));
	return BEGINNINGS.find(([, offset, pattern]) => pattern.test(text.slice(offset)))?.[0] ?? UNKNOWN_TYPE;
}
