/**
 * Makes src/tui/presentation/stage-font-data.ts, the letters of the caption stage, of Terminus Font's bold sizes (SIL Open
 * Font License 1.1). They come as compiled X11 fonts, such as in Debian's package:
 *
 *     apt-get download xfonts-terminus && dpkg -x xfonts-terminus_*.deb terminus
 *     bun scripts/make-stage-font.ts terminus/usr/share/fonts/X11/misc
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {deflateSync, gunzipSync} from 'node:zlib';

/** Pixels of height. */
const SIZES = [12, 16, 20, 24, 28, 32];

/** Latin with all its diacritics, Greek, Cyrillic, punctuation, currencies, and signs of the letter kind. */
const RANGES = [
	[0x20, 0x7e],
	[0xa0, 0x24f],
	[0x370, 0x3ff],
	[0x400, 0x52f],
	[0x1e00, 0x1eff],
	[0x2010, 0x2044],
	[0x20a0, 0x20cf],
	[0x2100, 0x2122],
] as const;

/** Tables of a compiled font, by their number. Source: X11's `pcfread.c` and the Open Font Format notes on PCF. */
const METRICS = 1 << 2;
const BITMAPS = 1 << 3;
const ENCODINGS = 1 << 5;
const COMPRESSED_METRICS = 0x100;
const NO_GLYPH = 0xffff;

interface Font {
	readonly width: number;
	/** Rows of a character, from the top, a number each: its lowest bit is the rightmost pixel. */
	rowsOf(code: number): number[] | undefined;
}

function readFont(path: string): Font {
	const bytes = gunzipSync(readFileSync(path));
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const table = (wanted: number) => {
		for (let at = 8, left = view.getUint32(4, true); left > 0; at += 16, left--) {
			if (view.getUint32(at, true) !== wanted) continue;
			const offset = view.getUint32(at + 12, true);
			const format = view.getUint32(offset, true);
			return {format, offset: offset + 4, isLittle: (format & 4) === 0};
		}
		throw new Error(`${path} has no table ${wanted}`);
	};
	const {format: metricsFormat, offset: metricsAt} = table(METRICS);
	if ((metricsFormat & COMPRESSED_METRICS) === 0) throw new Error(`${path}: wide metrics are not known here`);
	const metricsOf = (glyph: number) => {
		const at = metricsAt + 2 + glyph * 5;
		const [left, right, width, ascent, descent] = [0, 1, 2, 3, 4].map((place) => bytes[at + place]! - 128);
		return {width: right! - left!, height: ascent! + descent!, advance: width!};
	};
	const {format, offset, isLittle} = table(BITMAPS);
	const count = view.getUint32(offset, isLittle);
	const bitmapsAt = offset + 4 + 4 * count + 16;
	const padding = 1 << (format & 3);
	const isHighFirst = (format & 8) !== 0;
	const encodings = table(ENCODINGS);
	const [lowFirst, lowLast, highFirst] = [0, 2, 4].map((place) =>
		view.getUint16(encodings.offset + place, encodings.isLittle),
	) as [number, number, number];
	const glyphOf = (code: number) => {
		const [high, low] = [code >> 8, code & 0xff];
		if (high < highFirst || low < lowFirst || low > lowLast) return NO_GLYPH;
		const index = (high - highFirst) * (lowLast - lowFirst + 1) + low - lowFirst;
		return view.getUint16(encodings.offset + 10 + 2 * index, encodings.isLittle);
	};
	const byteAt = (at: number) => {
		const byte = bytes[at]!;
		return isHighFirst
			? byte
			: Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2);
	};
	return {
		width: metricsOf(glyphOf(0x41)).advance,
		rowsOf(code) {
			const glyph = glyphOf(code);
			if (glyph === NO_GLYPH) return undefined;
			const {width, height} = metricsOf(glyph);
			const stride = Math.ceil(Math.ceil(width / 8) / padding) * padding;
			const at = bitmapsAt + view.getUint32(offset + 4 + 4 * glyph, isLittle);
			return Array.from({length: height}, (_, row) => {
				let bits = 0;
				for (let byte = 0; byte < Math.ceil(width / 8); byte++) {
					bits = (bits << 8) | byteAt(at + row * stride + byte);
				}
				return bits >> ((8 - (width % 8)) % 8);
			});
		},
	};
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder are the fonts in? See the head of this script.');

const fonts = SIZES.map((size) => ({size, font: readFont(join(folder, `ter-u${size}b_unicode.pcf.gz`))}));
const codes = RANGES.flatMap(([first, last]) =>
	Array.from({length: last - first + 1}, (_, index) => first + index),
).filter((code) => fonts.every(({font}) => font.rowsOf(code) !== undefined));

/** Such as `20-7E,A0`. */
function inRanges(all: readonly number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const code of all) {
		const last = ranges.at(-1);
		if (last !== undefined && last[1] === code - 1) last[1] = code;
		else ranges.push([code, code]);
	}
	const hex = (code: number) => code.toString(16).toUpperCase();
	return ranges
		.map(([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`))
		.join(',');
}

const sizes = fonts.map(({size, font}) => {
	const rowBytes = Math.ceil(font.width / 8);
	const rows = codes.flatMap((code) => font.rowsOf(code)!);
	const bytes = Buffer.alloc(rows.length * rowBytes);
	for (const [index, row] of rows.entries()) bytes.writeUIntBE(row, index * rowBytes, rowBytes);
	const bits = deflateSync(bytes, {level: 9}).toString('base64');
	return `\t{width: ${font.width}, height: ${size}, bits: '${bits}'},`;
});

writeFileSync(
	resolve(import.meta.dirname, '../src/tui/presentation/stage-font-data.ts'),
	`/**
 * Letters of the caption stage: made by scripts/make-stage-font.ts of Terminus Font, bold.
 * Copyright (c) 2010-2019 Dimitar Toshkov Zhekov, with Reserved Font Name "Terminus Font".
 * This data is licensed under the SIL Open Font License, Version 1.1: see stage-font-licence.txt.
 */

/** The characters there are, as ranges of code points in hexadecimal. */
export const CHARACTERS =
	'${inRanges(codes)}';

/**
 * Each size, in pixels of a whole character. \`bits\`: the rows of all characters one after the other, each in as few bytes
 * as hold it, its rightmost pixel the lowest bit; deflated, in base64.
 */
// biome-ignore format: each size is one long line.
export const SIZES = [
${sizes.join('\n')}
];
`,
);
console.log(`${codes.length} characters in ${SIZES.length} sizes`);
