import type {Clock} from '../../src/speechmatics/clock.ts';

/** A clock that stands still until it is told to go on; who sleeps wakes exactly then. */
export class ManualClock implements Clock {
	/** What was slept for, in milliseconds. */
	readonly sleeps: number[] = [];
	#now = 0;
	readonly #sleepers = new Set<{readonly until: number; readonly wake: () => void}>();

	now(): number {
		return this.#now;
	}

	sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			this.sleeps.push(milliseconds);
			const sleeper = {until: this.#now + milliseconds, wake: resolve};
			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', () => {
				this.#sleepers.delete(sleeper);
				reject(signal.reason);
			});
		});
	}

	/** Wakes everybody whose time comes, in order, and lets each go to sleep again. */
	async advance(milliseconds: number): Promise<void> {
		const end = this.#now + milliseconds;
		for (;;) {
			// Who is about to go to sleep does so first.
			await new Promise<void>((resolve) => setImmediate(resolve));
			const [next] = [...this.#sleepers].filter(({until}) => until <= end).sort((a, b) => a.until - b.until);
			if (next === undefined) break;
			this.#sleepers.delete(next);
			this.#now = Math.max(this.#now, next.until);
			next.wake();
		}
		this.#now = end;
	}
}
