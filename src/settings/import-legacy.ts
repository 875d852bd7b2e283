/** Takes over what the legacy CLI's file says: addresses into config.toml, keys to where keys are kept. */

import {DEFAULT_BATCH_URL, DEFAULT_REALTIME_URL} from '../speechmatics/endpoints.ts';
import {setSetting} from './edit.ts';
import {type KeyStore, keyName} from './key-store.ts';
import {LEGACY_DEFAULT} from './legacy-file.ts';
import type {Settings} from './load.ts';
import {type Origin, originText} from './origin.ts';
import {PROFILE_NAME} from './profile-file.ts';
import {endpointOf} from './settings.ts';

export interface Imported {
	/** One sentence each: what was taken over, and what was not. */
	readonly told: readonly string[];
	/** Where keys went. */
	readonly keys: readonly Origin[];
}

/**
 * What is set already stays as it is.
 *
 * @throws ConfigurationError for an address that is none; nothing after it is taken over
 */
export async function importLegacy(
	{legacy, file, environment}: Settings,
	store: KeyStore,
): Promise<Imported> {
	const told: string[] = [];
	const keys: Origin[] = [];
	for (const [name, {key, batchUrl, realtimeUrl}] of legacy.profiles) {
		const profile = name === LEGACY_DEFAULT ? undefined : name;
		const where = profile === undefined ? '' : ` of profile ${profile}`;
		if (profile !== undefined && !PROFILE_NAME.test(profile)) {
			told.push(`Profile "${profile}" is not taken over: a name has letters, digits, - and _ only`);
			continue;
		}
		const there = profile === undefined ? file.base : file.profiles.get(profile);
		const addresses = [
			['service.batch_url', batchUrl],
			['service.realtime_url', realtimeUrl],
		] as const;
		for (const [setting, address] of addresses) {
			if (address === undefined) continue;
			const before = there?.get(setting);
			if (before !== undefined) {
				told.push(`${setting}${where} stays as ${originText(before.origin)} has it`);
				continue;
			}
			setSetting(setting, address.value, {environment, profile});
			told.push(`${setting}${where} is ${address.value}`);
		}
		if (key === undefined) continue;
		const services = [
			endpointOf('batch', batchUrl ?? {value: DEFAULT_BATCH_URL, origin: {kind: 'default'}}),
			endpointOf('realtime', realtimeUrl ?? {value: DEFAULT_REALTIME_URL, origin: {kind: 'default'}}),
		];
		for (const kept of new Set(services.map((service) => keyName(profile, service)))) {
			if ((await store.read(kept)) !== undefined) {
				told.push(`A key${where} is kept already and stays`);
				continue;
			}
			const origin = await store.write(kept, key.value);
			keys.push(origin);
			told.push(`The key${where} is kept in ${originText(origin)}`);
		}
	}
	return {told, keys};
}
