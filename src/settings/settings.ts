/** Where the services are and with which key, from the environment, as one validated object. */
import {type Credentials, noCredentials, staticKey} from '../speechmatics/auth.ts';
import {
	DEFAULT_BATCH_URL,
	DEFAULT_REALTIME_URL,
	isLoopback,
	isSpeechmaticsCloud,
	parseEndpoint,
} from '../speechmatics/endpoints.ts';
import {AuthenticationError} from '../speechmatics/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One of the two services, and what it wants to know who asks. */
export interface ServiceSettings {
	readonly url: string;
	readonly credentials: Credentials;
	/** One sentence each, for the user to see before anything is sent. */
	readonly warnings: readonly string[];
}

const SERVICES = {
	batch: {variable: 'SPEECHMATICS_BATCH_URL', default: DEFAULT_BATCH_URL, secure: 'https:', plain: 'http:'},
	realtime: {variable: 'SPEECHMATICS_RT_URL', default: DEFAULT_REALTIME_URL, secure: 'wss:', plain: 'ws:'},
} as const;

/**
 * The settings of a service. A key may be missing only where the user named an address outside the vendor's cloud:
 * on-prem services want none.
 *
 * @throws ConfigurationError for an address that is none, AuthenticationError for a missing or impossible key
 */
export function serviceSettings(service: keyof typeof SERVICES, environment: Environment): ServiceSettings {
	const {variable, default: fallback, secure, plain} = SERVICES[service];
	const url = parseEndpoint(environment[variable]?.trim() || fallback, [secure, plain]);
	const key = environment.SPEECHMATICS_API_KEY?.trim() ?? '';
	if (key === '' && isSpeechmaticsCloud(url)) {
		throw new AuthenticationError(
			'There is no API key: set SPEECHMATICS_API_KEY, or try it without an account by adding --demo',
		);
	}
	const audible = url.protocol === plain && !isLoopback(url);
	return {
		url: url.href,
		credentials: key === '' ? noCredentials : staticKey(key),
		warnings: audible
			? [
					`${variable} is ${plain}//, so the audio${key === '' ? '' : ' and the key'} travel unencrypted to ${url.host}`,
				]
			: [],
	};
}
