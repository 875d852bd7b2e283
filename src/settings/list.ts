/** Everything that is set, for a person to see where it comes from. */
import {DEFAULTS} from './job-config.ts';
import type {KeyStore} from './key-store.ts';
import {optionOf, type Settings, settingOf} from './load.ts';
import type {Origin} from './origin.ts';
import {PROGRAM_SETTINGS, type ProgramSettingName} from './program-settings.ts';
import {addressOf, resolvedKey, type ServiceName} from './settings.ts';
import {optionsOf} from './transcription-options.ts';

export interface ListedSetting {
	readonly name: string;
	/** Undefined for a key: it is never shown. */
	readonly value: unknown;
	readonly origin: Origin;
}

const SERVICES: readonly ServiceName[] = ['batch', 'realtime'];

/**
 * What counts when nothing is said on the command line: addresses, the program's settings that are set, and the options
 * of both services. A key stands there without its value.
 */
export async function listSettings(settings: Settings, keys: KeyStore): Promise<ListedSetting[]> {
	const listed: ListedSetting[] = [];
	const addresses = new Set<string>();
	for (const service of SERVICES) {
		const name = `service.${service}_url`;
		addresses.add(name);
		listed.push({name, ...addressOf(service, settings)});
		const key = await resolvedKey(service, settings, keys);
		if (key !== undefined) listed.push({name: `${service} key`, value: undefined, origin: key.origin});
	}
	for (const name of Object.keys(PROGRAM_SETTINGS) as ProgramSettingName[]) {
		const found = addresses.has(name) ? undefined : settingOf(settings, name);
		if (found !== undefined) listed.push({name, ...found});
	}
	for (const service of SERVICES) {
		for (const {name} of optionsOf(service)) {
			const fallback = DEFAULTS[service][name];
			const found =
				optionOf(settings, service, {name}) ??
				(fallback === undefined ? undefined : {value: fallback, origin: {kind: 'default'} as const});
			if (found !== undefined) listed.push({name: `${service}.${name}`, ...found});
		}
	}
	return listed;
}
