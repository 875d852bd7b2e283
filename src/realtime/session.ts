/**
 * The realtime engine: one session from its first sample to its last word, over as many connections as it takes. Audio
 * goes into a track; connections read from it. What is not final when a connection is lost is sent again.
 */
import type {AudioSource} from '../audio/source.ts';
import {messageOf} from '../platform/message-of.ts';
import {pauseText} from '../platform/units.ts';
import type {Clock} from '../speechmatics/clock.ts';
import {BYTES_PER_SAMPLE, type MidSessionConfig} from '../speechmatics/config.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {SpeakerIdentity} from '../speechmatics/messages.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {changeMessage, type StartOptions} from '../speechmatics/realtime-start.ts';
import {AudioTrack} from './audio-track.ts';
import type {EndReason, RealtimeEvent, SessionState} from './events.ts';
import {FinalWords} from './final-words.ts';
import {produce, type Recorder} from './producer.ts';
import {Stretches} from './stretches.ts';

/** As `RealtimeClient.start` takes it, beside the audio format. */
export type SessionStart = Required<Pick<StartOptions, 'transcriptionConfig'>> &
	Pick<StartOptions, 'translationConfig' | 'audioEventsConfig'>;

export interface SessionOptions {
	/** A client serves one connection. */
	readonly newClient: () => RealtimeClient;
	readonly openSource: (signal: AbortSignal, emit: (event: RealtimeEvent) => void) => Promise<AudioSource>;
	/** What opening the source is called while it lasts. */
	readonly opening: 'starting microphone' | 'opening audio';
	/** What is asked of the service. */
	readonly start: SessionStart;
	/** `max` sends a file as fast as the service takes it; `1` at the speed it was spoken. Live sources set their own. */
	readonly pace: '1' | 'max';
	readonly emit: (event: RealtimeEvent) => void;
	/** Aborting ends the source; what was captured until then is still sent, and its last words are waited for. */
	readonly stop: AbortSignal;
	readonly clock: Clock;
	readonly random?: () => number;
	/** Milliseconds since 1970. */
	readonly wallClock?: () => number;
	/** Where a live source is recorded. */
	readonly recorder?: Recorder | undefined;
	/** A file for audio that waits for a lost connection longer than memory shall hold it. */
	readonly spillTo?: string | undefined;
	/** Seconds of audio kept for sending again. */
	readonly keepAudio?: number;
	/** Seconds on the timeline where an earlier run ended that this one goes on with. */
	readonly from?: number;
	/** Asks at the end who spoke. */
	readonly onSpeakers?: ((speakers: readonly SpeakerIdentity[]) => void) | undefined;
}

export interface SessionResult {
	readonly reason: EndReason;
	/** Why it failed. */
	readonly error?: unknown;
	/** All that was final, in the form of a batch transcript; `undefined` where the session never started. */
	readonly transcript: Transcript | undefined;
}

/** Runs a session to its end. Does not throw: whatever happens, the words that were final are in the result. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
	return new LiveSession(options).run();
}

export class LiveSession {
	readonly #options: SessionOptions;
	readonly #words: FinalWords;
	readonly #random: () => number;
	#start: SessionStart;
	#track: AudioTrack | undefined;
	#stretches: Stretches | undefined;
	#sentFrames = 0;
	#sentBytes = 0;
	#hasStood = false;
	#sourceError: unknown;
	#isPauseTold = false;
	#isLive = false;
	/** Since when, by the clock; `undefined` while it goes on. */
	#pausedAt: number | undefined;
	#state: SessionState | undefined;

	constructor(options: SessionOptions) {
		this.#options = options;
		this.#start = options.start;
		this.#random = options.random ?? Math.random;
		this.#words = new FinalWords(options.start);
	}

	/** Seconds on the timeline: what is captured now. */
	get now(): number {
		return this.#track?.end ?? 0;
	}

	/**
	 * Changes what can be changed while it runs: `max_delay`, partials, end-of-utterance silence, volume threshold. Later
	 * connections begin with it.
	 *
	 * @throws ConfigurationError for anything else
	 */
	change(config: MidSessionConfig): void {
		const {transcriptionConfig} = this.#start;
		// A connection that does not stand yet could not tell what is wrong, nor could a later one mend it.
		changeMessage(config, transcriptionConfig);
		this.#stretches?.latest.connection?.change(config);
		this.#start = {...this.#start, transcriptionConfig: {...transcriptionConfig, ...config}};
		this.#emit({type: 'changed', config});
	}

	/** Makes what was said until now final. */
	async endUtterance(): Promise<void> {
		const connection = this.#stretches?.latest.connection;
		if (connection?.isListening) await connection.client.forceEndOfUtterance();
	}

	/**
	 * Pauses a live session, or goes on: what comes meanwhile is neither sent nor recorded, and the timeline stands still.
	 * What was said before becomes final; where it goes on there is a mark. Of no effect unless the source is live.
	 */
	pause(on: boolean): void {
		const before = this.#pausedAt;
		if (!this.#isLive || on === (before !== undefined)) return;
		const now = this.#options.clock.now();
		this.#pausedAt = on ? now : undefined;
		this.#isPauseTold = true;
		this.#emit({type: 'paused', paused: on});
		// Where that fails the connection is lost, which is told elsewhere.
		if (before === undefined) this.endUtterance().catch(() => {});
		else this.mark(`paused ${pauseText((now - before) / 1000)}`);
	}

	/** Marks this moment. */
	mark(text: string): void {
		this.#emit({type: 'mark', time: this.now, text});
	}

	/** Gives a speaker a name. */
	nameSpeaker(label: string, name: string): void {
		this.#emit({type: 'speaker', label, name});
	}

	async run(): Promise<SessionResult> {
		const {opening, stop, openSource} = this.#options;
		let source: AudioSource | undefined;
		let reason: EndReason = 'source';
		let failure: {error?: unknown} = {};
		try {
			this.#enter(opening);
			source = await openSource(stop, (event) => this.#heardOfMicrophone(event));
			stop.throwIfAborted();
			await this.#stream(source);
			if (stop.aborted) reason = 'stopped';
			if (this.#sourceError !== undefined) throw this.#sourceError;
		} catch (error) {
			if (stop.aborted && !this.#hasStood) reason = 'stopped';
			else {
				reason = 'failed';
				failure = {error};
				this.#emit({type: 'error', reason: messageOf(error)});
			}
		} finally {
			await source?.stop().catch(() => {});
			this.#track?.dispose();
		}
		this.#enter('ended');
		this.#emit({type: 'ended', reason, ...this.#counts(source)});
		return {reason, ...failure, transcript: this.#words.transcript()};
	}

	async #stream(source: AudioSource): Promise<void> {
		const {clock, pace, stop, recorder, keepAudio, spillTo, wallClock = Date.now, from = 0} = this.#options;
		const track = new AudioTrack({
			format: source.format,
			start: from,
			...(keepAudio !== undefined && {limit: keepAudio}),
			spillTo,
		});
		this.#track = track;
		this.#isLive = source.live;
		const broken = new AbortController();
		const producing = produce(source, {
			track,
			pace,
			clock,
			wallClock,
			emit: (event) => this.#emit(event),
			onPause: (seconds) => this.#paused(seconds),
			recorder: source.live ? recorder : undefined,
			isPaused: () => this.#pausedAt !== undefined,
			sentUntil: () => this.#stretches?.sentUntil ?? from,
			over: AbortSignal.any([stop, broken.signal]),
		})
			.catch((error: unknown) => {
				// A source that fails (a microphone pulled out) has still given words that are on their way.
				this.#sourceError = error;
			})
			.finally(() => {
				track.close();
				if (this.#state === 'listening') this.#enter('finishing');
			});
		try {
			this.#enter('connecting');
			this.#stretches = this.#begin(source, track, from);
			await this.#stretches.covered();
		} catch (error) {
			this.#stretches?.leave();
			const goesOn = source.live && recorder !== undefined && this.#hasStood && !track.isClosed;
			if (goesOn) {
				// What is said can still be kept, and transcribed later.
				this.#enter('recording only', messageOf(error));
				await producing;
			}
			throw error;
		} finally {
			broken.abort();
			await producing;
		}
	}

	#begin({format}: AudioSource, track: AudioTrack, from: number): Stretches {
		const {newClient, clock, stop, onSpeakers} = this.#options;
		return new Stretches(
			{
				newClient,
				start: () => this.#start,
				format,
				track,
				emit: (event) => this.#emit(event),
				enter: (state, reason, retry) => this.#enter(state, reason, retry),
				onSent: (frames, bytes) => {
					this.#sentFrames += frames;
					this.#sentBytes += bytes;
				},
				onSpeakers,
				clock,
				random: this.#random,
				stop,
			},
			from,
		);
	}

	#enter(
		state: SessionState,
		reason?: string,
		retry?: {readonly attempt: number; readonly retryInSeconds: number},
	): void {
		if (state === this.#state && reason === undefined) return;
		this.#state = state;
		this.#emit({type: 'state', state, ...(reason !== undefined && {reason}), ...retry});
	}

	#emit(event: RealtimeEvent): void {
		if (event.type === 'started') this.#hasStood = true;
		this.#words.add(event);
		this.#options.emit(event);
		if (event.type === 'final') this.#forgetAudio();
		if (event.type === 'level') {
			this.#isPauseTold = false;
			this.#stretches?.heard(this.now, event.rms);
		}
	}

	#heardOfMicrophone(event: RealtimeEvent): void {
		this.#emit(event);
		if (event.type !== 'microphone' || event.is !== 'back' || event.seconds === undefined) return;
		this.#isPauseTold = true;
		this.#emit({type: 'gap', from: this.now, seconds: event.seconds, reason: 'the microphone was away'});
	}

	/** Live audio came late by far more than a hiccup. */
	#paused(seconds: number): void {
		if (!this.#isPauseTold) {
			const reason = 'no audio came: the machine was asleep, or the source was away';
			this.#emit({type: 'gap', from: this.now, seconds, reason});
		}
		this.#isPauseTold = false;
	}

	/** Audio whose words are final is not sent again. */
	#forgetAudio(): void {
		const needed = this.#stretches?.neededFrom;
		if (needed !== undefined && Number.isFinite(needed)) this.#track?.discardBefore(needed);
	}

	#counts(source: AudioSource | undefined) {
		const format = source?.format;
		return {
			sentFrames: this.#sentFrames,
			sentBytes: this.#sentBytes,
			...(format?.type === 'raw' && {sentSamples: this.#sentBytes / BYTES_PER_SAMPLE[format.encoding]}),
			...(source?.capturedSamples !== undefined && {capturedSamples: source.capturedSamples()}),
			connections: this.#stretches?.connections ?? 0,
		};
	}
}
