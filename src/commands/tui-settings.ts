/** The settings as the app shows and changes them. */
import {basename} from 'node:path';
import {setSetting, unsetSetting} from '../settings/edit.ts';
import {DEFAULTS} from '../settings/job-config.ts';
import {openKeyStore} from '../settings/key-store.ts';
import {KNOWN_SETTINGS, type KnownSetting} from '../settings/known-settings.ts';
import {fromFile, type Settings, settingOf} from '../settings/load.ts';
import {originText, type Sourced} from '../settings/origin.ts';
import {PROGRAM_SETTINGS, type ProgramSettingName} from '../settings/program-settings.ts';
import {type Environment, resolvedKey} from '../settings/settings.ts';
import {toText, type ValueKind} from '../settings/value-kinds.ts';
import {DEFAULT_BATCH_URL, DEFAULT_REALTIME_URL} from '../speechmatics/endpoints.ts';
import type {SheetGroup, SheetRow} from '../tui/controllers/option-sheet.ts';
import type {SettingsServices} from '../tui/services.ts';
import {choicesOf} from './option-choices.ts';

const TITLES: Readonly<Record<string, string>> = {
	service: 'Service',
	transcription: 'Transcription, batch and realtime',
	batch: 'Batch',
	realtime: 'Realtime',
	output: 'Output',
	compare: 'Compare',
	app: 'App',
};

/** What the running program has taken in already. */
const FROM_NEXT_START = /^(service|app)\.|^batch\.(concurrency|uploads)$/;

export interface SettingsOptions {
	readonly environment: Environment;
	readonly profile: string | undefined;
	readonly read: () => Settings;
	/** Makes count what was written. */
	readonly apply: () => Promise<void>;
}

export function settingsServices({environment, profile, read, apply}: SettingsOptions): SettingsServices {
	const place = {environment, profile};
	const written = async (name: string, path: string) => {
		await apply();
		const when = FROM_NEXT_START.test(name) ? ', and counts from the next start' : '';
		return `Written to ${basename(path)}${when}`;
	};
	return {
		groups: () => groupsOf(read()),
		set: async (name, text) => written(name, setSetting(name, text, place)),
		async unset(name) {
			const path = unsetSetting(name, place);
			return path === undefined ? undefined : written(name, path);
		},
		async keyOrigin() {
			const key = await resolvedKey('batch', read(), openKeyStore(environment));
			return key === undefined ? undefined : originText(key.origin);
		},
	};
}

function groupsOf(settings: Settings): SheetGroup[] {
	return Object.entries(TITLES).flatMap(([section, title]) => {
		const rows = [...KNOWN_SETTINGS.values()]
			.filter(({name}) => name.startsWith(`${section}.`))
			.filter(({name}) => !isShownElsewhere(name) || fromFile(settings, name) !== undefined)
			.map((setting) => rowOf(setting, settings));
		return rows.length === 0 ? [] : [{title, rows}];
	});
}

/** What both services know is set for both at once, unless it is set for one of them already. */
function isShownElsewhere(name: string): boolean {
	const common = name.replace(/^(batch|realtime)\./, 'transcription.');
	return common !== name && KNOWN_SETTINGS.has(common);
}

function rowOf(setting: KnownSetting, settings: Settings): SheetRow {
	const {name, kind, description} = setting;
	const found = foundFor(name, settings);
	return {
		name,
		label: name.slice(name.indexOf('.') + 1).replaceAll('_', ' '),
		description,
		choices: choicesOf(setting),
		value: found && toText(kind, found.value),
		origin: found === undefined ? '' : originText(found.origin),
		fallback: fallbackOf(name, kind),
		locked: whyLocked(found),
	};
}

/** What counts without a setting, where that is for this program to say. */
function fallbackOf(name: string, kind: ValueKind): string | undefined {
	const [section = '', option = ''] = name.split('.');
	if (name === 'service.batch_url') return DEFAULT_BATCH_URL;
	if (name === 'service.realtime_url') return DEFAULT_REALTIME_URL;
	const value = DEFAULTS[section === 'realtime' ? 'realtime' : 'batch'][option];
	const isOption = section === 'transcription' || section === 'batch' || section === 'realtime';
	return isOption && value !== undefined ? toText(kind, value) : undefined;
}

function foundFor(name: string, settings: Settings): Sourced<unknown> | undefined {
	return name in PROGRAM_SETTINGS
		? settingOf(settings, name as ProgramSettingName)
		: fromFile(settings, name);
}

function whyLocked(found: Sourced<unknown> | undefined): string | undefined {
	if (found?.origin.kind === 'environment') return `${found.origin.variable} of the environment counts first`;
	return found?.origin.kind === 'legacy' ? 'the legacy CLI has it: "speechdeck config import"' : undefined;
}
