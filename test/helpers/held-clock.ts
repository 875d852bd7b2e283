import type {Clock} from '../../src/speechmatics/clock.ts';

/** A clock that stands still until a test moves it; sleepers wake in the order of their times. */
export class HeldClock implements Clock {
	#now = 0;
	readonly #sleepers = new Set<{at: number; wake: () => void}>();

	now(): number {
		return this.#now;
	}

	sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const sleeper = {at: this.#now + milliseconds, wake: resolve};
			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', () => {
				this.#sleepers.delete(sleeper);
				reject(signal.reason);
			});
		});
	}

	/** Moves on, and lets whoever wakes act before the next one does. */
	async pass(milliseconds: number): Promise<void> {
		const end = this.#now + milliseconds;
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
			if (next === undefined || next.at > end) break;
			this.#now = next.at;
			this.#sleepers.delete(next);
			next.wake();
		}
		this.#now = end;
	}
}
