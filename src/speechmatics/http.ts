/** The one transport: `node:http(s)`, which streams uploads in little memory on every runtime. */
import http from 'node:http';
import https from 'node:https';
import type {Socket} from 'node:net';
import {Deferred} from './deferred.ts';
import {ConnectionError, TimeoutError} from './errors.ts';
import {agentFor} from './proxy.ts';

/** A body whose length is known before it is read, so that it needs no buffering. */
export interface HttpBody {
	/** Bytes. */
	readonly length: number;
	readonly contentType: string;
	/** Whether `chunks` can be called again, which a stream does not allow. */
	readonly isRepeatable: boolean;
	chunks(): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
	readonly method: 'GET' | 'POST' | 'DELETE';
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: HttpBody | undefined;
	/** Called with the bytes of the body handed to the network so far. */
	readonly onUploadProgress?: ((sentBytes: number) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Milliseconds without a byte in either direction after which the request fails. */
	readonly noProgressTimeout: number;
	/** Milliseconds until the connection must stand. Default: 30 000. */
	readonly connectTimeout?: number | undefined;
	/** Milliseconds for everything together. Default: no limit. */
	readonly totalTimeout?: number | undefined;
	/** PEM certificates to trust instead of the system's. */
	readonly ca?: string | undefined;
}

export interface HttpResponse {
	readonly status: number;
	readonly headers: http.IncomingHttpHeaders;
	/** The body as it came, and read as UTF-8. */
	readonly bytes?: Uint8Array | undefined;
	readonly text: string;
}

/** Sends one request, once. Any HTTP status is an answer; only a missing answer throws. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Source: the vendor's Python client. */
const DEFAULT_CONNECT_TIMEOUT = 30_000;

/**
 * Sends over the network, without retries, through the proxy that the environment names.
 *
 * The time limits are watchdogs of our own: on Bun neither the `timeout` option nor `setTimeout` of a request fires
 * once a server stops reading.
 *
 * @throws ConnectionError when there is no connection or it breaks, TimeoutError when one of the time limits is
 * reached, ConfigurationError for a wrong proxy, the signal's reason when it aborts
 */
export const sendOverNetwork: Send = async (request) => {
	const {signal, url, connectTimeout = DEFAULT_CONNECT_TIMEOUT} = request;
	signal?.throwIfAborted();
	const headers: Record<string, string | number> = {...request.headers};
	if (request.body !== undefined) {
		headers['Content-Type'] = request.body.contentType;
		headers['Content-Length'] = request.body.length;
	}
	const agent = agentFor(url);
	const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
		method: request.method,
		headers,
		...(agent && {agent}),
		...(request.ca !== undefined && {ca: request.ca}),
	});

	const failure = new Deferred<never>();
	const fail = (error: unknown) => {
		failure.reject(error);
		outgoing.destroy();
	};
	const watchdog = new Watchdog(request.noProgressTimeout, () =>
		fail(new TimeoutError(`${url.host} did not answer for ${seconds(request.noProgressTimeout)}`)),
	);
	const limit = (milliseconds: number, what: string) =>
		setTimeout(() => fail(new TimeoutError(`${url.host} ${what} in ${seconds(milliseconds)}`)), milliseconds);
	const connecting = limit(connectTimeout, 'could not be connected to');
	onceConnected(outgoing, () => clearTimeout(connecting));
	const total =
		request.totalTimeout === undefined
			? undefined
			: limit(request.totalTimeout, 'was not done with the request');
	const onAbort = () => fail(signal?.reason);
	signal?.addEventListener('abort', onAbort, {once: true});
	outgoing.on('error', (error) => fail(connectionError(url, error)));
	outgoing.on('close', () =>
		failure.reject(new ConnectionError(`The connection to ${url.host} was closed without an answer`)),
	);

	try {
		const answer = receive(outgoing, watchdog);
		const answered = Promise.race([answer.head, failure.promise]);
		// An upload ends early when the server has answered already, for instance with 401 or 413.
		const upload = write(outgoing, request, watchdog, answered);
		await Promise.race([answered, upload.then(() => answered)]);
		return await Promise.race([answer.whole, failure.promise]);
	} finally {
		watchdog.stop();
		clearTimeout(connecting);
		clearTimeout(total);
		signal?.removeEventListener('abort', onAbort);
		if (!outgoing.writableFinished) outgoing.destroy();
	}
};

function receive(outgoing: http.ClientRequest, watchdog: Watchdog) {
	const head = new Deferred<http.IncomingMessage>();
	const whole = new Deferred<HttpResponse>();
	outgoing.on('response', (incoming) => {
		watchdog.touch();
		head.resolve(incoming);
		const pieces: Buffer[] = [];
		incoming.on('data', (piece: Buffer) => {
			watchdog.touch();
			pieces.push(piece);
		});
		incoming.on('end', () => {
			whole.resolve(new BufferedResponse(incoming, Buffer.concat(pieces)));
		});
		const cut = () => whole.reject(new ConnectionError('The connection broke in the middle of an answer'));
		incoming.on('error', cut);
		incoming.on('aborted', cut);
	});
	return {head: head.promise, whole: whole.promise};
}

/** Reads its bytes as text only when asked, since a recording is none. */
class BufferedResponse implements HttpResponse {
	readonly status: number;
	readonly headers: http.IncomingHttpHeaders;
	readonly bytes: Buffer;

	constructor({statusCode = 0, headers}: http.IncomingMessage, bytes: Buffer) {
		this.status = statusCode;
		this.headers = headers;
		this.bytes = bytes;
	}

	get text(): string {
		return this.bytes.toString('utf8');
	}
}

/** A connection that is kept alive stands already; one through TLS stands after its handshake. */
function onceConnected(outgoing: http.ClientRequest, onConnect: () => void): void {
	outgoing.once('response', onConnect);
	outgoing.once('socket', (socket: Socket & {encrypted?: boolean}) => {
		if (!socket.connecting) onConnect();
		else socket.once(socket.encrypted ? 'secureConnect' : 'connect', onConnect);
	});
}

async function write(
	outgoing: http.ClientRequest,
	{body, onUploadProgress}: HttpRequest,
	watchdog: Watchdog,
	answered: Promise<unknown>,
): Promise<void> {
	if (body === undefined) {
		outgoing.end();
		return;
	}
	let over = false;
	const stop = answered.then(
		() => {
			over = true;
		},
		() => {
			over = true;
		},
	);
	let sent = 0;
	for await (const chunk of body.chunks()) {
		if (over) return;
		if (!outgoing.write(chunk)) {
			await Promise.race([new Promise((resolve) => outgoing.once('drain', resolve)), stop]);
			if (over) return;
		}
		watchdog.touch();
		sent += chunk.byteLength;
		onUploadProgress?.(sent);
	}
	outgoing.end();
}

/** Calls `onSilence` once when `touch` was not called for `limit` milliseconds. */
class Watchdog {
	readonly #limit: number;
	readonly #onSilence: () => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#lastTouch = performance.now();

	constructor(limit: number, onSilence: () => void) {
		this.#limit = limit;
		this.#onSilence = onSilence;
		this.#arm(limit);
	}

	/** Cheap enough for every chunk: the timer is armed again only when it fires. */
	touch(): void {
		this.#lastTouch = performance.now();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#arm(delay: number): void {
		this.#timer = setTimeout(() => {
			const left = this.#lastTouch + this.#limit - performance.now();
			if (left > 0) this.#arm(left);
			else this.#onSilence();
		}, delay);
	}
}

const CONNECTION_FAILURES: Readonly<Record<string, string>> = {
	ENOTFOUND: 'its name is not known (is the network up?)',
	EAI_AGAIN: 'its name could not be looked up (is the network up?)',
	ECONNREFUSED: 'nothing answers at that address',
	ConnectionRefused: 'nothing answers at that address',
	ECONNRESET: 'the connection was reset',
	EPIPE: 'the connection was closed',
	ETIMEDOUT: 'it did not answer in time',
	ENETUNREACH: 'the network is not reachable',
	EHOSTUNREACH: 'the host is not reachable',
};

/** Says in words why `url` could not be reached. */
export function connectionError(url: URL, cause: Error & {code?: string}): ConnectionError {
	const why = CONNECTION_FAILURES[cause.code ?? ''] ?? cause.message;
	return new ConnectionError(`Could not reach ${url.host}: ${why}`, {cause});
}

const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)} s`;
