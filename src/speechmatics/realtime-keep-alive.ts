import type {Clock} from './clock.ts';
import {after} from './realtime-timers.ts';

/** The service ends a session after 3 minutes with neither audio nor ping. Source: docs, "Realtime limits". ms. */
const PING_INTERVAL = 30_000;
/** How long a pong may take. Source: an older realtime API reference, which asks for at least a minute. ms. */
const PONG_TIMEOUT = 60_000;

/**
 * Pings as long as a session lasts, so that one without audio (a muted microphone) stays open, and notices when
 * nobody answers any more. Only where a pong has ever come: not every runtime shows them.
 */
export class KeepAlive {
	readonly #clock: Clock;
	readonly #ping: () => void;
	readonly #onSilence: () => void;
	#lastPong: number | undefined;
	#off: () => void;

	constructor(clock: Clock, {ping, onSilence}: {ping: () => void; onSilence: () => void}) {
		this.#clock = clock;
		this.#ping = ping;
		this.#onSilence = onSilence;
		this.#off = after(clock, PING_INTERVAL, () => this.#beat());
	}

	/** A sign of life came: a pong or a message. */
	heard(kind: 'pong' | 'message'): void {
		if (kind === 'pong' || this.#lastPong !== undefined) this.#lastPong = this.#clock.now();
	}

	stop(): void {
		this.#off();
	}

	#beat(): void {
		const silence = this.#lastPong === undefined ? 0 : this.#clock.now() - this.#lastPong;
		if (silence >= PING_INTERVAL + PONG_TIMEOUT) {
			this.#onSilence();
			return;
		}
		this.#ping();
		this.#off = after(this.#clock, PING_INTERVAL, () => this.#beat());
	}
}
