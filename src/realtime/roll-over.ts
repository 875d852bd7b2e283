/** When a connection should be followed by the next one: near the service's limit of time, in a moment of silence. Pure. */

/** Seconds. The service ends a session after 48 h, and warns 45 minutes before. Source: docs, "Realtime limits". */
const LONGEST = 48 * 3600;
const MARGIN = 50 * 60;
/** dBFS: quieter than this nobody speaks. */
const QUIET = -45;
/** Seconds of quiet that make a pause between words. */
const PAUSE = 0.4;
/** Seconds to wait for such a pause. */
const PATIENCE = 120;

export class RollOver {
	#begunAt: number;
	#dueSince: number | undefined;
	#quietSince: number | undefined;

	/** @param now seconds on the timeline */
	constructor(now: number) {
		this.#begunAt = now;
	}

	/** The service has said that the end is near. */
	limitIsNear(now: number): void {
		this.#dueSince ??= now;
	}

	/** The next connection has taken over. */
	restart(now: number): void {
		this.#begunAt = now;
		this.#dueSince = undefined;
	}

	/**
	 * @param now end of the piece of audio, seconds on the timeline
	 * @param rms its level, dBFS
	 * @returns true where this is the moment to hand over
	 */
	heard(now: number, rms: number): boolean {
		if (rms > QUIET) this.#quietSince = undefined;
		else this.#quietSince ??= now;
		if (now - this.#begunAt > LONGEST - MARGIN) this.limitIsNear(now);
		if (this.#dueSince === undefined) return false;
		const isPause = this.#quietSince !== undefined && now - this.#quietSince >= PAUSE;
		return isPause || now - this.#dueSince > PATIENCE;
	}
}
