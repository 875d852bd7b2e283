/** Typed event listeners, called in the order they were added. */
export class Listeners<Events extends object> {
	readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

	/** @returns a function that takes the listener away again */
	on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
		const listeners = this.#listeners.get(name) ?? new Set();
		this.#listeners.set(name, listeners);
		listeners.add(listener);
		return () => listeners.delete(listener);
	}

	/** The same for the first event only. */
	once<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
		const off = this.on(name, (event) => {
			off();
			listener(event);
		});
		return off;
	}

	/**
	 * A listener that throws must neither keep the event from the others nor stop whoever emits, so its error is
	 * thrown where nobody can catch it: that is a mistake of the program, and must be seen.
	 */
	emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
		for (const listener of this.#listeners.get(name) ?? []) {
			try {
				listener(event as never);
			} catch (error) {
				queueMicrotask(() => {
					throw error;
				});
			}
		}
	}
}
