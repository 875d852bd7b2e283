/** A queue that gives the least first, in the order of arrival among equals. */
export class Heap<Item> {
	readonly #entries: Array<{readonly item: Item; readonly key: number; readonly arrival: number}> = [];
	#arrivals = 0;

	get size(): number {
		return this.#entries.length;
	}

	/** The least, and by what it is so. */
	get first(): {readonly item: Item; readonly key: number} | undefined {
		return this.#entries[0];
	}

	push(item: Item, key: number): void {
		const entries = this.#entries;
		const entry = {item, key, arrival: this.#arrivals++};
		let place = entries.length;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			if (!isBefore(entry, entries[parent]!)) break;
			entries[place] = entries[parent]!;
			place = parent;
		}
		entries[place] = entry;
	}

	/** Throws away what does not pass; order and arrival stay. */
	keep(passes: (item: Item) => boolean): void {
		const kept = this.#entries.filter(({item}) => passes(item));
		// A sorted list is a heap.
		kept.sort((a, b) => (isBefore(a, b) ? -1 : 1));
		this.#entries.splice(0, this.#entries.length);
		for (const entry of kept) this.#entries.push(entry);
	}

	pop(): Item | undefined {
		const entries = this.#entries;
		const first = entries[0];
		const last = entries.pop();
		if (first === undefined || last === undefined || entries.length === 0) return first?.item;
		let place = 0;
		for (;;) {
			let child = place * 2 + 1;
			if (child >= entries.length) break;
			if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child += 1;
			if (!isBefore(entries[child]!, last)) break;
			entries[place] = entries[child]!;
			place = child;
		}
		entries[place] = last;
		return first.item;
	}
}

interface Keyed {
	readonly key: number;
	readonly arrival: number;
}

const isBefore = (a: Keyed, b: Keyed) => a.key < b.key || (a.key === b.key && a.arrival < b.arrival);
