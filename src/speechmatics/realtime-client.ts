import {unknownFields} from './check-config.ts';
import type {Clock} from './clock.ts';
import {bytesPerSecond, hasChannels, type MidSessionConfig} from './config.ts';
import {Deferred} from './deferred.ts';
import {ConfigurationError, type SpeechmaticsError, UnexpectedResponseError} from './errors.ts';
import {Listeners} from './listeners.ts';
import {
	CLOSE_CODES,
	type EndOfUtterance,
	parseServerMessage,
	type RecognitionStarted,
	type ServerMessage,
	type SpeakerIdentity,
	StartRecognition,
} from './messages.ts';
import {RealtimeAudio} from './realtime-audio.ts';
import {RealtimeConnection} from './realtime-connection.ts';
import {type RealtimeClientOptions, type RealtimeEvents, withDefaults} from './realtime-options.ts';
import {
	type ForceEndOfUtteranceOptions,
	type GetSpeakersOptions,
	RealtimeRequests,
} from './realtime-requests.ts';
import {changeMessage, type StartOptions, startMessage, startTimeout, windowBytes} from './realtime-start.ts';
import {after, SilenceGuard} from './realtime-timers.ts';

export type {RealtimeClientOptions, RealtimeEvents} from './realtime-options.ts';
export {DEFAULT_AUDIO_FORMAT, type StartOptions} from './realtime-start.ts';

type State = 'idle' | 'starting' | 'streaming' | 'draining' | 'closed';

/**
 * One session with the Speechmatics Realtime API.
 *
 * `start`, then `sendAudio` as often as there is audio, then `stop`, which resolves when the last word has come.
 * A connection that breaks is never a normal end: whatever is awaited then rejects, and `Closed` carries the error.
 */
export class RealtimeClient implements AsyncDisposable {
	readonly url: URL;
	readonly #clock: Clock;
	readonly #connection: RealtimeConnection;
	readonly #listeners = new Listeners<RealtimeEvents>();
	readonly #started = new Deferred<RecognitionStarted>();
	readonly #requests: RealtimeRequests;
	readonly #whileUnacknowledged: SilenceGuard;
	readonly #whileDraining: SilenceGuard;
	#audio = new RealtimeAudio(0, []);
	#start: StartRecognition | undefined;
	#state: State = 'idle';
	#stopAsked = false;
	#endedWell = false;

	/**
	 * @throws AuthenticationError when there is no key, ConfigurationError when the address is none
	 */
	constructor(options: RealtimeClientOptions = {}) {
		const {silenceTimeout: limit, ...settings} = withDefaults(options);
		this.url = settings.url;
		this.#clock = settings.clock;
		this.#connection = new RealtimeConnection({
			...settings,
			onMessage: (text) => this.#receive(text),
			onEnd: (end) => this.#onEnd(end),
		});
		this.#requests = new RealtimeRequests(this.#clock, (message) => this.#connection.send(message));
		const guard = (doing: string) =>
			new SilenceGuard(this.#clock, limit, () =>
				this.#connection.giveUp(`stopped ${doing}: silent for ${limit / 1000} s`),
			);
		this.#whileUnacknowledged = guard('reading the audio');
		this.#whileDraining = guard('sending the transcript');
	}

	/**
	 * Audio messages sent in this session, of all channels together. For a session without channels it is what
	 * `EndOfStream` reports as `last_seq_no`.
	 */
	get sentFrames(): number {
		return this.#audio.sentFrames;
	}

	/** Bytes of audio sent, of all channels together. */
	get sentBytes(): number {
		return this.#audio.sentBytes;
	}

	/** Audio messages the service has read, of all channels together. */
	get acknowledgedFrames(): number {
		return this.#audio.acknowledgedFrames;
	}

	/** The server's id of this session; support asks for it. */
	get sessionId(): string | undefined {
		return this.#connection.sessionId;
	}

	/** The server's id of the request that opened the session, where the runtime shows it; support asks for it. */
	get requestId(): string | undefined {
		return this.#connection.requestId;
	}

	/** Listens to the server's messages by name. @returns a function that ends the listening */
	on<Name extends keyof RealtimeEvents>(
		name: Name,
		listener: (event: RealtimeEvents[Name]) => void,
	): () => void {
		return this.#listeners.on(name, listener);
	}

	/** Listens to the next message of that name only. @returns a function that ends the listening */
	once<Name extends keyof RealtimeEvents>(
		name: Name,
		listener: (event: RealtimeEvents[Name]) => void,
	): () => void {
		return this.#listeners.once(name, listener);
	}

	/**
	 * Connects and starts recognition. Resolves when the service is ready for audio.
	 *
	 * @throws AuthenticationError, ConfigurationError (naming the field), ConnectionError, RealtimeError, ResponseError,
	 * TimeoutError after 10 s, or after 30 s with a custom dictionary
	 */
	async start(options: StartOptions = {}): Promise<RecognitionStarted> {
		if (this.#state !== 'idle') throw new ConfigurationError('A realtime client serves one session only');
		const message = startMessage(options);
		for (const field of unknownFields(StartRecognition, message)) {
			this.#connection.log({level: 'warn', event: 'unknown-fields', message: `${field} is not known here`});
		}
		const {audio_format: format, transcription_config: config} = message;
		this.#start = message;
		this.#state = 'starting';
		this.#audio = new RealtimeAudio(
			windowBytes(format),
			hasChannels(config) ? (config.channel_diarization_labels ?? []) : [],
		);
		const timeout = startTimeout(config);
		const onAbort = () => this.close();
		let callOff: (() => void) | undefined;
		try {
			await this.#connection.open(timeout, options.headers, options.signal);
			options.signal?.addEventListener('abort', onAbort, {once: true});
			this.#connection.send(message);
			callOff = after(this.#clock, timeout, () =>
				this.#connection.giveUp(`did not start recognition in ${timeout / 1000} s`),
			);
			return await this.#started.promise;
		} catch (error) {
			this.#connection.end({error: error as SpeechmaticsError});
			this.#connection.terminate();
			options.signal?.throwIfAborted();
			throw error;
		} finally {
			callOff?.();
			options.signal?.removeEventListener('abort', onAbort);
		}
	}

	/**
	 * Sends one frame of audio. Resolves when the next one may be sent, which is at once until 10 s of audio (1 MiB of a
	 * file) are unacknowledged; awaiting it is what keeps memory bounded.
	 *
	 * @throws the reason of the session's end; TimeoutError when the server stops acknowledging; ConfigurationError
	 * before `start`, after `stop`, and when a caller that does not wait has twice as much on its way
	 */
	async sendAudio(frame: Uint8Array): Promise<void> {
		return this.#sendAudio(frame, undefined);
	}

	/**
	 * The same for one channel of a session whose `diarization` tells channels apart. Each has a window of its own.
	 *
	 * @param channel one of `channel_diarization_labels`
	 */
	async sendChannelAudio(channel: string, frame: Uint8Array): Promise<void> {
		return this.#sendAudio(frame, channel);
	}

	/**
	 * Ends the audio of one channel; the others go on. When all have ended, so has the session's audio, and `stop`
	 * waits for the last words.
	 *
	 * @throws ConfigurationError when there is no such channel, or it has ended
	 */
	endChannel(channel: string): void {
		this.#requireStreaming('A channel can only be ended');
		this.#connection.send(this.#audio.endChannel(channel));
		if (this.#audio.allChannelsEnded) this.#state = 'draining';
	}

	/**
	 * Changes the running session: `max_delay`, `max_delay_mode`, `audio_filtering_config`, `enable_partials` and
	 * `conversation_config`. The service does not confirm it.
	 *
	 * @throws ConfigurationError for any other field, and for a value out of range
	 */
	setRecognitionConfig(change: MidSessionConfig): void {
		const {transcription_config: current} = this.#requireStreaming('A config can only be changed');
		this.#connection.send(changeMessage(change, current));
	}

	/**
	 * Asks who speaks, as identifiers by which a later session can be told to know them.
	 *
	 * @throws ConfigurationError when the session does not tell speakers apart, TimeoutError, the reason of the session's
	 * end, UnexpectedResponseError when the session ends without an answer
	 */
	async getSpeakers(options: GetSpeakersOptions = {}): Promise<readonly SpeakerIdentity[]> {
		const {transcription_config: config} = this.#requireStreaming('Speakers can only be asked for');
		return this.#requests.getSpeakers(options, config);
	}

	/**
	 * Ends the utterance now instead of after silence, so that its words become final.
	 *
	 * @returns the forced `EndOfUtterance`, or `undefined` when none comes in time, or the session ends
	 * @throws the reason of the session's end when it breaks
	 */
	async forceEndOfUtterance(options: ForceEndOfUtteranceOptions = {}): Promise<EndOfUtterance | undefined> {
		const {audio_format: format} = this.#requireStreaming('An utterance can only be ended');
		const {channel, timestamp = this.#secondsSent(bytesPerSecond(format), channel)} = options;
		return this.#requests.forceEndOfUtterance({...options, timestamp});
	}

	/**
	 * Ends the audio and waits for the last words. Resolves after `EndOfTranscript`, when the session is closed.
	 *
	 * @throws the reason of the session's end; TimeoutError when nothing comes for a minute
	 */
	async stop(): Promise<void> {
		if (this.#state === 'idle' || this.#state === 'starting') {
			throw new ConfigurationError('There is no session to stop');
		}
		this.#stopAsked = true;
		if (this.#state === 'streaming') {
			this.#state = 'draining';
			for (const message of this.#audio.end()) this.#connection.send(message);
		}
		await this.#whileDraining.during(this.#connection.ended);
	}

	/** Leaves at once. Words that have not come yet are lost: `stop` first. */
	close(): void {
		this.#connection.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.close();
	}

	async #sendAudio(frame: Uint8Array, channel: string | undefined): Promise<void> {
		// A session that the service ended by itself takes no more audio, which is no mistake of the caller.
		if (this.#connection.isDeaf && !(this.#stopAsked && this.#endedWell)) return this.#connection.ended;
		this.#requireStreaming('Audio can only be sent');
		if (frame.byteLength === 0) return;
		const window = this.#audio.send(frame, channel, (data) => this.#connection.sendData(data));
		if (window.isFull) await this.#whileUnacknowledged.during(window.hasRoom());
	}

	#requireStreaming(what: string): StartRecognition {
		if (this.#state === 'streaming' && this.#start !== undefined) return this.#start;
		throw new ConfigurationError(`${what} between start and stop`);
	}

	#secondsSent(perSecond: number | undefined, channel: string | undefined): number | undefined {
		return perSecond === undefined ? undefined : this.#audio.sentBytesOf(channel) / perSecond;
	}

	#receive(text: string): void {
		this.#whileDraining.touch();
		const message = parseServerMessage(text);
		if (message === undefined) {
			this.#listeners.emit('Unknown', {text});
			return;
		}
		this.#take(message);
		this.#listeners.emit(message.message, message as never);
		if (message.message === 'EndOfTranscript') this.#endNormally();
	}

	#take(message: ServerMessage): void {
		switch (message.message) {
			case 'RecognitionStarted':
				if (this.#state !== 'starting') break;
				this.#connection.sessionId = message.id ?? undefined;
				this.#state = 'streaming';
				this.#started.resolve(message);
				break;
			case 'AudioAdded':
			case 'ChannelAudioAdded':
				this.#whileUnacknowledged.touch();
				this.#audio.acknowledged(message.seq_no, 'channel' in message ? String(message.channel) : undefined);
				break;
			case 'SpeakersResult':
				this.#requests.speakersCame(message);
				break;
			case 'EndOfUtterance':
				this.#requests.utteranceEnded(message);
				break;
			case 'Error':
				this.#connection.fail(message);
				break;
			default:
		}
	}

	#endNormally(): void {
		const error =
			this.#state === 'starting'
				? new UnexpectedResponseError(`${this.url.host} ended the session before it had started`)
				: undefined;
		this.#connection.end(error ? {error} : {closeCode: CLOSE_CODES.normal});
	}

	#onEnd(end: RealtimeEvents['Closed']): void {
		this.#state = 'closed';
		this.#endedWell = end.error === undefined;
		const failure = end.error && {error: end.error};
		if (failure) this.#started.reject(failure.error);
		this.#audio.close(failure);
		this.#requests.close(failure);
		this.#listeners.emit('Closed', end);
	}
}
