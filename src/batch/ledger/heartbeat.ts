/** Tells the ledger from time to time that this process is alive. */
import {attempt} from './attempt.ts';
import type {Ledger} from './ledger.ts';

/** Milliseconds. */
const BEAT = 20_000;

export class Heartbeat {
	readonly #ledger: Pick<Ledger, 'beat'>;
	#timer: ReturnType<typeof setInterval> | undefined;

	constructor(ledger: Pick<Ledger, 'beat'>) {
		this.#ledger = ledger;
	}

	/** Begins, if it does not beat already. */
	start(): void {
		if (this.#timer !== undefined) return;
		this.#timer = setInterval(() => attempt(() => this.#ledger.beat()), BEAT);
		this.#timer.unref?.();
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}
}
