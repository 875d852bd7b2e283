import type {Clock} from '../../src/speechmatics/clock.ts';

interface Sleeper {
	readonly until: number;
	readonly wake: () => void;
}

/** A clock that goes only where it is told to, and keeps nothing of where it was: for days of virtual time. */
export class VirtualClock implements Clock {
	#now = 0;
	readonly #sleepers = new Set<Sleeper>();

	now(): number {
		return this.#now;
	}

	sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			const onAbort = () => {
				this.#sleepers.delete(sleeper);
				reject(signal?.reason);
			};
			const sleeper: Sleeper = {
				until: this.#now + milliseconds,
				wake: () => {
					signal?.removeEventListener('abort', onAbort);
					resolve();
				},
			};
			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', onAbort, {once: true});
		});
	}

	/** Wakes everybody whose time comes, in order, and lets each do what it does then. */
	async advance(milliseconds: number): Promise<void> {
		const end = this.#now + milliseconds;
		for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
			this.#sleepers.delete(next);
			this.#now = Math.max(this.#now, next.until);
			next.wake();
			await turn();
		}
		this.#now = end;
		await turn();
	}

	#nextUntil(end: number): Sleeper | undefined {
		let next: Sleeper | undefined;
		for (const sleeper of this.#sleepers) {
			if (sleeper.until <= end && (next === undefined || sleeper.until < next.until)) next = sleeper;
		}
		return next;
	}
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
