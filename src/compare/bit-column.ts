/**
 * A column of the table of edit distances, as differences of neighbours: two bits a cell, 32 cells a number.
 * Source: G. Myers, "A fast bit-vector algorithm for approximate string matching", 1999; the form for a whole distance and
 * for many blocks after H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003.
 */

const BITS = 32;
/** Items that stand in more than one of so many blocks, as letters do, have a column of their own. */
const COMMON = 8;

/** Where an item stands: the numbers of its blocks, and which cells of each. */
interface Places {
	readonly blocks: number[];
	readonly bits: number[];
}

export class BitColumn {
	readonly #length: number;
	/** Cells that are one more, or one less, than the cell above. */
	readonly #up: Int32Array;
	readonly #down: Int32Array;
	readonly #places = new Map<number, Places>();
	readonly #wholes = new Map<number, Int32Array>();
	#read = 0;

	/** @param pattern the items along the column; the table begins with nothing read */
	constructor(pattern: Int32Array) {
		this.#length = pattern.length;
		const blocks = Math.ceil(pattern.length / BITS);
		this.#up = new Int32Array(blocks).fill(-1);
		this.#down = new Int32Array(blocks);
		for (const [position, item] of pattern.entries()) {
			const places = this.#places.get(item) ?? {blocks: [], bits: []};
			if (places.blocks.length === 0) this.#places.set(item, places);
			const block = Math.floor(position / BITS);
			if (places.blocks.at(-1) !== block) {
				places.blocks.push(block);
				places.bits.push(0);
			}
			places.bits[places.bits.length - 1]! |= 1 << (position % BITS);
		}
	}

	/** Goes on to the column after these items. */
	read(items: Int32Array): this {
		const blocks = this.#up.length;
		const equal = new Int32Array(blocks);
		for (const item of items) {
			const places = this.#places.get(item);
			if (places !== undefined && places.blocks.length * COMMON > blocks) {
				this.#step(this.#whole(item, places));
				continue;
			}
			if (places !== undefined) {
				for (let index = 0; index < places.blocks.length; index++) {
					equal[places.blocks[index]!] = places.bits[index]!;
				}
			}
			this.#step(equal);
			if (places !== undefined) for (const block of places.blocks) equal[block] = 0;
		}
		this.#read += items.length;
		return this;
	}

	/** The distances of all beginnings of the pattern from what was read, the empty one first. */
	costs(): Int32Array {
		const costs = new Int32Array(this.#length + 1);
		costs[0] = this.#read;
		for (let position = 0; position < this.#length; position++) {
			const bit = 1 << (position % BITS);
			const block = Math.floor(position / BITS);
			const change = (this.#up[block]! & bit) !== 0 ? 1 : (this.#down[block]! & bit) !== 0 ? -1 : 0;
			costs[position + 1] = costs[position]! + change;
		}
		return costs;
	}

	/** Where a common item stands, block by block. */
	#whole(item: number, {blocks, bits}: Places): Int32Array {
		const made = this.#wholes.get(item);
		if (made !== undefined) return made;
		const whole = new Int32Array(this.#up.length);
		for (const [index, block] of blocks.entries()) whole[block] = bits[index]!;
		this.#wholes.set(item, whole);
		return whole;
	}

	#step(equal: Int32Array): void {
		const [up, down] = [this.#up, this.#down];
		// The first row counts what was read: each column begins one higher.
		let carry = 1;
		for (let block = 0; block < up.length; block++) {
			const upBits = up[block]!;
			const downBits = down[block]!;
			let equalBits = equal[block]!;
			const vertical = equalBits | downBits;
			if (carry < 0) equalBits |= 1;
			const horizontal = (((equalBits & upBits) + upBits) ^ upBits) | equalBits;
			let right = downBits | ~(horizontal | upBits);
			let left = upBits & horizontal;
			const out = right < 0 ? 1 : left < 0 ? -1 : 0;
			right = (right << 1) | (carry > 0 ? 1 : 0);
			left = (left << 1) | (carry < 0 ? 1 : 0);
			up[block] = left | ~(vertical | right);
			down[block] = right & vertical;
			carry = out;
		}
	}
}
