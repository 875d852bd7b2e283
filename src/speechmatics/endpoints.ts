import {ConfigurationError} from './errors.ts';

/** Batch and realtime in the same region, so that a user's audio stays in one. Source: docs, "Regions". */
export const DEFAULT_BATCH_URL = 'https://eu1.asr.api.speechmatics.com/v2';
export const DEFAULT_REALTIME_URL = 'wss://eu.rt.speechmatics.com/v2';

/**
 * Checks the address of a service.
 *
 * @param address such as `https://host/v2`; a trailing slash does not matter
 * @param protocols those that are possible, such as `['https:', 'http:']`
 * @throws ConfigurationError when it is not a URL of one of these protocols, or carries a password
 */
export function parseEndpoint(address: string, protocols: readonly string[]): URL {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const expected = protocols.map((protocol) => `${protocol}//`).join(' or ');
	if (url === undefined || !protocols.includes(url.protocol) || url.hostname === '') {
		throw new ConfigurationError(`"${address}" is not a service address: it must begin with ${expected}`);
	}
	if (url.username !== '' || url.password !== '') {
		throw new ConfigurationError(`A service address must not carry a user name or password (${url.host})`);
	}
	url.pathname = url.pathname.replace(/\/+$/, '');
	return url;
}

/**
 * A path under a service's base address.
 *
 * @param segments path segments, escaped here
 * @param query parameters; `undefined` ones are left out
 */
export function endpointUrl(
	base: URL,
	segments: readonly string[],
	query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): URL {
	const url = new URL(base);
	url.pathname = [base.pathname.replace(/\/+$/, ''), ...segments.map(encodeURIComponent)].join('/');
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined) url.searchParams.set(name, String(value));
	}
	return url;
}

/** Whether only this machine can hear what is sent there. */
export function isLoopback(url: URL): boolean {
	return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/** Whether the address is the vendor's own cloud, which always wants a key. */
export function isSpeechmaticsCloud(url: URL): boolean {
	return url.hostname === 'speechmatics.com' || url.hostname.endsWith('.speechmatics.com');
}
