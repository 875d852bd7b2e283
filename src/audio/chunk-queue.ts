/** Bytes on their way from one who cannot wait to one who can. Read by one reader, once. */
export class ChunkQueue {
	readonly #chunks: Uint8Array[] = [];
	#bytes = 0;
	#end: {readonly failure?: Error} | undefined;
	#wake = () => {};

	/** Bytes that wait to be read. */
	get waitingBytes(): number {
		return this.#bytes;
	}

	/** Adds bytes; after the end they are dropped. */
	push(chunk: Uint8Array): void {
		if (this.#end) return;
		this.#chunks.push(chunk);
		this.#bytes += chunk.length;
		this.#wake();
	}

	/** Ends the queue once what waits has been read; with a failure, the reader gets that then. The first end counts. */
	end(failure?: Error): void {
		this.#end ??= failure ? {failure} : {};
		this.#wake();
	}

	/** @throws the failure the queue was ended with */
	async *read(): AsyncGenerator<Uint8Array, void, void> {
		for (;;) {
			const chunk = this.#chunks.shift();
			if (chunk) {
				this.#bytes -= chunk.length;
				yield chunk;
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
