import type {Clock} from '../../src/speechmatics/clock.ts';

/** A clock on which sleeping takes no time: it jumps to the moment that was waited for. */
export class FakeClock implements Clock {
	readonly sleeps: number[] = [];
	#now = 0;

	now(): number {
		return this.#now;
	}

	advance(milliseconds: number): void {
		this.#now += milliseconds;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.sleeps.push(milliseconds);
		this.#now += milliseconds;
	}
}
