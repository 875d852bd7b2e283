/**
 * A stretch of the timeline and the connections that turn it into words: one, or as many as it takes where connections
 * are lost. A session has one stretch after the other; the next may begin while the one before waits for its last words.
 */
import {messageOf} from '../platform/message-of.ts';
import type {Clock} from '../speechmatics/clock.ts';
import {type AudioFormat, hasChannels} from '../speechmatics/config.ts';
import {ConnectionError, RealtimeError, ResponseError, TimeoutError} from '../speechmatics/errors.ts';
import {CLOSE_CODES, type SpeakerIdentity} from '../speechmatics/messages.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {type RetryPolicy, retryPolicy} from '../speechmatics/realtime-retry.ts';
import type {AudioTrack} from './audio-track.ts';
import {Connection, type Outcome} from './connection.ts';
import type {RealtimeEvent, SessionState} from './events.ts';
import {Progress} from './progress.ts';
import {pauseBefore} from './reconnect.ts';
import type {SessionStart} from './session.ts';

export interface StretchOptions {
	readonly newClient: () => RealtimeClient;
	/** As it is when a connection begins: it may be changed while the session runs. */
	readonly start: () => SessionStart;
	readonly format: AudioFormat;
	readonly track: AudioTrack;
	/** Seconds on the timeline. */
	readonly from: number;
	/** The stretch that goes on until this one takes over. */
	readonly before?: Stretch | undefined;
	readonly emit: (event: RealtimeEvent) => void;
	readonly enter: (
		state: SessionState,
		reason?: string,
		retry?: {readonly attempt: number; readonly retryInSeconds: number},
	) => void;
	/** A connection that stands has this number. */
	readonly nextNumber: () => number;
	readonly onLost: (from: number, to: number) => void;
	readonly onLimitNear: () => void;
	/** Called when a connection is over, with what it sent. */
	readonly onSent: (frames: number, bytes: number) => void;
	readonly onSpeakers?: ((speakers: readonly SpeakerIdentity[]) => void) | undefined;
	readonly clock: Clock;
	readonly random: () => number;
	readonly stop: AbortSignal;
}

/** Seconds of audio heard again before the first word that is not final: recognition begins badly in the midst of sound. */
const LEAD_IN = 2;
/** Seconds that both sides of a hand-over hear. */
const OVERLAP = 1;
/** Tries in a row before a session that never stood is given up. */
const FIRST_TRIES = 4;
/** Milliseconds without a connection before a session is given up; and where the audio has ended and somebody waits. */
const PATIENCE = 2 * 3_600_000;
const PATIENCE_AT_END = 2 * 60_000;
/** Milliseconds a try counts at most: a machine that sleeps is not trying. */
const LONGEST_TRY = 60_000;
/** A connection that lasted so long was a good one, even where nobody spoke. Milliseconds. */
const STEADY = 30_000;

type Broken = Extract<Outcome, {is: 'broken'}>;

export class Stretch {
	readonly #options: StretchOptions;
	readonly #progress: Progress;
	readonly #ready = Promise.withResolvers<void>();
	readonly #left = new AbortController();
	#before: Stretch | undefined;
	#connection: Connection | undefined;
	#until = Number.POSITIVE_INFINITY;
	#hasStood: boolean;
	/** Tries in a row that brought nothing, and the milliseconds they took. */
	#tries = 0;
	#away = 0;
	#isAtEnd = false;
	/** When the connection stood. Milliseconds. */
	#stoodAt: number | undefined;

	constructor(options: StretchOptions) {
		const {from, before, start} = options;
		const {transcriptionConfig: config} = start();
		this.#options = options;
		this.#progress = new Progress(from, hasChannels(config) ? config.channel_diarization_labels : []);
		this.#before = before;
		this.#hasStood = before !== undefined;
		this.#ready.promise.catch(() => {});
	}

	get connection(): Connection | undefined {
		return this.#connection;
	}

	/** Audio before this moment need not be sent again. Seconds on the timeline. */
	get neededFrom(): number {
		return this.#progress.until - LEAD_IN - OVERLAP;
	}

	/**
	 * Resolves when this stretch can take over: a connection stands, or the service has no room for it beside the one
	 * before. Rejects where it is given up.
	 */
	get ready(): Promise<void> {
		return this.#ready.promise;
	}

	/** False where it waits to take over. */
	get hasBegun(): boolean {
		return this.#before === undefined;
	}

	/** Some words up to here are final. Seconds on the timeline. */
	get finalUntil(): number {
		return this.#progress.furthest;
	}

	/** Words before a moment are those of the stretch before, which ends there. Seconds on the timeline. */
	beginAt(time: number): void {
		this.#before = undefined;
		this.#progress.skipTo(time);
		this.#connection?.beginAt(time);
	}

	/** Words from a moment on are the next stretch's. Seconds on the timeline. */
	endAt(time: number): void {
		this.#until = time;
		this.#connection?.handOver(time + OVERLAP, time);
	}

	/** Ends at once, whatever is still missing. */
	leave(): void {
		this.#left.abort();
		this.#connection?.close();
	}

	/**
	 * Connection after connection, until all of it has become words. One that is given up before it has taken over is over
	 * without a word: the stretch before goes on.
	 *
	 * @throws why it cannot go on
	 */
	async cover(): Promise<void> {
		try {
			await this.#cover();
		} catch (error) {
			this.#ready.reject(error);
			if (this.hasBegun) throw error;
		}
	}

	async #cover(): Promise<void> {
		const {clock, random} = this.#options;
		while (this.#progress.until < this.#until) {
			const tryBegan = clock.now();
			// Until it takes over, the stretch before makes words of it.
			if (this.#before !== undefined) this.#progress.skipTo(this.#before.#progress.until);
			const finalBefore = this.#progress.furthest;
			const outcome = await this.#connect();
			if (outcome.is === 'finished') return;
			const {error} = outcome;
			this.#left.signal.throwIfAborted();
			const isSteady = this.#stoodAt !== undefined && clock.now() - this.#stoodAt > STEADY;
			if (this.#progress.furthest > finalBefore || isSteady) this.#tries = this.#away = 0;
			this.#tries += 1;
			if (hasNoRoom(error)) this.#ready.resolve();
			const policy = this.#policy(outcome);
			const pause = this.#mayRetry(policy) ? pauseBefore(policy, this.#tries, random()) : undefined;
			if (pause === undefined) return this.#giveUp(error);
			await this.#wait(pause, policy, error);
			this.#away += Math.min(clock.now() - tryBegan, LONGEST_TRY);
		}
	}

	/** @throws what made it impossible, where nobody else goes on */
	#giveUp(error: unknown): void {
		if (this.#until === Number.POSITIVE_INFINITY) throw error;
		// The next stretch goes on, and its words shall not wait for ever for those of this one.
		this.#options.onLost(this.#progress.until, this.#until);
	}

	async #wait(pause: number, policy: RetryPolicy, error: unknown): Promise<void> {
		const {clock, stop, track} = this.#options;
		const isIdle = error instanceof RealtimeError && error.type === 'idle_timeout';
		const reason = isIdle
			? 'No audio came for so long that the service ended its session; it goes on when audio comes'
			: messageOf(error);
		this.#enter(reason, {attempt: this.#tries, retryInSeconds: Math.round(pause / 100) / 10});
		// Where there is nothing to be heard, a connection would only take up room.
		const heard = this.#connection?.cursor ?? 0;
		while (
			policy === 'roll over' &&
			track.end - heard < 1e-3 &&
			!track.isClosed &&
			!this.#left.signal.aborted
		) {
			await track.more(this.#left.signal);
		}
		// Before there is any word, whoever stops does not want to wait; at the end of the audio the network is asked at once.
		const isHurried = this.#hasStood && policy === 'now' && !track.isClosed;
		const others = this.#hasStood ? (isHurried ? [track.closing] : []) : [stop];
		await clock.sleep(pause, AbortSignal.any([this.#left.signal, ...others])).catch(() => {});
		this.#left.signal.throwIfAborted();
		if (!this.#hasStood) stop.throwIfAborted();
		this.#enter();
	}

	#enter(reason?: string, retry?: {readonly attempt: number; readonly retryInSeconds: number}): void {
		const state = this.#hasStood ? 'reconnecting' : 'connecting';
		this.#options.enter(this.hasBegun ? state : 'rolling over', reason, retry);
	}

	async #connect(): Promise<Outcome> {
		const {
			newClient,
			start,
			format,
			track,
			emit,
			enter,
			nextNumber,
			onLost,
			onLimitNear,
			onSent,
			clock,
			stop,
		} = this.#options;
		const wordsFrom = this.#progress.until;
		this.#stoodAt = undefined;
		const client = newClient();
		const connection = new Connection({
			client,
			start: start(),
			format,
			track,
			nextNumber,
			// What is not kept any more is told as a gap; what is only not there before it is none.
			sendFrom: Math.min(wordsFrom, Math.max(track.start, wordsFrom - LEAD_IN)),
			progress: this.#progress,
			emit,
			onLost,
			onLimitNear,
			clock,
		});
		this.#connection = connection;
		if (this.#until !== Number.POSITIVE_INFINITY) this.endAt(this.#until);
		try {
			const stops = this.#hasStood ? [] : [stop];
			await connection.open(AbortSignal.any([this.#left.signal, ...stops]));
			this.#hasStood = true;
			this.#stoodAt = clock.now();
			this.#ready.resolve();
			enter(track.isClosed ? 'finishing' : 'listening');
			return await connection.run(this.#options.onSpeakers);
		} catch (error) {
			return {is: 'broken', error, isSilent: false};
		} finally {
			connection.close();
			onSent(client.sentFrames, client.sentBytes);
		}
	}

	/** Where the network went away and a session stood before, it will be back: it is asked often. */
	#policy({error, isSilent}: Broken): RetryPolicy {
		const isNetwork = error instanceof ConnectionError && error.closeCode === undefined;
		const isFirst = !this.#hasStood && this.#before === undefined;
		// More likely a wrong address, or no network at all; nothing was said yet that could be lost.
		if (isFirst && (isNetwork || error instanceof TimeoutError)) return 'never';
		return isSilent || (this.#hasStood && isNetwork) ? 'now' : retryPolicy(error);
	}

	#mayRetry(policy: RetryPolicy): boolean {
		const {track} = this.#options;
		if (policy === 'never' || track.bytesPerSecond === undefined) return false;
		// Nothing is lost yet: a wrong address is told at once, a busy service is asked a few times.
		if (!this.#hasStood) return policy === 'later' && this.#tries < FIRST_TRIES;
		const isAtEnd = track.isClosed || this.#until !== Number.POSITIVE_INFINITY;
		if (isAtEnd && !this.#isAtEnd) this.#away = 0;
		this.#isAtEnd = isAtEnd;
		return this.#away < (isAtEnd ? PATIENCE_AT_END : PATIENCE);
	}
}

/** Whether the service refuses because of the sessions that run. */
function hasNoRoom(error: unknown): boolean {
	if (error instanceof RealtimeError && error.type === 'quota_exceeded') return true;
	if (error instanceof ConnectionError && error.closeCode === CLOSE_CODES.quota_exceeded) return true;
	return error instanceof ResponseError && error.status === 429;
}
