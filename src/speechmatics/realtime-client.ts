import {randomUUID} from 'node:crypto';
import {AckWindow} from './ack-window.ts';
import {type Credentials, credentialsFromEnvironment, staticKey} from './auth.ts';
import {
	type AudioFormat,
	BYTES_PER_SAMPLE,
	DEFAULT_LANGUAGE,
	DEFAULT_MODEL,
	type RealtimeTranscriptionConfig,
} from './config.ts';
import {Deferred} from './deferred.ts';
import {DEFAULT_REALTIME_URL, endpointUrl, parseEndpoint} from './endpoints.ts';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	RealtimeError,
	type SpeechmaticsError,
	TimeoutError,
} from './errors.ts';
import {Listeners} from './listeners.ts';
import {
	CLOSE_CODES,
	type ErrorMessage,
	type RecognitionStarted,
	SERVER_MESSAGES,
	type ServerMessages,
	StartRecognition,
} from './messages.ts';
import {refusal} from './responses.ts';
import {type Connect, connectOverNetwork, type Socket} from './socket.ts';

export interface RealtimeClientOptions {
	/** Default: `SPEECHMATICS_API_KEY`. */
	readonly apiKey?: string;
	/** Instead of `apiKey`. */
	readonly credentials?: Credentials;
	/** Default: `SPEECHMATICS_RT_URL`, else the service in the EU. */
	readonly url?: string;
	readonly connect?: Connect;
}

export interface StartOptions {
	/** Default: 16 kHz mono signed 16-bit samples. */
	readonly audioFormat?: AudioFormat;
	/** Default: English with the `enhanced` model and partials. */
	readonly transcriptionConfig?: RealtimeTranscriptionConfig;
	readonly signal?: AbortSignal;
}

/** The server's messages by name, and: */
export interface RealtimeEvents extends ServerMessages {
	/** A message this library does not know, or one that is not as the specification says. Never fatal. */
	Unknown: {readonly text: string};
	/** The session is over. `error` is absent only after `EndOfTranscript`. */
	Closed: {readonly error?: SpeechmaticsError};
}

export const DEFAULT_AUDIO_FORMAT = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000} as const;

/** Seconds of raw audio that may be sent ahead of the acknowledgements; bounds memory and what a drop can cost. */
const WINDOW_SECONDS = 10;
/** The same for `type: file`, whose bytes tell no duration. */
const WINDOW_FILE_BYTES = 1024 * 1024;
/** Milliseconds. A custom dictionary may delay the start by 15 s. Source: realtime AsyncAPI, `VocabList`. */
const START_TIMEOUT = 10_000;
const START_TIMEOUT_WITH_DICTIONARY = 30_000;
/** Milliseconds without an acknowledgement while the window is full, or without a message while draining. */
const SILENCE_TIMEOUT = 60_000;
/** The server ends a session after 3 minutes with neither audio nor ping. Source: docs, "Realtime limits". */
const PING_INTERVAL = 30_000;

type State = 'idle' | 'starting' | 'streaming' | 'draining' | 'closed';

/**
 * One session with the Speechmatics Realtime API.
 *
 * `start`, then `sendAudio` as often as there is audio, then `stop`, which resolves when the last word has come.
 * A connection that breaks is never a normal end: whatever is awaited then rejects, and `Closed` carries the error.
 */
export class RealtimeClient implements AsyncDisposable {
	readonly url: URL;
	readonly #credentials: Credentials;
	readonly #connect: Connect;
	readonly #listeners = new Listeners<RealtimeEvents>();
	readonly #started = new Deferred<RecognitionStarted>();
	readonly #ended = new Deferred();
	#window = new AckWindow(0);
	#socket: Socket | undefined;
	#state: State = 'idle';
	#sessionId: string | undefined;
	#pinging: ReturnType<typeof setInterval> | undefined;
	#lastMessage = 0;
	#hadKey = false;

	/**
	 * @throws AuthenticationError when there is no key, ConfigurationError when the address is none
	 */
	constructor(options: RealtimeClientOptions = {}) {
		this.url = parseEndpoint(options.url ?? process.env.SPEECHMATICS_RT_URL ?? DEFAULT_REALTIME_URL, [
			'wss:',
			'ws:',
		]);
		this.#credentials =
			options.credentials ??
			(options.apiKey === undefined ? credentialsFromEnvironment(process.env) : staticKey(options.apiKey));
		this.#connect = options.connect ?? connectOverNetwork;
	}

	/** AddAudio frames sent in this session: what `EndOfStream` reports as `last_seq_no`. */
	get sentFrames(): number {
		return this.#window.sentFrames;
	}

	get sentBytes(): number {
		return this.#window.sentBytes;
	}

	get acknowledgedFrames(): number {
		return this.#window.acknowledgedFrames;
	}

	/** The server's id of this session; support asks for it. */
	get sessionId(): string | undefined {
		return this.#sessionId;
	}

	/** Listens to the server's messages by name. @returns a function that ends the listening */
	on<Name extends keyof RealtimeEvents>(
		name: Name,
		listener: (event: RealtimeEvents[Name]) => void,
	): () => void {
		return this.#listeners.on(name, listener);
	}

	/**
	 * Connects and starts recognition. Resolves when the service is ready for audio.
	 *
	 * @throws AuthenticationError, ConfigurationError, ConnectionError, RealtimeError, TimeoutError
	 */
	async start(options: StartOptions = {}): Promise<RecognitionStarted> {
		if (this.#state !== 'idle') throw new ConfigurationError('A realtime client serves one session only');
		const message = startMessage(options);
		const {audio_format: format, transcription_config: config} = message;
		this.#state = 'starting';
		this.#window = new AckWindow(
			format.type === 'raw'
				? WINDOW_SECONDS * format.sample_rate * BYTES_PER_SAMPLE[format.encoding]
				: WINDOW_FILE_BYTES,
		);
		const timeout = 'additional_vocab' in config ? START_TIMEOUT_WITH_DICTIONARY : START_TIMEOUT;
		const onAbort = () => this.close();
		let timer: ReturnType<typeof setTimeout> | undefined;
		try {
			this.#socket = await this.#open(timeout, options.signal);
			options.signal?.addEventListener('abort', onAbort, {once: true});
			this.#pinging = setInterval(() => this.#socket?.ping(), PING_INTERVAL);
			this.#socket.send(JSON.stringify(message));
			timer = setTimeout(
				() =>
					this.#end(new TimeoutError(`${this.url.host} did not start recognition in ${timeout / 1000} s`)),
				timeout,
			);
			return await this.#started.promise;
		} catch (error) {
			this.#end(error as SpeechmaticsError);
			this.#socket?.terminate();
			options.signal?.throwIfAborted();
			throw error;
		} finally {
			clearTimeout(timer);
			options.signal?.removeEventListener('abort', onAbort);
		}
	}

	/**
	 * Sends one frame of audio. Resolves when the next one may be sent, which is at once until 10 s of audio are
	 * unacknowledged; awaiting it is what keeps memory bounded.
	 *
	 * @throws the reason of the session's end; TimeoutError when the server stops acknowledging
	 */
	async sendAudio(frame: Uint8Array): Promise<void> {
		if (this.#state === 'closed') return this.#ended.promise;
		if (this.#state !== 'streaming') {
			throw new ConfigurationError('Audio can only be sent between start and stop');
		}
		if (frame.byteLength === 0) return;
		this.#window.sent(frame.byteLength);
		this.#socket?.send(frame);
		if (!this.#window.isFull) return;
		await this.#beforeSilence(
			Promise.race([this.#window.hasRoom(), this.#ended.promise]),
			'reading the audio',
		);
	}

	/**
	 * Ends the audio and waits for the last words. Resolves after `EndOfTranscript`, when the session is closed.
	 *
	 * @throws the reason of the session's end; TimeoutError when nothing comes for a minute
	 */
	async stop(): Promise<void> {
		if (this.#state === 'streaming') {
			this.#state = 'draining';
			this.#socket?.send(JSON.stringify({message: 'EndOfStream', last_seq_no: this.sentFrames}));
		} else if (this.#state !== 'draining' && this.#state !== 'closed') {
			throw new ConfigurationError('There is no session to stop');
		}
		await this.#beforeSilence(this.#ended.promise, 'sending the transcript');
	}

	/** Leaves at once. Words that have not come yet are lost: `stop` first. */
	close(): void {
		this.#end(new ConnectionError('The session was closed before its transcript was complete'));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.close();
	}

	async #open(timeout: number, signal: AbortSignal | undefined): Promise<Socket> {
		const authorization = await this.#credentials.authorization();
		this.#hadKey = authorization !== undefined;
		// The service's address ends with a slash. Source: realtime API reference.
		return this.#connect(
			endpointUrl(this.url, ['']),
			{'X-Request-Id': randomUUID(), ...(authorization === undefined ? {} : {Authorization: authorization})},
			{
				onMessage: (text) => this.#receive(text),
				onClose: ({code, reason, error}) => {
					const said = reason === '' ? '' : `: ${reason}`;
					this.#end(
						new ConnectionError(`The connection to ${this.url.host} was lost (code ${code}${said})`, {
							closeCode: code,
							cause: error,
						}),
					);
				},
			},
			{timeout, signal},
		);
	}

	#receive(text: string): void {
		this.#lastMessage = performance.now();
		const known = parseServerMessage(text);
		if (known === undefined) {
			this.#listeners.emit('Unknown', {text});
			return;
		}
		switch (known.message) {
			case 'RecognitionStarted':
				this.#sessionId = known.id ?? undefined;
				this.#state = 'streaming';
				this.#started.resolve(known);
				break;
			case 'AudioAdded':
				this.#window.acknowledged(known.seq_no);
				break;
			default:
		}
		this.#listeners.emit(known.message, known as never);
		if (known.message === 'EndOfTranscript') this.#end();
		if (known.message === 'Error') this.#end(this.#errorFrom(known));
	}

	#errorFrom({type, reason}: ErrorMessage): SpeechmaticsError {
		if (type === 'not_authorised') {
			return new AuthenticationError(refusal(401, this.url, this.#hadKey));
		}
		return new RealtimeError({type, reason}, {sessionId: this.#sessionId});
	}

	/** The first reason wins: a close frame after an `Error` message says less than the message did. */
	#end(error?: SpeechmaticsError): void {
		if (this.#state === 'closed') return;
		this.#state = 'closed';
		clearInterval(this.#pinging);
		this.#socket?.close(CLOSE_CODES.normal);
		if (error === undefined) {
			this.#ended.resolve();
		} else {
			this.#started.reject(error);
			this.#ended.reject(error);
		}
		this.#listeners.emit('Closed', error === undefined ? {} : {error});
	}

	/** Fails `work` when no message comes for too long, however long the work itself takes. */
	async #beforeSilence(work: Promise<void>, doing: string): Promise<void> {
		this.#lastMessage = performance.now();
		const timer = setInterval(() => {
			if (performance.now() - this.#lastMessage < SILENCE_TIMEOUT) return;
			this.#end(
				new TimeoutError(`${this.url.host} stopped ${doing}: silent for ${SILENCE_TIMEOUT / 1000} s`),
			);
		}, 1000);
		try {
			await work;
		} finally {
			clearInterval(timer);
		}
	}
}

function startMessage({audioFormat, transcriptionConfig}: StartOptions): StartRecognition {
	const result = StartRecognition.safeParse({
		message: 'StartRecognition',
		audio_format: audioFormat ?? DEFAULT_AUDIO_FORMAT,
		transcription_config: transcriptionConfig ?? {
			language: DEFAULT_LANGUAGE,
			model: DEFAULT_MODEL,
			enable_partials: true,
		},
	});
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw new ConfigurationError(`The session config is wrong at ${issue?.path.join('.')}: ${issue?.message}`);
}

/** A message of a known name and shape, else `undefined`: the service may add messages at any time. */
function parseServerMessage(text: string): ServerMessages[keyof ServerMessages] | undefined {
	try {
		const json = JSON.parse(text);
		const schema = SERVER_MESSAGES[json.message as keyof typeof SERVER_MESSAGES];
		return schema?.safeParse(json).data;
	} catch {
		return undefined;
	}
}
