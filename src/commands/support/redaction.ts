/** Takes out of a bundle what is nobody else's business. Pure. */

const REDACTED = '[redacted]';
/** Shorter ones would blot out ordinary words; no service has keys like that. */
const SHORTEST_SECRET = 6;

/** Names under which secrets stand, wherever they are. */
const SECRET_NAME =
	/(^|[_-])(key|apikey|token|jwt|password|passwd|secret|authorization|cookie|headers?|identifiers?)$/i;
/** Names of lists that say who or what a recording is about. */
const PERSONAL_NAME =
	/^(.*\.)?(additional_vocab|vocab\w*|dictionar\w*|speakers|known_speakers|channel_diarization_labels|channel_labels|replace\w*|topics|topic_list|tracking|title|reference|tags|details)$/i;

const BEARER = /\b(Bearer|Basic)\s+[^\s"',]+/gi;
const ASSIGNED =
	/\b((?:authorization|api[-_ ]?key|access[-_ ]?token|auth[-_ ]?token|jwt|token|password|secret)["']?\s*[:=]\s*["']?)[^\s"',&]+/gi;
const JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;
const ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#"'@]*@)?([^\s?#"'<>]*)([?#][^\s"'<>]*)?/gi;

export interface RedactionOptions {
	/** What must not be in it, whatever it stands beside. */
	readonly secrets: Iterable<string>;
	/** The user's own folder, which often bears their name. */
	readonly home: string | undefined;
}

/**
 * @returns a function that copies a value of JSON without secrets: known ones, those that look like one, what stands under
 * a telling name, credentials and queries of addresses. Lists about people and their words become their lengths.
 */
export function redactor({secrets, home}: RedactionOptions): <Value>(value: Value) => Value {
	const known = [...new Set(secrets)]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
		// What holds another one goes first.
		.sort((one, other) => other.length - one.length);
	const text = (raw: string) => {
		const clean = known
			.reduce((left, secret) => left.replaceAll(secret, REDACTED), raw)
			.replace(ADDRESS, (_, scheme: string, place: string, query?: string) =>
				query === undefined ? scheme + place : `${scheme}${place}${query[0]}${REDACTED}`,
			)
			.replace(BEARER, `$1 ${REDACTED}`)
			.replace(ASSIGNED, `$1${REDACTED}`)
			.replace(JWT, REDACTED);
		return home === undefined || home === '/' || home === '' ? clean : clean.replaceAll(home, '~');
	};
	const copy = (value: unknown): unknown => {
		if (typeof value === 'string') return text(value);
		if (Array.isArray(value)) return value.map(copy);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, inner]) => [text(name), under(name, inner) ?? copy(inner)]),
		);
	};
	return <Value>(value: Value) => copy(value) as Value;
}

/** What stands for a value under a telling name; `undefined` where the name tells nothing. */
export function under(name: string, value: unknown): string | undefined {
	if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number') {
		return undefined;
	}
	if (SECRET_NAME.test(name)) return REDACTED;
	if (!PERSONAL_NAME.test(name)) return undefined;
	return Array.isArray(value) ? `[${value.length} entries]` : REDACTED;
}
