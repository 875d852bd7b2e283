import {type ClientOptions, WebSocket} from 'ws';
import {ConnectionError, TimeoutError} from './errors.ts';
import {connectionError} from './http.ts';
import {agentFor} from './proxy.ts';
import {responseError} from './responses.ts';

/** What the realtime client needs of a WebSocket; tests give their own. */
export interface Socket {
	send(data: string | Uint8Array): void;
	ping(): void;
	close(code?: number): void;
	/** Drops the connection without a close handshake. */
	terminate(): void;
	/** The id the service gave the request that opened the session, where the runtime shows it. */
	readonly requestId?: string | undefined;
}

export interface SocketHandlers {
	onMessage(text: string): void;
	/** The other side answered a ping. Not every runtime shows it. */
	onPong?(): void;
	/** Called once, after which nothing comes. `error` says why where no close frame told it. */
	onClose(close: {readonly code: number; readonly reason: string; readonly error?: Error}): void;
}

export interface ConnectOptions {
	/** Milliseconds. */
	readonly timeout: number;
	readonly signal?: AbortSignal | undefined;
	/** Certificates in PEM form to trust instead of the system's, for a service of one's own. */
	readonly ca?: string | readonly string[] | undefined;
}

/** Opens a socket: resolves when it is open, rejects when it cannot be. */
export type Connect = (
	url: URL,
	headers: Readonly<Record<string, string>>,
	handlers: SocketHandlers,
	options: ConnectOptions,
) => Promise<Socket>;

/**
 * Opens a WebSocket over the network.
 *
 * @throws AuthenticationError on 401 or 403, ResponseError on another refusal, TimeoutError after `timeout`
 * milliseconds, ConfigurationError when the proxy's address is none, ConnectionError otherwise
 */
export const connectOverNetwork: Connect = (url, headers, handlers, {timeout, signal, ca}) =>
	new Promise((resolve, reject) => {
		signal?.throwIfAborted();
		const options: ClientOptions = {headers: {...headers}, perMessageDeflate: false};
		const agent = agentFor(url);
		if (agent !== undefined) options.agent = agent;
		if (ca !== undefined) options.ca = typeof ca === 'string' ? ca : [...ca];
		const socket = new WebSocket(url, options);
		let open = false;
		let requestId: string | undefined;
		let lastError: Error | undefined;

		const settle = () => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
		};
		const fail = (error: unknown) => {
			settle();
			reject(error);
			socket.terminate();
		};
		const timer = setTimeout(
			() => fail(new TimeoutError(`${url.host} did not open a session in ${timeout / 1000} s`)),
			timeout,
		);
		const onAbort = () => fail(signal?.reason);
		signal?.addEventListener('abort', onAbort, {once: true});

		socket.on('upgrade', (response) => {
			const id = response.headers['request-id'];
			if (typeof id === 'string') requestId = id;
		});
		socket.on('open', () => {
			settle();
			open = true;
			resolve({
				send: (data) => socket.send(data),
				ping: () => socket.ping(),
				close: (code) => socket.close(code),
				terminate: () => socket.terminate(),
				get requestId() {
					return requestId;
				},
			});
		});
		socket.on('unexpected-response', (_request, {statusCode: status = 0, headers: answered}) => {
			const hadKey = headers.Authorization !== undefined;
			fail(responseError({status, headers: answered, text: ''}, url, hadKey));
		});
		socket.on('error', (error) => {
			lastError = error;
			if (!open) fail(connectionError(url, error));
		});
		socket.on('message', (data, isBinary) => {
			if (!isBinary) handlers.onMessage(String(data));
		});
		socket.on('pong', () => handlers.onPong?.());
		socket.on('close', (code, reason) => {
			if (open) handlers.onClose({code, reason: String(reason), ...(lastError && {error: lastError})});
			else
				fail(new ConnectionError(`${url.host} closed the connection before it was open`, {closeCode: code}));
		});
	});
