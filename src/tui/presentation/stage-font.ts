/** Large letters, drawn with half blocks: a cell of the terminal holds two pixels, one above the other. */
import {inflateSync} from 'node:zlib';
import {CHARACTERS, SIZES} from './stage-font-data.ts';

/** What two pixels above each other are drawn as: none of them, the upper one, the lower one, both. */
type Pens = readonly [string, string, string, string];
const BLOCKS: Pens = [' ', '▀', '▄', '█'];
const SIGNS: Pens = [' ', '"', 'o', '#'];

/** Share of a character's width that a blank takes: less than a letter, as in print. */
const BLANK = 0.6;
/** What stands for characters that are written in more than one way. */
const SAME: ReadonlyArray<readonly [RegExp, string]> = [
	[/[\u00A0\u2000-\u200A\u202F]/g, ' '],
	[/\uFE0F|[\u00AD\u200B\u200E\u200F\u2060]/g, ''],
	[/\u2011/g, '-'],
	[/\u2212/g, '–'],
];

/** Where in the data the rows of each character begin, counted in characters. */
const PLACES: ReadonlyMap<string, number> = new Map(
	CHARACTERS.split(',')
		.flatMap((range) => {
			const [first = 0, last = first] = range.split('-').map((code) => Number.parseInt(code, 16));
			return Array.from({length: last - first + 1}, (_, index) => String.fromCodePoint(first + index));
		})
		.map((character, place) => [character, place]),
);

/** A character as rows of the terminal, all of the same width. */
type Letter = readonly string[];

export class StageFont {
	/** Rows of the terminal that a line takes. */
	readonly rows: number;
	/** Columns of most letters, with what parts them from the next one. */
	readonly letterColumns: number;
	readonly #width: number;
	readonly #height: number;
	readonly #bytes: Uint8Array;
	readonly #gap: number;
	readonly #letters = new Map<string, Letter>();

	constructor({width, height, bits}: (typeof SIZES)[number]) {
		this.#width = width;
		this.#height = height;
		this.#bytes = inflateSync(Buffer.from(bits, 'base64'));
		this.rows = height / 2;
		const [left, right] = this.#ink(PLACES.get('n')!);
		this.#gap = width - (right - left);
		this.letterColumns = width;
	}

	/** Columns of the terminal that a text takes. */
	widthOf(text: string): number {
		let width = 0;
		for (const character of text) width += this.#letter(character, BLOCKS)[0]!.length;
		return Math.max(0, width - this.#gap);
	}

	/** @param ascii whether it is drawn with ASCII alone */
	drawn(text: string, ascii: boolean): string[] {
		const letters = [...text].map((character) => this.#letter(character, ascii ? SIGNS : BLOCKS));
		return Array.from({length: this.rows}, (_, row) => letters.map((letter) => letter[row]).join(''));
	}

	#letter(character: string, pens: Pens): Letter {
		const key = pens[3] + character;
		let letter = this.#letters.get(key);
		if (letter === undefined) {
			letter = this.#draw(character, pens);
			this.#letters.set(key, letter);
		}
		return letter;
	}

	#draw(character: string, pens: Pens): Letter {
		const place = PLACES.get(character) ?? PLACES.get('?')!;
		const [left, right] = this.#ink(place);
		const columns = right > left ? right - left + this.#gap : Math.round(this.#width * BLANK);
		return Array.from({length: this.rows}, (_, row) =>
			Array.from({length: columns}, (_, column) => {
				const isSet = (pixelRow: number) =>
					column < right - left ? this.#pixel(place, pixelRow, left + column) : 0;
				return pens[isSet(2 * row) + 2 * isSet(2 * row + 1)];
			}).join(''),
		);
	}

	/** The first column of pixels that is not empty, and the one behind the last. */
	#ink(place: number): readonly [left: number, right: number] {
		const columns = Array.from({length: this.#width}, (_, column) => column).filter((column) =>
			Array.from({length: this.#height}, (_, row) => this.#pixel(place, row, column)).includes(1),
		);
		return [columns[0] ?? 0, (columns.at(-1) ?? -1) + 1];
	}

	#pixel(place: number, row: number, column: number): 0 | 1 {
		const rowBytes = Math.ceil(this.#width / 8);
		const fromRight = this.#width - 1 - column;
		const at = (place * this.#height + row) * rowBytes + rowBytes - 1 - (fromRight >> 3);
		return ((this.#bytes[at]! >> (fromRight & 7)) & 1) as 0 | 1;
	}
}

let fonts: readonly StageFont[] | undefined;

/** All sizes, the largest first. */
export function stageFonts(): readonly StageFont[] {
	fonts ??= SIZES.map((size) => new StageFont(size)).reverse();
	return fonts;
}

/**
 * A text as it can be drawn in large letters, in single characters; `undefined` where one is missing, as those of scripts
 * other than Latin, Greek and Cyrillic are.
 */
export function drawable(text: string): string | undefined {
	const plain = SAME.reduce((sum, [pattern, sign]) => sum.replace(pattern, sign), text.normalize('NFC'));
	return [...plain].every((character) => PLACES.has(character)) ? plain : undefined;
}
