/** Takes out of a job's config what would let others in: it is shown on screens and piped into files. Pure. */

const HIDDEN = '(hidden)';

/** A copy without the values of `auth_headers` and without the queries and logins of addresses, which may be signed. */
export function withoutSecrets(value: unknown, key = ''): unknown {
	if (typeof value === 'string') return /^https?:\/\//i.test(value) ? plainAddress(value) : value;
	if (Array.isArray(value)) {
		return value.map((item) => (key === 'auth_headers' ? nameOnly(item) : withoutSecrets(item)));
	}
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, withoutSecrets(of, name)]));
}

/**
 * A job's config to be read: without secrets, and without the nulls with which the service repeats what was not set.
 */
export function shownConfig(config: unknown): unknown {
	const text = JSON.stringify(withoutSecrets(config), (_key, value: unknown) => value ?? undefined);
	return text === undefined ? undefined : JSON.parse(text);
}

function nameOnly(header: unknown): string {
	const [name, rest] = String(header).split(':', 2);
	return rest === undefined ? HIDDEN : `${name}: ${HIDDEN}`;
}

function plainAddress(address: string): string {
	if (!URL.canParse(address)) return HIDDEN;
	const url = new URL(address);
	const login = url.username === '' && url.password === '' ? '' : `${HIDDEN}@`;
	return `${url.protocol}//${login}${url.host}${url.pathname}${url.search === '' ? '' : `?${HIDDEN}`}`;
}
