/** Which request goes where, in which mode, and what may befall it on the way. */
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Clock} from '../speechmatics/clock.ts';
import {answer, answerJson, answerRefusal, newRequestId, Refusal, UNAUTHORISED_PAGE} from './answers.ts';
import type {BatchApi} from './batch-api.ts';
import {control} from './control.ts';
import {features} from './discovery.ts';
import {bodyOf, inject} from './fault-injection.ts';
import type {FaultPlan} from './fault-plan.ts';
import type {Operation, RequestFault} from './faults.ts';
import type {Identity, Keys} from './keys.ts';
import {isForManagement, type ManagementApi} from './management-api.ts';
import type {Mode} from './mode.ts';
import {containerHealth, workerHealth} from './on-prem.ts';
import type {EmulatorStatistics} from './options.ts';
import type {RateLimits} from './rate-limits.ts';
import type {RealtimeApi} from './realtime-api.ts';

export interface RouterOptions {
	readonly mode: Mode;
	readonly keys: Keys;
	readonly management: ManagementApi;
	readonly batch: BatchApi;
	readonly realtime: RealtimeApi;
	readonly faults: FaultPlan;
	readonly rates: RateLimits | undefined;
	readonly clock: Clock;
	readonly log: (line: object) => void;
	/** What was logged until now. */
	readonly lines: readonly object[];
	readonly statistics: () => EmulatorStatistics;
}

export class Router {
	readonly #options: RouterOptions;
	readonly #stop = new AbortController();

	constructor(options: RouterOptions) {
		this.#options = options;
	}

	/** Answers a request, or does not, where that was planned. */
	async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const {faults, log} = this.#options;
		const url = new URL(request.url ?? '/', 'http://emulator');
		const path = url.pathname.split('/').filter((segment) => segment !== '');
		if (path[0] === '_emulator') return control(request, response, path.slice(1), this.#options);

		const operation = operationOf(request.method ?? '', path);
		const befalls = faults.forRequest(operation);
		response.setHeader('Request-Id', newRequestId());
		response.once('close', () => {
			log({
				type: 'request',
				method: request.method,
				path: url.pathname,
				// Without an answer there is no status.
				...(response.headersSent ? {status: response.statusCode} : {}),
				...(befalls.length === 0 ? {} : {faults: befalls.map(({fault}) => fault)}),
			});
		});
		try {
			if (!inject(befalls, request, response, url.searchParams)) return;
			await this.#route(request, response, url, path, befalls);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			this.#refuse(response, operation, error);
		}
	}

	/** Ends what waits to be read. */
	close(): void {
		this.#stop.abort();
	}

	async #route(
		request: IncomingMessage,
		response: ServerResponse,
		url: URL,
		path: readonly string[],
		befalls: readonly RequestFault[],
	): Promise<void> {
		const {mode, keys, management, batch, realtime, rates, clock} = this.#options;
		const health =
			mode === 'rt-container'
				? containerHealth(path, realtime)
				: mode === 'batch-worker' && workerHealth(path, batch);
		if (request.method === 'GET' && health) return answerJson(response, 200, health);
		const place = path.join('/');
		if (mode !== 'batch-worker' && request.method === 'GET' && place === 'v1/discovery/features')
			return answerJson(response, 200, features());
		if (mode === 'saas' && isForManagement(path))
			return management.handle(request, response, url, path.slice(1));
		const needsKey = mode === 'saas' && !batch.isOpen(request.method, url);
		const identity: Identity | undefined = needsKey ? keys.identify(request, url) : {};
		if (identity === undefined) return answer(response, 401, 'text/html', UNAUTHORISED_PAGE);
		if (rates?.admits(request.method ?? '') === false) throw new Refusal(429, 'Rate Limited');
		const stopped = new AbortController();
		response.once('close', () => stopped.abort());
		const signal = AbortSignal.any([this.#stop.signal, stopped.signal]);
		const body = bodyOf(request, befalls, clock, signal);
		const asked = {request, response, query: url.searchParams, identity, body};
		if (mode !== 'rt-container' && path[0] === 'v2' && path[1] === 'jobs') {
			await batch.handle(asked, path.slice(2));
		} else if (mode === 'saas' && request.method === 'GET' && place === 'v2/usage') {
			batch.usage(asked);
		} else {
			throw new Refusal(404, 'Not Found');
		}
	}

	/** Each part of the service is written with another framework. */
	#refuse(response: ServerResponse, operation: Operation, refusal: Refusal): void {
		const {status, message, detail} = refusal;
		if (operation === 'keys') answerJson(response, status, {code: status, message});
		else if (this.#options.mode === 'batch-worker') answerJson(response, status, {detail: detail ?? message});
		else answerRefusal(response, refusal);
	}
}

function operationOf(method: string, path: readonly string[]): Operation {
	const [version, place, id, part] = path;
	if (isForKeys(path)) return 'keys';
	if (version === 'v1' && place === 'discovery') return 'discovery';
	if (version !== 'v2') return 'other';
	if (place === 'usage') return 'usage';
	if (place !== 'jobs') return 'other';
	if (id === undefined) return method === 'POST' ? 'jobs.create' : 'jobs.list';
	if (part === undefined) return method === 'DELETE' ? 'jobs.delete' : 'jobs.show';
	return PARTS[part] ?? 'other';
}

const PARTS: Readonly<Record<string, Operation>> = {
	transcript: 'jobs.transcript',
	log: 'jobs.log',
	data: 'jobs.data',
	text: 'jobs.text',
	alignment: 'jobs.alignment',
	'object-urls': 'jobs.object-urls',
};

/** The management platform's own specification spells it with a hyphen, its documentation and SDKs do not. */
function isForKeys([version, place, ...more]: readonly string[]): boolean {
	return version === 'v1' && (place === 'api_keys' || place === 'api-keys') && more.length === 0;
}
