/** How long a session may last, how long without audio, and how long without any sign of life. Source: realtime docs, limits. */
import type {Clock} from '../speechmatics/clock.ts';
import {SessionError} from './session-error.ts';

const MINUTE = 60_000;
const LONGEST_SESSION = 48 * 60;
const LONGEST_SILENCE = 60;
/** With neither audio nor ping or pong. */
const LONGEST_ABSENCE = 3;
/** Minutes before the end at which a warning comes. */
const SESSION_WARNINGS = [45, 30, 15];
const IDLE_WARNINGS = [15, 10, 5];

export interface LimitsListener {
	warn(type: string, reason: string): void;
	fail(error: SessionError): void;
}

export class SessionLimits {
	readonly #clock: Clock;
	readonly #listener: LimitsListener;
	readonly #stop = new AbortController();
	#idle = new AbortController();
	#lastContact: number;

	constructor(clock: Clock, listener: LimitsListener) {
		this.#clock = clock;
		this.#listener = listener;
		this.#lastContact = clock.now();
		void this.#watchSession();
		void this.#watchIdle();
		void this.#watchContact();
	}

	/** Audio came: silence is counted anew. */
	heard(): void {
		if (this.#stop.signal.aborted) return;
		this.contact();
		this.#idle.abort();
		this.#idle = new AbortController();
		void this.#watchIdle();
	}

	/** The client is there: it sent audio, a ping or a pong. */
	contact(): void {
		this.#lastContact = this.#clock.now();
	}

	stop(): void {
		this.#stop.abort();
		this.#idle.abort();
	}

	#watchSession(): Promise<void> {
		return this.#watch(LONGEST_SESSION, SESSION_WARNINGS, this.#stop.signal, {
			type: 'session_timeout',
			warning: (left, past) =>
				`Session will timeout in ${left}m due to max duration, session has been active for ${past}m`,
			end: 'Session duration limit reached',
		});
	}

	#watchIdle(): Promise<void> {
		return this.#watch(LONGEST_SILENCE, IDLE_WARNINGS, this.#idle.signal, {
			type: 'idle_timeout',
			warning: (left, past) =>
				`Session will timeout in ${left}m due to inactivity, no audio sent within the last ${past}m`,
			end: 'Idle duration limit reached',
		});
	}

	/** Looks again only when the time would be over: signs of life are too many to begin anew with each. */
	async #watchContact(): Promise<void> {
		const {signal} = this.#stop;
		const left = () => this.#lastContact + LONGEST_ABSENCE * MINUTE - this.#clock.now();
		try {
			while (left() > 0) await this.#clock.sleep(left(), signal);
			const reason = `No audio and no ping within the last ${LONGEST_ABSENCE}m`;
			this.#listener.fail(new SessionError('idle_timeout', reason));
		} catch (error) {
			if (!signal.aborted) throw error;
		}
	}

	async #watch(
		limit: number,
		warnings: readonly number[],
		signal: AbortSignal,
		{type, warning, end}: {type: string; warning: (left: number, past: number) => string; end: string},
	): Promise<void> {
		let past = 0;
		try {
			for (const left of warnings) {
				await this.#clock.sleep((limit - left - past) * MINUTE, signal);
				past = limit - left;
				this.#listener.warn(type, warning(left, past));
			}
			await this.#clock.sleep((limit - past) * MINUTE, signal);
			this.#listener.fail(new SessionError(type, end));
		} catch (error) {
			if (!signal.aborted) throw error;
		}
	}
}
