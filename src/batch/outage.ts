/**
 * Whether the service is down, as far as failures tell: then nothing is asked of it for a while, and after that one
 * request at a time tries whether it is over.
 */
import {doubled, FIRST_PAUSE, LONGEST_PAUSE} from './pauses.ts';

/** Failures in a row, of whatever recording, that mean that the service is down. */
const ENOUGH = 3;

export class Outage {
	#failures = 0;
	#closedUntil = 0;
	/** Who tries whether it is over. */
	#probe: number | undefined;

	/** Failures in a row, of whatever recording; those that came together count once. */
	get failures(): number {
		return this.#failures;
	}

	/** Until when nothing is to be asked: milliseconds. */
	get closedUntil(): number {
		return this.#closedUntil;
	}

	/** Whether somebody tries whether it is over; requests from before it may hang for long and are none of that. */
	get isProbed(): boolean {
		return this.#isDown && this.#probe !== undefined;
	}

	/** The service answered, whatever it said: there is no outage. */
	answered(): void {
		this.#failures = 0;
		this.#closedUntil = 0;
		this.#probe = undefined;
	}

	/**
	 * A request failed.
	 *
	 * @param asked milliseconds that the service asked to be left alone, if any
	 * @param spread the spread of pauses, so that not all come back at once
	 */
	failed(now: number, asked: number, spread: (milliseconds: number) => number): void {
		// Requests that were under way together fail together: that is one more failure, not many.
		if (now < this.#closedUntil) return;
		this.#failures += 1;
		if (!this.#isDown) return;
		const pause = doubled(FIRST_PAUSE, this.#failures - ENOUGH + 1, LONGEST_PAUSE);
		this.#closedUntil = now + Math.max(asked, spread(pause));
	}

	/** Somebody begins to ask the service something. */
	begins(id: number): void {
		if (this.#isDown) this.#probe = id;
		else this.ends(id);
	}

	/** Somebody asks nothing any more. */
	ends(id: number): void {
		if (this.#probe === id) this.#probe = undefined;
	}

	get #isDown(): boolean {
		return this.#failures >= ENOUGH;
	}
}
