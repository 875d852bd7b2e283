/** Whether the system's store for secrets answers. */

/** What `Bun.secrets` offers. */
interface SecretStore {
	get(entry: {service: string; name: string}): Promise<string | null>;
}

/**
 * - `off`: `SPEECHDECK_KEYCHAIN=off`
 * - `missing`: this runtime has none
 * - `silent`: it fails or does not answer, as on a server without a desktop
 */
export type KeychainState = 'answers' | 'off' | 'missing' | 'silent';

/** Milliseconds, as long as a key is waited for on Linux. */
const PATIENCE = 3000;

/** Asks for a name that is never kept, which no system asks the user about. */
export async function keychainState(
	environment: Readonly<Record<string, string | undefined>>,
	store: SecretStore | undefined = (globalThis as {Bun?: {secrets?: SecretStore}}).Bun?.secrets,
): Promise<KeychainState> {
	if (environment.SPEECHDECK_KEYCHAIN === 'off') return 'off';
	if (store === undefined) return 'missing';
	let timer: ReturnType<typeof setTimeout> | undefined;
	const silence = new Promise<KeychainState>((resolve) => {
		timer = setTimeout(resolve, PATIENCE, 'silent');
	});
	try {
		const answer = store.get({service: 'speechdeck', name: 'never kept'});
		return await Promise.race([answer.then(() => 'answers' as const), silence]);
	} catch {
		return 'silent';
	} finally {
		clearTimeout(timer);
	}
}
