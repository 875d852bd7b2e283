/** Tasks in the order of a key. Who went elsewhere meanwhile is passed over: taking an entry out of a heap is not cheap. */
import {Heap} from './heap.ts';

/** Whatever has a ticket that is exchanged for a new one whenever it goes elsewhere. */
interface Ticketed {
	readonly ticket: number;
}

interface Entry {
	readonly id: number;
	readonly ticket: number;
}

/** Entries out of date that are not worth the sweep. */
const FEW = 64;

export class TaskQueue {
	readonly #tasks: ReadonlyMap<number, Ticketed>;
	readonly #heap = new Heap<Entry>();

	/** @param tasks all there are, in this queue or not */
	constructor(tasks: ReadonlyMap<number, Ticketed>) {
		this.#tasks = tasks;
	}

	/** Entries out of date are thrown away when they are the first, or when they are too many. */
	put(id: number, {ticket}: Ticketed, key: number): void {
		this.#heap.push({id, ticket}, key);
		if (this.#heap.size <= 2 * this.#tasks.size + FEW) return;
		this.#heap.keep((entry) => this.#isCurrent(entry));
	}

	/** Who has the least key, and which that is. */
	get first(): {readonly id: number; readonly key: number} | undefined {
		for (;;) {
			const {first} = this.#heap;
			if (first === undefined) return undefined;
			if (this.#isCurrent(first.item)) return {id: first.item.id, key: first.key};
			this.#heap.pop();
		}
	}

	/** Takes out who is the first. */
	pop(): number | undefined {
		const id = this.first?.id;
		this.#heap.pop();
		return id;
	}

	#isCurrent({id, ticket}: Entry): boolean {
		return this.#tasks.get(id)?.ticket === ticket;
	}
}
