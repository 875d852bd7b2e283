/** Addresses under which what belongs to a job can be had without a key, for a while. */
import {randomUUID} from 'node:crypto';
import {Refusal} from './answers.ts';
import type {Job} from './jobs.ts';
import {integer} from './queries.ts';

/** What addresses can be asked for; there is never an `audio_mp3`, as nothing here makes one. */
const OBJECTS = ['data', 'audio_mp3', 'transcript'];

export class ObjectUrls {
	/** Which path each token opens, and until when in milliseconds since 1970. */
	readonly #tokens = new Map<string, {readonly path: string; readonly until: number}>();
	readonly #now: () => number;

	/** @param now milliseconds since 1970 */
	constructor(now: () => number) {
		this.#now = now;
	}

	/**
	 * Makes the addresses that `ttl` and `url_for` ask for; of what there is not, none.
	 *
	 * @param host of the emulator, as the client names it
	 * @throws Refusal when one of the parameters is missing or wrong
	 */
	issue(job: Job, query: URLSearchParams, host: string): Record<string, string> {
		for (const name of ['ttl', 'url_for'])
			if (!query.has(name)) throw new Refusal(422, `${name} in query is required`);
		const ttl = integer(query, 'ttl', {fallback: 0, least: 1, most: Number.MAX_SAFE_INTEGER});
		const wanted = query.getAll('url_for').flatMap((names) => names.split(','));
		if (!wanted.every((name) => OBJECTS.includes(name)))
			throw new Refusal(422, `url_for in query should be one of [${OBJECTS.join(' ')}]`);
		for (const [token, {until}] of this.#tokens) if (until <= this.#now()) this.#tokens.delete(token);

		const available = wanted.filter((name) =>
			name === 'data'
				? job.recording !== undefined
				: name === 'transcript' && job.status === 'done' && job.alignment === undefined,
		);
		return Object.fromEntries(
			available.map((name) => {
				const path = `/v2/jobs/${job.id}/${name}`;
				const token = randomUUID();
				this.#tokens.set(token, {path, until: this.#now() + ttl * 1000});
				return [name, `http://${host}${path}?token=${token}`];
			}),
		);
	}

	/** Whether a request needs no key, since it bears a token for just this. */
	admits(method: string | undefined, {pathname, searchParams}: URL): boolean {
		const token = this.#tokens.get(searchParams.get('token') ?? '');
		return method === 'GET' && token?.path === pathname && this.#now() < token.until;
	}
}
