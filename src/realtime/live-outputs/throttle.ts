import type {Clock} from '../../speechmatics/clock.ts';

/**
 * Runs work when asked, one at a time and with a pause between; whatever is asked for meanwhile becomes one more run.
 * The first run comes at once.
 */
export class Throttle {
	readonly #work: () => Promise<void> | void;
	readonly #clock: Clock;
	readonly #pause: number;
	readonly #closing = new AbortController();
	#asked = false;
	#running: Promise<void> | undefined;
	#lastAt = Number.NEGATIVE_INFINITY;

	/**
	 * @param work does not throw
	 * @param pause milliseconds from one run to the next
	 */
	constructor(work: () => Promise<void> | void, clock: Clock, pause: number) {
		this.#work = work;
		this.#clock = clock;
		this.#pause = pause;
	}

	ask(): void {
		this.#asked = true;
		this.#running ??= this.#run().finally(() => {
			this.#running = undefined;
		});
	}

	/** Does what is asked for at once, and nothing after. */
	async close(): Promise<void> {
		this.#closing.abort();
		await this.#running;
		if (this.#asked) await this.#do();
	}

	async #run(): Promise<void> {
		const {signal} = this.#closing;
		while (this.#asked && !signal.aborted) {
			const wait = this.#lastAt + this.#pause - this.#clock.now();
			if (wait > 0) await this.#clock.sleep(wait, signal).catch(() => {});
			if (signal.aborted) return;
			await this.#do();
		}
	}

	async #do(): Promise<void> {
		this.#asked = false;
		this.#lastAt = this.#clock.now();
		await this.#work();
	}
}
