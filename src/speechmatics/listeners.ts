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

	emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
		for (const listener of this.#listeners.get(name) ?? []) listener(event as never);
	}
}
