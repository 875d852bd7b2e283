/** Things on their way from one who cannot wait to one who can. Read by one reader, once. */
export class ItemQueue<Item> {
	readonly #bytesOf: (item: Item) => number;
	readonly #items: Item[] = [];
	#bytes = 0;
	#end: {readonly failure?: Error} | undefined;
	#wake = () => {};

	/** @param bytesOf how much memory an item takes */
	constructor(bytesOf: (item: Item) => number) {
		this.#bytesOf = bytesOf;
	}

	/** Bytes that wait to be read. */
	get waitingBytes(): number {
		return this.#bytes;
	}

	/** Adds an item; after the end it is dropped. */
	push(item: Item): void {
		if (this.#end) return;
		this.#items.push(item);
		this.#bytes += this.#bytesOf(item);
		this.#wake();
	}

	/** Ends the queue once what waits has been read; with a failure, the reader gets that then. The first end counts. */
	end(failure?: Error): void {
		this.#end ??= failure ? {failure} : {};
		this.#wake();
	}

	/** @throws the failure the queue was ended with */
	async *read(): AsyncGenerator<Item, void, void> {
		for (;;) {
			if (this.#items.length > 0) {
				const item = this.#items.shift() as Item;
				this.#bytes -= this.#bytesOf(item);
				yield item;
			} else if (this.#end) {
				if (this.#end.failure) throw this.#end.failure;
				return;
			} else {
				await new Promise<void>((resolve) => {
					this.#wake = resolve;
				});
			}
		}
	}
}

/** As `ItemQueue`, of bytes. */
export class ChunkQueue extends ItemQueue<Uint8Array> {
	constructor() {
		super((chunk) => chunk.length);
	}
}
