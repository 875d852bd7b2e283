/** The one transport: `node:http(s)`, which streams uploads in little memory on every runtime. */
import http from 'node:http';
import https from 'node:https';
import {Deferred} from './deferred.ts';
import {ConnectionError, TimeoutError} from './errors.ts';

/** A body whose length is known before it is read, so that it needs no buffering. */
export interface HttpBody {
	/** Bytes. */
	readonly length: number;
	readonly contentType: string;
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
}

export interface HttpResponse {
	readonly status: number;
	readonly headers: http.IncomingHttpHeaders;
	readonly text: string;
}

/** Sends one request, once. Any HTTP status is an answer; only a missing answer throws. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Sends over the network, without retries.
 *
 * The time limit is a watchdog of our own: on Bun neither the `timeout` option nor `setTimeout` of a request fires
 * once a server stops reading.
 *
 * @throws ConnectionError when there is no connection or it breaks, TimeoutError when nothing moves for
 * `noProgressTimeout`, the signal's reason when it aborts
 */
export const sendOverNetwork: Send = async (request) => {
	const {signal, url} = request;
	signal?.throwIfAborted();
	const headers: Record<string, string | number> = {...request.headers};
	if (request.body !== undefined) {
		headers['Content-Type'] = request.body.contentType;
		headers['Content-Length'] = request.body.length;
	}
	const outgoing = (url.protocol === 'https:' ? https : http).request(url, {method: request.method, headers});

	const failure = new Deferred<never>();
	const fail = (error: unknown) => {
		failure.reject(error);
		outgoing.destroy();
	};
	const watchdog = new Watchdog(request.noProgressTimeout, () =>
		fail(new TimeoutError(`${url.host} did not answer for ${seconds(request.noProgressTimeout)}`)),
	);
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
			const text = Buffer.concat(pieces).toString('utf8');
			whole.resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, text});
		});
		const cut = () => whole.reject(new ConnectionError('The connection broke in the middle of an answer'));
		incoming.on('error', cut);
		incoming.on('aborted', cut);
	});
	return {head: head.promise, whole: whole.promise};
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
