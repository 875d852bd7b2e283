/** Where the services are and with which key, as one validated object. */
import {readFileSync} from 'node:fs';
import {fileProblem} from '../platform/file-problem.ts';
import {type Credentials, noCredentials, staticKey} from '../speechmatics/auth.ts';
import {
	DEFAULT_BATCH_URL,
	DEFAULT_REALTIME_URL,
	isLoopback,
	isSpeechmaticsCloud,
	parseEndpoint,
} from '../speechmatics/endpoints.ts';
import {AuthenticationError, ConfigurationError} from '../speechmatics/errors.ts';
import {type KeyStore, keyName} from './key-store.ts';
import {legacyOf, type Settings, settingOf} from './load.ts';
import {type Origin, originText, type Sourced} from './origin.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One of the two services, and what it wants to know who asks. */
export interface ServiceSettings {
	readonly url: string;
	readonly credentials: Credentials;
	/** PEM certificates to trust instead of the system's. */
	readonly ca?: string;
	/** One sentence each, for the user to see before anything is sent. */
	readonly warnings: readonly string[];
}

export type ServiceName = 'batch' | 'realtime';

const SERVICES = {
	batch: {
		setting: 'service.batch_url',
		default: DEFAULT_BATCH_URL,
		secure: 'https:',
		plain: 'http:',
	},
	realtime: {
		setting: 'service.realtime_url',
		default: DEFAULT_REALTIME_URL,
		secure: 'wss:',
		plain: 'ws:',
	},
} as const;

/**
 * The settings of a service by all that is set: environment, config.toml, the keychain or key file, the legacy CLI's
 * file. A key may be missing only where the address is outside the vendor's cloud: on-prem services want none.
 *
 * @throws ConfigurationError for an address or certificate file that is none, AuthenticationError for a missing or
 * impossible key, or a key file that others can read
 */
export async function resolvedService(
	service: ServiceName,
	settings: Settings,
	keys: KeyStore,
): Promise<ServiceSettings> {
	const key = await resolvedKey(service, settings, keys);
	const ca = settingOf(settings, 'service.ca_file');
	return {
		...settingsOf(service, addressOf(service, settings), key?.value ?? ''),
		...(ca && {ca: certificates(ca)}),
	};
}

/** The address of a service and where it came from. */
export function addressOf(service: ServiceName, settings: Settings): Sourced<string> {
	const {setting, default: fallback} = SERVICES[service];
	return settingOf(settings, setting) ?? {value: fallback, origin: {kind: 'default'}};
}

/** The address of a service, checked. @throws ConfigurationError */
export function endpointOf(service: ServiceName, {value, origin}: Sourced<string>): URL {
	const {secure, plain} = SERVICES[service];
	try {
		return parseEndpoint(value, [secure, plain]);
	} catch (error) {
		if (origin.kind === 'default' || origin.kind === 'environment') throw error;
		throw new ConfigurationError(`${originText(origin)}: ${(error as Error).message}`);
	}
}

/**
 * The key for a service and where it came from.
 *
 * @throws AuthenticationError where a file holds one that others can read
 */
export async function resolvedKey(
	service: ServiceName,
	settings: Settings,
	keys: KeyStore,
): Promise<Sourced<string> | undefined> {
	const variable = 'SPEECHMATICS_API_KEY';
	const given = settings.environment[variable]?.trim();
	if (given) return {value: given, origin: {kind: 'environment', variable}};
	const address = addressOf(service, settings);
	const url = endpointOf(service, address);
	const kept = await keys.read(keyName(settings.profile, url));
	if (kept !== undefined) return kept;
	// A profile of one's own at the vendor's cloud need not have another key.
	if (settings.profile !== undefined && isSpeechmaticsCloud(url)) {
		const shared = await keys.read(keyName(undefined, url));
		if (shared !== undefined) return shared;
	}
	const mayHaveLegacyKey = isSpeechmaticsCloud(url) || address.origin.kind === 'legacy';
	return mayHaveLegacyKey ? legacyOf(settings)?.key : undefined;
}

function settingsOf(service: ServiceName, address: Sourced<string>, key: string): ServiceSettings {
	const {plain} = SERVICES[service];
	const url = endpointOf(service, address);
	if (key === '' && isSpeechmaticsCloud(url)) {
		throw new AuthenticationError(
			'There is no API key: set SPEECHMATICS_API_KEY or run "speechdeck login", or try it without an account by adding --demo',
		);
	}
	const audible = url.protocol === plain && !isLoopback(url);
	return {
		url: url.href,
		credentials: key === '' ? noCredentials : staticKey(key),
		warnings: audible
			? [
					`${addressName(address.origin)} is ${plain}//, so the audio ${key === '' ? 'travels' : 'and the key travel'} unencrypted to ${url.host}`,
				]
			: [],
	};
}

function addressName(origin: Origin): string {
	return origin.kind === 'environment' ? origin.variable : `The address in ${originText(origin)}`;
}

function certificates({value: path, origin}: Sourced<string>): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		throw new ConfigurationError(
			`${originText(origin)}: service.ca_file ${path} cannot be read: ${fileProblem(error)}`,
		);
	}
}
