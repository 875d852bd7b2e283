import {randomUUID} from 'node:crypto';
import type {Credentials} from './auth.ts';
import type {Clock} from './clock.ts';
import {Deferred} from './deferred.ts';
import {endpointUrl} from './endpoints.ts';
import {
	AuthenticationError,
	ConnectionError,
	RealtimeError,
	type SpeechmaticsError,
	TimeoutError,
} from './errors.ts';
import {APP_PARAMETER} from './identity.ts';
import type {Log, LogEntry} from './log.ts';
import {CLOSE_CODES, type ClientMessage, type ErrorMessage} from './messages.ts';
import {KeepAlive} from './realtime-keep-alive.ts';
import {after} from './realtime-timers.ts';
import {refusal} from './responses.ts';
import type {Connect, Socket} from './socket.ts';

export interface ConnectionOptions {
	readonly url: URL;
	readonly credentials: Credentials;
	readonly connect: Connect;
	readonly clock: Clock;
	readonly app: string | undefined;
	readonly ca: string | readonly string[] | undefined;
	readonly log: Log;
	readonly onMessage: (text: string) => void;
	/** Called once. `error` is absent after a normal end. */
	readonly onEnd: (end: {readonly error?: SpeechmaticsError; readonly closeCode?: number}) => void;
}

/** How long the close frame is awaited that tells the close code of an `Error`. Ours. Milliseconds. */
const CLOSE_FRAME_TIMEOUT = 1000;

/** The WebSocket of one session: how it opens, stays open and ends, and which error each kind of end is. */
export class RealtimeConnection {
	/** Resolves after a normal end, rejects with the reason of any other. */
	readonly ended: Promise<void>;
	sessionId: string | undefined;
	readonly #options: ConnectionOptions;
	readonly #ended = new Deferred();
	#socket: Socket | undefined;
	#keepAlive: KeepAlive | undefined;
	/** The service's `Error`, until the close frame that follows it. */
	#said: ErrorMessage | undefined;
	/** Ends the wait for that close frame. */
	#callOff: (() => void) | undefined;
	#isOver = false;
	#hadKey = false;

	constructor(options: ConnectionOptions) {
		this.#options = options;
		this.ended = this.#ended.promise;
	}

	get requestId(): string | undefined {
		return this.#socket?.requestId;
	}

	/** Whether what still comes no longer counts. */
	get isDeaf(): boolean {
		return this.#isOver || this.#said !== undefined;
	}

	/**
	 * Opens the WebSocket. A key that is refused is refreshed once, where the credentials can do that.
	 *
	 * @param timeout milliseconds
	 * @throws AuthenticationError, ConnectionError, ResponseError, TimeoutError
	 */
	async open(
		timeout: number,
		headers: Readonly<Record<string, string>> = {},
		signal?: AbortSignal | undefined,
	): Promise<void> {
		const {credentials, clock} = this.#options;
		const authorization = await credentials.authorization();
		this.#socket = await this.#connect(authorization, timeout, headers, signal).catch(
			async (error: unknown) => {
				const isRefused = error instanceof AuthenticationError && error.status === 401;
				if (!isRefused || credentials.refresh === undefined) throw error;
				await credentials.refresh(authorization);
				return this.#connect(await credentials.authorization(), timeout, headers, signal);
			},
		);
		this.log({level: 'info', event: 'session-opened'});
		if (this.#isOver) {
			this.#socket.terminate();
			return this.ended;
		}
		this.#keepAlive = new KeepAlive(clock, {
			ping: () => this.#socket?.ping(),
			onSilence: () => this.giveUp('does not answer any more'),
		});
	}

	send(message: ClientMessage): void {
		this.sendData(JSON.stringify(message));
	}

	sendData(data: string | Uint8Array): void {
		this.#socket?.send(data);
	}

	/** The service told an error: the session ends with it, once the close frame has told its code. */
	fail(said: ErrorMessage): void {
		this.#said = said;
		this.#callOff = after(this.#options.clock, CLOSE_FRAME_TIMEOUT, () =>
			this.end({error: this.#errorFrom(said)}),
		);
	}

	/** @param why what the service does, after its name */
	giveUp(why: string): void {
		this.end({error: new TimeoutError(`${this.#options.url.host} ${why}`, {requestId: this.requestId})});
		this.#socket?.terminate();
	}

	/** Leaves at once. */
	close(): void {
		this.end({
			error: new ConnectionError('The session was closed before its transcript was complete', this.#ids()),
		});
	}

	/** The first reason wins: a close frame after an `Error` message says less than the message did. */
	end(end: {readonly error?: SpeechmaticsError; readonly closeCode?: number}): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#keepAlive?.stop();
		this.#callOff?.();
		this.#socket?.close(CLOSE_CODES.normal);
		const {error, closeCode} = end;
		this.log({level: error ? 'error' : 'info', event: 'session-ended', closeCode, error: error?.name});
		if (end.error === undefined) this.#ended.resolve();
		else this.#ended.reject(end.error);
		this.#options.onEnd(end);
	}

	/** Drops the connection without a close handshake. */
	terminate(): void {
		this.#socket?.terminate();
	}

	#connect(
		authorization: string | undefined,
		timeout: number,
		headers: Readonly<Record<string, string>>,
		signal: AbortSignal | undefined,
	): Promise<Socket> {
		const {url, connect, app, ca} = this.#options;
		this.#hadKey = authorization !== undefined;
		return connect(
			// The service's address ends with a slash. Source: realtime API reference.
			endpointUrl(url, [''], {[APP_PARAMETER]: app}),
			{
				'X-Request-Id': randomUUID(),
				...headers,
				...(authorization !== undefined && {Authorization: authorization}),
			},
			{
				onMessage: (text) => {
					this.#keepAlive?.heard('message');
					if (!this.isDeaf) this.#options.onMessage(text);
				},
				onPong: () => this.#keepAlive?.heard('pong'),
				onClose: ({code, reason, error}) =>
					this.end({
						error: this.#said ? this.#errorFrom(this.#said, code) : this.#errorOfClose(code, reason, error),
						closeCode: code,
					}),
			},
			{timeout, signal, ca},
		);
	}

	/** A close frame without an `Error` before it. */
	#errorOfClose(code: number, reason: string, cause: unknown): SpeechmaticsError {
		const {host} = this.#options.url;
		const closed = new ConnectionError(
			`The connection to ${host} was lost (code ${code}${reason === '' ? '' : `: ${reason}`})`,
			{...this.#ids(), closeCode: code, closeReason: reason, cause},
		);
		if (code !== CLOSE_CODES.not_authorised) return closed;
		const details = {requestId: this.requestId, cause: closed};
		return new AuthenticationError(refusal(401, this.#options.url, this.#hadKey), details);
	}

	#errorFrom(said: ErrorMessage, closeCode?: number): SpeechmaticsError {
		const error = new RealtimeError(said, {...this.#ids(), closeCode});
		if (said.type !== 'not_authorised') return error;
		// The same error as a key that is refused by HTTP, which is where most wrong keys are noticed.
		return new AuthenticationError(refusal(401, this.#options.url, this.#hadKey), {
			requestId: this.requestId,
			cause: error,
		});
	}

	log(entry: LogEntry): void {
		const {host, pathname: path} = this.#options.url;
		this.#options.log({...entry, host, path, ...this.#ids()});
	}

	#ids() {
		return {sessionId: this.sessionId, requestId: this.requestId};
	}
}
