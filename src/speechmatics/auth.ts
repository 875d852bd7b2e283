import {AuthenticationError} from './errors.ts';

/** Gives the `Authorization` header of each request. Asked every time, so that a key may change. */
export interface Credentials {
	/** The header's value, or `undefined` where the service wants none (an on-prem container). */
	authorization(): Promise<string | undefined>;
	/**
	 * Called once when the service refused the key (401), before a second and last try. Credentials that cannot change
	 * leave it out.
	 *
	 * @param refused the header's value that was refused, so that one already replaced is not replaced again
	 */
	refresh?(refused?: string): Promise<void>;
}

/**
 * A long-lived API key.
 *
 * @throws AuthenticationError when the key cannot be one; the message does not repeat it
 */
export function staticKey(key: string): Credentials {
	const trimmed = key.trim();
	if (!/^[\x21-\x7E]+$/.test(trimmed)) {
		throw new AuthenticationError('The API key is empty or holds characters that a key never has');
	}
	return {authorization: async () => `Bearer ${trimmed}`};
}

/** For services that ask for no key. */
export const noCredentials: Credentials = {authorization: async () => undefined};

/**
 * The credentials a client uses when none were given: `SPEECHMATICS_API_KEY`.
 *
 * @throws AuthenticationError when the variable is not set
 */
export function credentialsFromEnvironment(
	environment: Readonly<Record<string, string | undefined>>,
): Credentials {
	const key = environment.SPEECHMATICS_API_KEY;
	if (key === undefined || key.trim() === '') {
		throw new AuthenticationError('There is no API key: set SPEECHMATICS_API_KEY');
	}
	return staticKey(key);
}
