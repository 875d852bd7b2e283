/** Where a key would be kept. */
import {type KeychainState, keychainState} from '../platform/secrets.ts';
import type {Environment} from '../settings/settings.ts';
import type {Account} from './account.ts';
import type {Check, Finding} from './check.ts';

export function keychainCheck(
	account: Account | undefined,
	environment: Environment,
	state: (environment: Environment) => Promise<KeychainState> = keychainState,
): Check {
	const run = async (): Promise<Finding> => {
		const found = await state(environment);
		if (found === 'answers') return {state: 'ok', facts: 'the system keychain answers'};
		if (found === 'off') {
			return {state: 'ok', facts: 'switched off (SPEECHDECK_KEYCHAIN): a key is kept in a file of yours'};
		}
		const facts = `${found === 'missing' ? 'this runtime has none' : 'none answers'}, so a key is kept in a file`;
		const key = await account?.key('batch').catch(() => undefined);
		if (key?.origin.kind !== 'key file') return {state: 'ok', facts};
		return {
			state: 'warn',
			facts: `${facts}, and yours is: whoever can read your files can read it`,
			remedy:
				found === 'silent' && process.platform === 'linux'
					? 'Unlock a keyring such as GNOME Keyring or KWallet and run "speechdeck login" again, or set SPEECHDECK_KEYCHAIN=off to be content with the file.'
					: 'Set SPEECHMATICS_API_KEY from a safe place instead, or SPEECHDECK_KEYCHAIN=off to be content with the file.',
		};
	};
	return {id: 'keychain', title: 'Keychain', late: 'Set SPEECHDECK_KEYCHAIN=off.', run};
}
