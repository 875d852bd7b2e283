/** Who may use the emulator, and the keys it gives out as the management platform does. */
import {createHmac, randomBytes, randomUUID} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {z} from 'zod';
import {Refusal} from './answers.ts';

const KEY_TYPES = ['batch', 'rt', 'tts'];

/** Source: the service's authentication page, "temporary keys": 60 seconds to a day. */
const TemporaryKeyRequest = z.looseObject({
	ttl: z
		.int()
		.min(60, 'ttl in body should be greater than or equal to 60')
		.max(86_400, 'ttl in body should be less than or equal to 86400'),
	client_ref: z.string().optional(),
});

/** Source: management OpenAPI. */
const PermanentKeyRequest = z.looseObject({
	name: z.string().max(120, 'name in body should be at most 120 chars long').default(''),
	client_ref: z.string().default(''),
});

/** A permanent key as it is listed: without its value, which is shown once. */
export interface ListedKey {
	readonly apikey_id: string;
	readonly name: string;
	readonly created_at: string;
	readonly client_ref: string;
}

interface PermanentKey {
	readonly value: string;
	readonly projectId: string;
	readonly listed: ListedKey;
}

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
	/** By their ids. */
	readonly #permanent = new Map<string, PermanentKey>();
	/** Values that were good once: where any key is, these are still not. */
	readonly #deleted = new Set<string>();
	readonly #now: () => number;
	readonly #secret = randomBytes(32);

	/**
	 * @param apiKey the one key that is accepted beside those given out; without it, any
	 * @param now milliseconds since 1970
	 */
	constructor(apiKey: string | undefined, now: () => number) {
		this.#apiKey = apiKey;
		this.#now = now;
	}

	/**
	 * Who asks, told by the key in the header or (as browsers must) in the `jwt` parameter.
	 *
	 * @returns `undefined` where the key is missing, wrong, deleted or expired
	 */
	identify(request: IncomingMessage, url: URL): Identity | undefined {
		const bearer = request.headers.authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
		const key = bearer ?? url.searchParams.get('jwt') ?? '';
		if (key === '') return undefined;
		const temporary = this.#temporary.get(key);
		if (temporary !== undefined) return temporary.expiry * 1000 > this.#now() ? temporary : undefined;
		if (this.#deleted.has(key)) return undefined;
		const isPermanent = [...this.#permanent.values()].some(({value}) => value === key);
		return isPermanent || this.#apiKey === undefined || key === this.#apiKey ? {} : undefined;
	}

	/**
	 * A key that expires.
	 *
	 * @throws Refusal for a type or a lifetime that the service does not give
	 */
	issueTemporary(type: string, request: unknown): {apikey_id: null; key_value: string} {
		const body = checked(TemporaryKeyRequest, request, type);
		const now = Math.floor(this.#now() / 1000);
		const expiry = now + body.ttl;
		const claims = {iat: now, exp: expiry, type, client_ref: body.client_ref};
		const unsigned = `${base64url({alg: 'HS256', typ: 'JWT'})}.${base64url(claims)}`;
		const key = `${unsigned}.${createHmac('sha256', this.#secret).update(unsigned).digest('base64url')}`;
		this.#temporary.set(key, {type, clientRef: body.client_ref, expiry});
		return {apikey_id: null, key_value: key};
	}

	/**
	 * A key that is good until it is deleted.
	 *
	 * @throws Refusal for a type or a name that the service does not take
	 */
	issuePermanent(type: string, request: unknown, projectId: string): {apikey_id: string; key_value: string} {
		const {name, client_ref} = checked(PermanentKeyRequest, request, type);
		const apikey_id = randomUUID();
		const value = randomBytes(24).toString('base64url');
		const created_at = new Date(this.#now()).toISOString();
		this.#permanent.set(apikey_id, {value, projectId, listed: {apikey_id, name, created_at, client_ref}});
		return {apikey_id, key_value: value};
	}

	/** The permanent keys, of one project where it is given. */
	list(projectId?: string): ListedKey[] {
		return [...this.#permanent.values()]
			.filter((key) => projectId === undefined || key.projectId === projectId)
			.map(({listed}) => listed);
	}

	/** Has a permanent key be refused from now on. @returns whether there was such a key */
	delete(id: string): boolean {
		const key = this.#permanent.get(id);
		if (key !== undefined) this.#deleted.add(key.value);
		return this.#permanent.delete(id);
	}
}

function checked<Body>(schema: z.ZodType<Body>, request: unknown, type: string): Body {
	const body = schema.safeParse(request);
	if (!body.success) throw new Refusal(422, body.error.issues[0]?.message ?? 'Unprocessable Entity');
	if (!KEY_TYPES.includes(type)) throw new Refusal(422, 'type in query should be one of [batch rt tts]');
	return body.data;
}

function base64url(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
