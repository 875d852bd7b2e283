import {type ClientOptions, WebSocket} from 'ws';
import {AuthenticationError, ConnectionError, TimeoutError} from './errors.ts';
import {connectionError} from './http.ts';
import {refusal} from './responses.ts';

/** What the realtime client needs of a WebSocket; tests give their own. */
export interface Socket {
	send(data: string | Uint8Array): void;
	ping(): void;
	close(code?: number): void;
	/** Drops the connection without a close handshake. */
	terminate(): void;
}

export interface SocketHandlers {
	onMessage(text: string): void;
	/** Called once, after which nothing comes. `error` says why where no close frame told it. */
	onClose(close: {readonly code: number; readonly reason: string; readonly error?: Error}): void;
}

/** Opens a socket: resolves when it is open, rejects when it cannot be. */
export type Connect = (
	url: URL,
	headers: Readonly<Record<string, string>>,
	handlers: SocketHandlers,
	options: {readonly timeout: number; readonly signal?: AbortSignal | undefined},
) => Promise<Socket>;

/**
 * Opens a WebSocket over the network.
 *
 * @throws AuthenticationError on 401 or 403, TimeoutError after `timeout` milliseconds, ConnectionError otherwise
 */
export const connectOverNetwork: Connect = (url, headers, handlers, {timeout, signal}) =>
	new Promise((resolve, reject) => {
		signal?.throwIfAborted();
		const options: ClientOptions = {headers: {...headers}, perMessageDeflate: false};
		const socket = new WebSocket(url, options);
		let open = false;
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

		socket.on('open', () => {
			settle();
			open = true;
			resolve(socket);
		});
		socket.on('unexpected-response', (_request, response) => {
			const status = response.statusCode ?? 0;
			const requestId = response.headers['request-id'];
			const details = typeof requestId === 'string' ? {requestId} : {};
			const hadKey = headers.Authorization !== undefined;
			fail(
				status === 401 || status === 403
					? new AuthenticationError(refusal(status, url, hadKey), {status, ...details})
					: new ConnectionError(`${url.host} refused the session with HTTP status ${status}`, details),
			);
		});
		socket.on('error', (error) => {
			lastError = error;
			if (!open) fail(connectionError(url, error));
		});
		socket.on('message', (data, isBinary) => {
			if (!isBinary) handlers.onMessage(String(data));
		});
		socket.on('close', (code, reason) => {
			if (open) handlers.onClose({code, reason: String(reason), ...(lastError && {error: lastError})});
			else
				fail(new ConnectionError(`${url.host} closed the connection before it was open`, {closeCode: code}));
		});
	});
