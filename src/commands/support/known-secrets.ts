/** Every key this program could have used, so that none of them leaves with a bundle. */
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {folder} from '../../platform/folders.ts';
import {readFileIfThere} from '../../platform/private-file.ts';
import {type KeyStore, openKeyStore} from '../../settings/key-store.ts';
import {readLegacyFile} from '../../settings/legacy-file.ts';
import {homeOf, type Settings} from '../../settings/load.ts';
import {type Environment, resolvedKey} from '../../settings/settings.ts';

const TELLING_VARIABLE = /KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH/i;

/**
 * Reads keys from the environment, the keychain, the key files of all profiles and the legacy CLI's file. What cannot be
 * read is left out: it was not used either.
 *
 * @param settings undefined where config.toml is wrong
 */
export async function knownSecrets(
	environment: Environment,
	settings: Settings | undefined,
	keys: KeyStore = openKeyStore(environment),
): Promise<Set<string>> {
	const secrets = new Set<string>();
	for (const [name, value] of Object.entries(environment)) {
		if (value !== undefined && TELLING_VARIABLE.test(name)) secrets.add(value.trim());
	}
	for (const service of ['batch', 'realtime'] as const) {
		const key = settings && (await resolvedKey(service, settings, keys).catch(() => undefined));
		if (key !== undefined) secrets.add(key.value);
	}
	for (const text of keyFiles(join(folder('config', environment), 'keys'))) secrets.add(text.trim());
	for (const {key} of readLegacyFile(homeOf(environment)).profiles.values()) {
		if (key !== undefined) secrets.add(key.value);
	}
	return secrets;
}

function keyFiles(path: string): string[] {
	try {
		return readdirSync(path).flatMap((name) => readFileIfThere(join(path, name)) ?? []);
	} catch {
		return [];
	}
}
