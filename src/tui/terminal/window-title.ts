import type {Clock} from '../../speechmatics/clock.ts';
import {osc, oscText, POP_TITLE, PUSH_TITLE} from './control-sequences.ts';

/** Milliseconds between two titles: some terminals draw their tabs anew for each. */
const INTERVAL = 1000;

/** The title of the window. The one before is given back. */
export class WindowTitle {
	readonly #write: (text: string) => void;
	readonly #clock: Clock;
	#wanted = '';
	#shown: string | undefined;
	#shownAt = Number.NEGATIVE_INFINITY;
	#waiting: AbortController | undefined;

	constructor(write: (text: string) => void, clock: Clock) {
		this.#write = write;
		this.#clock = clock;
	}

	/** Shows a title now, or when the one before has had its time. Control characters do not get through. */
	show(title: string): void {
		this.#wanted = oscText(title);
		if (this.#waiting !== undefined || this.#wanted === this.#shown) return;
		const wait = this.#shownAt + INTERVAL - this.#clock.now();
		if (wait <= 0) this.#put();
		else void this.#putAfter(wait);
	}

	/** Gives back the title that was there, if there is one of ours. */
	restore(write = this.#write): void {
		this.#waiting?.abort();
		this.#waiting = undefined;
		if (this.#shown === undefined) return;
		this.#shown = undefined;
		this.#shownAt = Number.NEGATIVE_INFINITY;
		// A terminal without such a stack goes back to a title of its own when it gets an empty one.
		write(osc(2, '') + POP_TITLE);
	}

	async #putAfter(wait: number): Promise<void> {
		const waiting = new AbortController();
		this.#waiting = waiting;
		await this.#clock.sleep(wait, waiting.signal).catch(() => {});
		if (waiting.signal.aborted) return;
		this.#waiting = undefined;
		if (this.#wanted !== this.#shown) this.#put();
	}

	#put(): void {
		this.#write((this.#shown === undefined ? PUSH_TITLE : '') + osc(2, this.#wanted));
		this.#shown = this.#wanted;
		this.#shownAt = this.#clock.now();
	}
}
