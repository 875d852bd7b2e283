/** The system's own store for secrets: the keychain of macOS, libsecret on Linux, the credential manager of Windows. */

export interface Keychain {
	/** @returns undefined where it holds none, or where there is no keychain that answers */
	read(name: string): Promise<string | undefined>;
	/** @returns whether it is kept */
	write(name: string, secret: string): Promise<boolean>;
	/** @returns whether there was one */
	remove(name: string): Promise<boolean>;
}

/** What `Bun.secrets` offers. */
interface SecretStore {
	get(entry: {service: string; name: string}): Promise<string | null>;
	set(entry: {service: string; name: string; value: string}): Promise<void>;
	delete(entry: {service: string; name: string}): Promise<boolean>;
}

/**
 * - `off`: `SPEECHDECK_KEYCHAIN=off`
 * - `missing`: this runtime has none
 * - `silent`: it fails or does not answer, as on a server without a desktop
 */
export type KeychainState = 'answers' | 'off' | 'missing' | 'silent';

const SERVICE = 'speechdeck';
/** Milliseconds for a daemon that may never answer. */
const DAEMON_PATIENCE = 3000;
/** Milliseconds. Only Linux asks a daemon; elsewhere the system may be asking the user. */
const PATIENCE = process.platform === 'linux' ? DAEMON_PATIENCE : 60_000;

/**
 * Where a store is missing (Deno, a server without a desktop) it holds nothing and keeps nothing.
 *
 * @param environment `SPEECHDECK_KEYCHAIN=off` leaves the system's store alone
 */
export function systemKeychain(
	environment: Readonly<Record<string, string | undefined>>,
	store = environment.SPEECHDECK_KEYCHAIN === 'off' ? undefined : bunSecrets(),
): Keychain {
	if (store === undefined)
		return {read: async () => undefined, write: async () => false, remove: async () => false};
	return {
		read: (name) => answer(async () => (await store.get({service: SERVICE, name})) ?? undefined, undefined),
		write: (name, value) =>
			answer(async () => {
				await store.set({service: SERVICE, name, value});
				// Some stores take a secret and lose it at once: a session without a login keyring.
				return (await store.get({service: SERVICE, name})) === value;
			}, false),
		remove: (name) => answer(() => store.delete({service: SERVICE, name}), false),
	};
}

/** Whether the store answers. Asks for a name that is never kept, which no system asks the user about. */
export async function keychainState(
	environment: Readonly<Record<string, string | undefined>>,
	store: Pick<SecretStore, 'get'> | undefined = bunSecrets(),
): Promise<KeychainState> {
	if (environment.SPEECHDECK_KEYCHAIN === 'off') return 'off';
	if (store === undefined) return 'missing';
	const ask = () => store.get({service: SERVICE, name: 'never kept'}).then(() => 'answers' as const);
	return answer<KeychainState>(ask, 'silent', DAEMON_PATIENCE);
}

function bunSecrets(): SecretStore | undefined {
	return (globalThis as {Bun?: {secrets?: SecretStore}}).Bun?.secrets;
}

/** What a store answers, or `otherwise` where it fails or stays silent. */
async function answer<Value>(
	ask: () => Promise<Value>,
	otherwise: Value,
	patience = PATIENCE,
): Promise<Value> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const silence = new Promise<Value>((resolve) => {
		timer = setTimeout(resolve, patience, otherwise);
	});
	try {
		return await Promise.race([ask(), silence]);
	} catch {
		return otherwise;
	} finally {
		clearTimeout(timer);
	}
}
