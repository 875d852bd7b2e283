import {randomUUID} from 'node:crypto';
import {type Credentials, credentialsFromEnvironment, staticKey} from './auth.ts';
import type {BatchClientOptions} from './batch-options.ts';
import {type Clock, systemClock} from './clock.ts';
import {DEFAULT_BATCH_URL, endpointUrl, parseEndpoint} from './endpoints.ts';
import {AuthenticationError, ConfigurationError, SpeechmaticsError} from './errors.ts';
import {type HttpRequest, type HttpResponse, type Send, sendOverNetwork} from './http.ts';
import {APP_PARAMETER, USER_AGENT} from './identity.ts';
import {type LogEntry, noLog} from './log.ts';
import {requestIdOf, responseError} from './responses.ts';
import {DEFAULT_RETRIES, withRetries} from './retry.ts';

/** One call of the API, in its own terms. */
export interface Call extends Partial<Pick<HttpRequest, 'method' | 'body' | 'headers' | 'onUploadProgress'>> {
	/** Below the base address. */
	readonly path: readonly string[];
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	/** Another service than the client's own. */
	readonly base?: URL | undefined;
	/** Goes without the key. */
	readonly isPublic?: boolean;
	readonly jobId?: string | undefined;
	readonly signal?: AbortSignal | undefined;
}

const NO_PROGRESS_TIMEOUT = 60_000;
const MAX_REDIRECTS = 5;

/** Calls of the batch API with all that is the same for each: key, ids, retries, redirects, time limits and log. */
export class BatchTransport {
	readonly url: URL;
	readonly clock: Clock;
	readonly random: () => number;
	readonly #options: BatchClientOptions;
	readonly #credentials: Credentials;
	readonly #send: Send;
	readonly #closed = new AbortController();

	/** @throws AuthenticationError when there is no key, ConfigurationError when the address is none */
	constructor(options: BatchClientOptions) {
		this.url = parseEndpoint(options.url ?? process.env.SPEECHMATICS_BATCH_URL ?? DEFAULT_BATCH_URL, [
			'https:',
			'http:',
		]);
		this.#credentials =
			options.credentials ??
			(options.apiKey === undefined ? credentialsFromEnvironment(process.env) : staticKey(options.apiKey));
		this.#options = options;
		this.#send = options.send ?? sendOverNetwork;
		this.clock = options.clock ?? systemClock;
		this.random = options.random ?? Math.random;
	}

	/** A call that may be made twice: it is repeated while its failure looks passing. */
	async repeatable(call: Call): Promise<HttpResponse> {
		const signal = this.signal(call.signal);
		return withRetries(() => this.once({...call, signal}), {
			clock: this.clock,
			random: this.random,
			retries: this.#options.retries ?? DEFAULT_RETRIES,
			signal,
			onRetry: ({attempt, delay, error}) =>
				this.log({
					level: 'info',
					event: 'retry',
					attempt,
					milliseconds: delay,
					error: error.name,
					jobId: call.jobId,
				}),
		});
	}

	/**
	 * A call made once. Only a refused key (401) allows a second try, since then nothing was done: with another key,
	 * where the credentials have one, and if the body can be sent again.
	 */
	async once(call: Call): Promise<HttpResponse> {
		const signal = this.signal(call.signal);
		const authorization = await this.#authorization(call, signal);
		try {
			return await this.#attempt(call, authorization, signal);
		} catch (error) {
			const isRefused = error instanceof AuthenticationError && error.status === 401;
			const canRepeat = call.body?.isRepeatable ?? true;
			if (
				!isRefused ||
				!canRepeat ||
				authorization === undefined ||
				this.#credentials.refresh === undefined
			) {
				throw error;
			}
			this.log({level: 'info', event: 'key-refused', jobId: call.jobId, requestId: error.requestId});
			await abortable(this.#credentials.refresh(authorization), signal);
			return this.#attempt(call, await this.#authorization(call, signal), signal);
		}
	}

	/** Ends every request that is under way, and every pause between two. */
	close(): void {
		this.#closed.abort(new ConfigurationError('The client was closed'));
	}

	/** Aborts with the caller's signal and when the client is closed. */
	signal(signal: AbortSignal | undefined): AbortSignal {
		return signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]);
	}

	log(entry: LogEntry): void {
		(this.#options.log ?? noLog)(entry);
	}

	async #authorization({isPublic}: Call, signal: AbortSignal): Promise<string | undefined> {
		return isPublic ? undefined : abortable(this.#credentials.authorization(), signal);
	}

	async #attempt(call: Call, authorization: string | undefined, signal: AbortSignal): Promise<HttpResponse> {
		const {method = 'GET', jobId, query} = call;
		const {connectTimeout, noProgressTimeout = NO_PROGRESS_TIMEOUT, requestTimeout, ca, app} = this.#options;
		const url = endpointUrl(call.base ?? this.url, call.path, {...query, [APP_PARAMETER]: app});
		// A server that was asked to hold the request is not silent while it does.
		const held = Number(query?.wait ?? 0) * 1000;
		const clientRequestId = randomUUID();
		const about = {method, host: url.host, path: url.pathname, jobId, clientRequestId};
		const started = this.clock.now();
		const elapsed = () => Math.round(this.clock.now() - started);
		const request: HttpRequest = {
			method,
			url,
			body: call.body,
			onUploadProgress: call.onUploadProgress,
			headers: {
				Accept: 'application/json, text/plain, */*',
				'User-Agent': USER_AGENT,
				'X-Request-Id': clientRequestId,
				...call.headers,
				...(authorization === undefined ? {} : {Authorization: authorization}),
			},
			signal,
			connectTimeout,
			noProgressTimeout: noProgressTimeout + held,
			totalTimeout: requestTimeout === undefined ? undefined : requestTimeout + held,
			ca,
		};
		const response = await this.#follow(request).catch((error: unknown) => {
			const name = error instanceof SpeechmaticsError ? error.name : 'Aborted';
			this.log({level: 'warn', event: 'request', ...about, milliseconds: elapsed(), error: name});
			throw error;
		});
		const {status} = response;
		const isGood = status >= 200 && status < 300;
		const requestId = requestIdOf(response);
		const level = isGood ? 'debug' : 'warn';
		this.log({level, event: 'request', ...about, status, requestId, milliseconds: elapsed()});
		if (isGood) return response;
		throw responseError(response, url, authorization !== undefined || call.isPublic === true, jobId);
	}

	/** Redirects are followed on the same origin only, so that the key goes nowhere else. */
	async #follow(request: HttpRequest): Promise<HttpResponse> {
		let {url} = request;
		for (let hops = 0; ; hops++) {
			const response = await this.#send({...request, url});
			const next = redirection(response, url, request);
			if (next === undefined || hops === MAX_REDIRECTS) return response;
			url = next;
		}
	}
}

/** 301 and 302 turn a POST into a GET on many clients, so only 307 and 308 are followed with a body. RFC 9110, 15.4. */
function redirection(
	{status, headers}: HttpResponse,
	from: URL,
	{method, body}: HttpRequest,
): URL | undefined {
	const {location} = headers;
	if (location === undefined || !URL.canParse(location, from.href)) return undefined;
	const keepsMethod = status === 307 || status === 308;
	if (!keepsMethod && !(method === 'GET' && (status === 301 || status === 302))) return undefined;
	if (body?.isRepeatable === false) return undefined;
	const url = new URL(location, from);
	return url.origin === from.origin ? url : undefined;
}

/** Credentials take no signal, but whoever waits for them may stop. */
async function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
	signal.throwIfAborted();
	let stop: (() => void) | undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, {once: true});
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		if (stop) signal.removeEventListener('abort', stop);
	}
}
