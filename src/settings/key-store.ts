/** Where the key is kept between two runs: the system's keychain, else a file that only this user can read. */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {folder} from '../platform/folders.ts';
import {isOpenToOthers, readFileIfThere, replacePrivateFile} from '../platform/private-file.ts';
import {type Keychain, systemKeychain} from '../platform/secrets.ts';
import {isSpeechmaticsCloud} from '../speechmatics/endpoints.ts';
import {AuthenticationError} from '../speechmatics/errors.ts';
import type {Origin, Sourced} from './origin.ts';
import type {Environment} from './settings.ts';

export interface KeyStore {
	/**
	 * @param name as `keyName` makes it
	 * @throws AuthenticationError where the file that holds it is open to others
	 */
	read(name: string): Promise<Sourced<string> | undefined>;
	/** @returns where it is kept now */
	write(name: string, key: string): Promise<Origin>;
	/** @returns from where it was taken away */
	remove(name: string): Promise<Origin[]>;
}

/** A key is one profile's, and is sent nowhere but to the service it was given for. */
export function keyName(profile: string | undefined, service: URL): string {
	const owner = profile ?? 'default';
	return isSpeechmaticsCloud(service) ? owner : `${owner}@${service.host}`;
}

export function openKeyStore(
	environment: Environment,
	keychain: Keychain = systemKeychain(environment),
): KeyStore {
	const pathOf = (name: string) =>
		join(folder('config', environment), 'keys', name.replace(/[^\w@.-]/g, '_'));
	const removeFile = (name: string): Origin[] => {
		const file = pathOf(name);
		if (readFileIfThere(file) === undefined) return [];
		rmSync(file);
		return [{kind: 'key file', file}];
	};
	return {
		async read(name) {
			const secret = await keychain.read(name);
			if (secret !== undefined) return {value: secret, origin: {kind: 'keychain', name}};
			return readKeyFile(pathOf(name));
		},
		async write(name, key) {
			if (await keychain.write(name, key)) {
				removeFile(name);
				return {kind: 'keychain', name};
			}
			// What the keychain still gives would win over the file.
			await keychain.remove(name);
			const file = pathOf(name);
			replacePrivateFile(file, `${key}\n`);
			return {kind: 'key file', file};
		},
		async remove(name) {
			const inKeychain: Origin[] = (await keychain.remove(name)) ? [{kind: 'keychain', name}] : [];
			return [...inKeychain, ...removeFile(name)];
		},
	};
}

function readKeyFile(file: string): Sourced<string> | undefined {
	const key = readFileIfThere(file)?.trim();
	if (!key) return undefined;
	if (isOpenToOthers(file)) {
		throw new AuthenticationError(
			`The key in ${file} is not used, as others can read or change that file: run "chmod 600" on it, or "speechdeck login" again`,
		);
	}
	return {value: key, origin: {kind: 'key file', file}};
}
