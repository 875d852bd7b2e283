/** Who may use the emulator, and the temporary keys it gives out as the management platform does. */
import {createHmac, randomBytes} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {json} from 'node:stream/consumers';
import {z} from 'zod';
import {Refusal} from './answers.ts';

const TEMPORARY_KEY_TYPES = ['batch', 'rt', 'tts'];

/** Source: the service's authentication page, "temporary keys": 60 seconds to a day. */
const TemporaryKeyRequest = z.looseObject({
	ttl: z
		.int()
		.min(60, 'ttl in body should be greater than or equal to 60')
		.max(86_400, 'ttl in body should be less than or equal to 86400'),
	client_ref: z.string().optional(),
});

/** Who asks. A long-lived key has neither. */
export interface Identity {
	/** What a temporary key is for. */
	readonly type?: string;
	/** The one whose jobs a temporary batch key sees. */
	readonly clientRef?: string | undefined;
}

export class Keys {
	readonly #apiKey: string | undefined;
	readonly #temporary = new Map<string, Identity & {readonly expiry: number}>();
	readonly #now: () => number;
	readonly #secret = randomBytes(32);

	/**
	 * @param apiKey the one key that is accepted; without it, any
	 * @param now milliseconds since 1970
	 */
	constructor(apiKey: string | undefined, now: () => number) {
		this.#apiKey = apiKey;
		this.#now = now;
	}

	/**
	 * Who asks, told by the key in the header or (as browsers must) in the `jwt` parameter.
	 *
	 * @returns `undefined` where the key is missing, wrong or expired
	 */
	identify(request: IncomingMessage, url: URL): Identity | undefined {
		const bearer = request.headers.authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
		const key = bearer ?? url.searchParams.get('jwt') ?? '';
		if (key === '') return undefined;
		const temporary = this.#temporary.get(key);
		if (temporary !== undefined) return temporary.expiry * 1000 > this.#now() ? temporary : undefined;
		return this.#apiKey === undefined || key === this.#apiKey ? {} : undefined;
	}

	/**
	 * Answers `POST /v1/api_keys`.
	 *
	 * @throws Refusal for a wrong key, and for a type or a lifetime that the service does not give
	 */
	async issue(request: IncomingMessage, url: URL): Promise<{apikey_id: null; key_value: string}> {
		if (this.identify(request, url) === undefined) throw new Refusal(403, 'Forbidden');
		const type = url.searchParams.get('type') ?? 'batch';
		const body = TemporaryKeyRequest.safeParse(await json(request).catch(() => undefined));
		if (!body.success) throw new Refusal(422, body.error.issues[0]?.message ?? 'Unprocessable Entity');
		if (!TEMPORARY_KEY_TYPES.includes(type))
			throw new Refusal(422, 'type in query should be one of [batch rt tts]');
		const now = Math.floor(this.#now() / 1000);
		const expiry = now + body.data.ttl;
		const claims = {iat: now, exp: expiry, type, client_ref: body.data.client_ref};
		const unsigned = `${base64url({alg: 'HS256', typ: 'JWT'})}.${base64url(claims)}`;
		const key = `${unsigned}.${createHmac('sha256', this.#secret).update(unsigned).digest('base64url')}`;
		this.#temporary.set(key, {type, clientRef: body.data.client_ref, expiry});
		return {apikey_id: null, key_value: key};
	}
}

function base64url(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
