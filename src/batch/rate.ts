/** How often the service may be asked: a bucket of tokens that learns from being refused. Pure but for its own state. */

export interface RateOptions {
	/** Tokens a second. */
	readonly perSecond: number;
	/** The slowest it becomes. */
	readonly least?: number;
}

/** After a refusal the rate is halved; it comes back by this share of the full rate each second. */
const RECOVERY = 0.05;

export class Rate {
	readonly #full: number;
	readonly #least: number;
	#current: number;
	/** Tokens at `#at`. One at most: saved-up ones would come as a burst over the limit. */
	#tokens: number;
	#at = 0;
	#closedUntil = 0;

	constructor({perSecond, least = 0.2}: RateOptions) {
		this.#full = perSecond;
		this.#least = least;
		this.#current = perSecond;
		this.#tokens = 1;
	}

	/** Tokens a second, as of now. */
	get perSecond(): number {
		return this.#current;
	}

	/** @param now milliseconds, never in the future @returns when the next token can be had; not after `now`: at once */
	readyAt(now: number): number {
		this.#refill(now);
		if (now < this.#closedUntil) return this.#closedUntil;
		if (this.#tokens >= 1) return now;
		return now + Math.ceil(((1 - this.#tokens) / this.#current) * 1000);
	}

	/** Takes a token. @returns false where none is to be had yet */
	take(now: number): boolean {
		if (this.readyAt(now) > now) return false;
		this.#tokens -= 1;
		return true;
	}

	/** Accounts for a request that was made without asking; the next ones wait the longer. */
	owe(now: number): void {
		this.#refill(now);
		this.#tokens -= 1;
	}

	/** The service said "too many": half as many from here on, and none before `until`. */
	refused(now: number, until: number): void {
		this.#refill(now);
		// Requests that were under way together are refused together: that is one refusal.
		if (now >= this.#closedUntil) this.#current = Math.max(this.#least, this.#current / 2);
		this.#closedUntil = Math.max(this.#closedUntil, until);
		this.#tokens = Math.min(this.#tokens, 0);
	}

	#refill(now: number): void {
		const seconds = Math.max(0, now - Math.max(this.#at, this.#closedUntil)) / 1000;
		this.#at = now;
		if (seconds === 0) return;
		this.#current = Math.min(this.#full, this.#current + this.#full * RECOVERY * seconds);
		this.#tokens = Math.min(1, this.#tokens + seconds * this.#current);
	}
}
