import {randomUUID} from 'node:crypto';
import {z} from 'zod';
import {type Credentials, staticKey} from './auth.ts';
import {type Clock, systemClock} from './clock.ts';
import {endpointUrl, parseEndpoint} from './endpoints.ts';
import {ConfigurationError} from './errors.ts';
import {type HttpBody, type Send, sendOverNetwork} from './http.ts';
import {USER_AGENT} from './identity.ts';
import {parsed, responseError} from './responses.ts';
import {withRetries} from './retry.ts';

export const DEFAULT_MANAGEMENT_URL = 'https://mp.speechmatics.com';

export interface TemporaryKeyOptions {
	/** The long-lived key. It goes to the management service only. */
	readonly apiKey: string;
	/** Which API the keys are for. */
	readonly type: 'batch' | 'rt';
	/** Seconds a key is good for, 60–86400. Default: 60. */
	readonly ttl?: number;
	/** A batch key made with it sees only the jobs made with the same. */
	readonly clientRef?: string;
	/** Default: `SM_MANAGEMENT_PLATFORM_URL`, else the vendor's. */
	readonly managementUrl?: string;
	/** PEM certificates to trust instead of the system's. */
	readonly ca?: string;
	readonly send?: Send;
	readonly clock?: Clock;
	/** Numbers from 0 to 1, for the spread of retries. */
	readonly random?: () => number;
}

const MIN_TTL = 60;
const MAX_TTL = 86_400;
/** Milliseconds before its end from which a key is no longer used. Source: the vendor's Python client. */
const REFRESH_BEFORE_EXPIRY = 10_000;
const NO_PROGRESS_TIMEOUT = 10_000;
/** A key made twice harms nobody, so that making one may be repeated. */
const RETRIES = 3;

const CreatedKey = z.looseObject({key_value: z.string().min(1)});

/**
 * Keys that the service makes for a short time, so that the long-lived one never reaches the batch or realtime API. Each
 * is used until ten seconds before its end, and given up when it is refused. However many requests wait for one, it is
 * asked for once.
 *
 * Source: docs, "Authentication".
 *
 * @throws ConfigurationError when `ttl` or the address is wrong, AuthenticationError when the key cannot be one. Whoever
 * asks for a key gets AuthenticationError (401, 403), ResponseError (422 and others), ConnectionError or TimeoutError.
 */
export function temporaryKeys({
	apiKey,
	type,
	ttl = MIN_TTL,
	clientRef,
	managementUrl = process.env.SM_MANAGEMENT_PLATFORM_URL ?? DEFAULT_MANAGEMENT_URL,
	ca,
	send = sendOverNetwork,
	clock = systemClock,
	random = Math.random,
}: TemporaryKeyOptions): Credentials {
	if (!Number.isInteger(ttl) || ttl < MIN_TTL || ttl > MAX_TTL)
		throw new ConfigurationError(
			`ttl must be a whole number of seconds from ${MIN_TTL} to ${MAX_TTL}, not ${ttl}`,
		);
	const base = parseEndpoint(managementUrl, ['https:', 'http:']);
	const longLived = staticKey(apiKey);
	let current: {readonly header: Promise<string | undefined>; readonly goodUntil: number} | undefined;

	const create = async (): Promise<string | undefined> => {
		const authorization = (await longLived.authorization()) as string;
		const url = endpointUrl(base, ['v1', 'api_keys'], {type});
		const response = await send({
			method: 'POST',
			url,
			headers: {
				Authorization: authorization,
				'User-Agent': USER_AGENT,
				'X-Request-Id': randomUUID(),
			},
			body: jsonBody({ttl, client_ref: clientRef}),
			noProgressTimeout: NO_PROGRESS_TIMEOUT,
			ca,
		});
		if (response.status < 200 || response.status >= 300) throw responseError(response, url, true);
		return staticKey(parsed(CreatedKey, response).key_value).authorization();
	};

	const renew = (): Promise<string | undefined> => {
		// Counted from before the request, so that a slow answer does not make the key look younger than it is.
		const goodUntil = clock.now() + ttl * 1000 - REFRESH_BEFORE_EXPIRY;
		const header = withRetries(create, {clock, random, retries: RETRIES});
		const made = {header, goodUntil};
		current = made;
		header.catch(() => {
			if (current === made) current = undefined;
		});
		return header;
	};

	return {
		authorization: () =>
			current !== undefined && clock.now() < current.goodUntil ? current.header : renew(),
		async refresh(refused) {
			const seen = current;
			const header = await seen?.header.catch(() => undefined);
			// Somebody else who was refused the same key is replacing it, or has done so.
			if (current !== seen) await current?.header;
			else if (refused !== undefined && header !== undefined && header !== refused) return;
			else await renew();
		},
	};
}

function jsonBody(value: unknown): HttpBody {
	const bytes = new TextEncoder().encode(JSON.stringify(value));
	return {
		length: bytes.byteLength,
		contentType: 'application/json',
		isRepeatable: true,
		async *chunks() {
			yield bytes;
		},
	};
}
