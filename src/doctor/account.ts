/** The services that the checks are about: where they are, and with which key. */
import type {KeyStore} from '../settings/key-store.ts';
import type {Settings} from '../settings/load.ts';
import type {Origin, Sourced} from '../settings/origin.ts';
import {addressOf, resolvedKey, resolvedService, type ServiceName} from '../settings/settings.ts';

/** A service, whether there is a key for it or not. */
export interface ServicePlace {
	readonly url: URL;
	/** Where the address came from. */
	readonly origin: Origin;
	/** PEM certificates to trust instead of the system's. */
	readonly ca?: string;
	/** One sentence each. */
	readonly warnings: readonly string[];
}

export interface Account {
	/** True where a service inside this program answers. */
	readonly simulated?: boolean;
	/** @throws ConfigurationError for an address or a certificate file that is none */
	place(service: ServiceName): Promise<ServicePlace>;
	/** @throws AuthenticationError for a file with a key that others can read, ConfigurationError for an address */
	key(service: ServiceName): Promise<Sourced<string> | undefined>;
}

/** The account by all that is set. Each key is looked for once. */
export function accountOf(settings: Settings, keys: KeyStore): Account {
	const found = new Map<ServiceName, Promise<Sourced<string> | undefined>>();
	return {
		async place(service) {
			const {url, ca, warnings} = await resolvedService(service, withoutKey(settings), STAND_IN);
			const {origin} = addressOf(service, settings);
			return {url: new URL(url), origin, warnings, ...(ca !== undefined && {ca})};
		},
		key(service) {
			const key = found.get(service) ?? resolvedKey(service, settings, keys);
			found.set(service, key);
			return key;
		},
	};
}

/** Settings refuse an address in the cloud without a key; whether it can be reached shall be told all the same. */
const STAND_IN: KeyStore = {
	read: async (name) => ({value: 'none', origin: {kind: 'keychain', name}}),
	write: () => Promise.reject(new Error('nothing is kept here')),
	remove: async () => [],
};

function withoutKey(settings: Settings): Settings {
	return {...settings, environment: {...settings.environment, SPEECHMATICS_API_KEY: undefined}};
}

/** The account of the demo: a service inside this program, which takes any key. */
export function demoAccount(urls: Readonly<Record<ServiceName, string>>): Account {
	return {
		simulated: true,
		place: async (service) => ({url: new URL(urls[service]), origin: {kind: 'default'}, warnings: []}),
		key: async () => ({value: 'demo', origin: {kind: 'flag', flag: '--demo'}}),
	};
}
