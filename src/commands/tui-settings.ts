/** The settings as the app shows and changes them. */
import {rmSync} from 'node:fs';
import {basename} from 'node:path';
import {accountOf} from '../doctor/account.ts';
import {readFileIfThere, replacePrivateFile} from '../platform/private-file.ts';
import {setSetting, unsetSetting} from '../settings/edit.ts';
import {DEFAULTS} from '../settings/job-config.ts';
import {openKeyStore} from '../settings/key-store.ts';
import {KNOWN_SETTINGS, type KnownSetting} from '../settings/known-settings.ts';
import {fromFile, profilePath, type Settings, settingOf} from '../settings/load.ts';
import {originText, type Sourced} from '../settings/origin.ts';
import {PROGRAM_SETTINGS, type ProgramSettingName} from '../settings/program-settings.ts';
import {type Environment, resolvedKey} from '../settings/settings.ts';
import {toText, type ValueKind} from '../settings/value-kinds.ts';
import {DEFAULT_BATCH_URL, DEFAULT_REALTIME_URL} from '../speechmatics/endpoints.ts';
import type {SheetGroup, SheetRow} from '../tui/controllers/option-sheet.ts';
import type {SettingsServices} from '../tui/services.ts';
import {UsageError} from './failure.ts';
import {choicesOf} from './option-choices.ts';
import {meaningOf} from './option-meaning.ts';

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
/** What only one of is typed in its place, though config.toml may have several. */
const ONE: Partial<Record<ValueKind, ValueKind>> = {items: 'text', paths: 'path'};

export interface SettingsOptions {
	readonly environment: Environment;
	/** What `--profile` said. */
	readonly profile: string | undefined;
	readonly read: () => Settings;
	/** Makes count what was written. @throws where it does not fit together */
	readonly apply: () => Promise<void>;
}

export function settingsServices({environment, profile, read, apply}: SettingsOptions): SettingsServices {
	// The environment may choose the profile too.
	const placeNow = () => ({environment, profile: profile ?? read().profile});
	const told = (what: string, name: string) => {
		const chosen = placeNow().profile;
		const where = `${basename(profilePath(environment))}${chosen === undefined ? '' : `, profile ${chosen}`}`;
		return `${what} ${where}${FROM_NEXT_START.test(name) ? '; it counts from the next start' : ''}`;
	};
	/** @throws UsageError where the file or its folder cannot be written */
	const writing = <Result>(write: () => Result): Result => {
		try {
			return write();
		} catch (error) {
			if (!(error instanceof Error && 'syscall' in error)) throw error;
			throw new UsageError(`${profilePath(environment)} cannot be written: ${error.message}`);
		}
	};
	const counts = async (name: string) => {
		await apply();
		if (name.startsWith('service.')) await checkService(read(), environment);
	};
	return {
		groups: () => groupsOf(read()),
		async set(name, text) {
			checkIsOne(name, text);
			const undo = undoOf(profilePath(environment));
			writing(() => setSetting(name, text, placeNow()));
			try {
				await counts(name);
			} catch (error) {
				// Kept, it would be in the way of the next start.
				undo();
				throw error;
			}
			return told('Written to', name);
		},
		async unset(name) {
			const path = writing(() => unsetSetting(name, placeNow()));
			if (path === undefined) return `It was not set in ${basename(profilePath(environment))}`;
			await counts(name);
			return told('Taken out of', name);
		},
		async keyOrigin() {
			const key = await resolvedKey('batch', read(), openKeyStore(environment));
			return key === undefined ? undefined : originText(key.origin);
		},
	};
}

/** @throws UsageError */
function checkIsOne(name: string, text: string): void {
	const kind = KNOWN_SETTINGS.get(name)?.kind;
	if (kind !== undefined && kind in ONE && text.includes(';')) {
		throw new UsageError(`Only one goes in here: write several into config.toml, as in ["one", "other"]`);
	}
}

/** @throws ConfigurationError for an address or a certificate file that is none */
async function checkService(settings: Settings, environment: Environment): Promise<void> {
	const account = accountOf(settings, openKeyStore(environment));
	await Promise.all([account.place('batch'), account.place('realtime')]);
}

/** @returns what puts the file back as it is now */
function undoOf(path: string): () => void {
	const before = readFileIfThere(path);
	return () => {
		if (before === undefined) rmSync(path, {force: true});
		else replacePrivateFile(path, before);
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
	const {name, kind} = setting;
	const found = foundFor(name, settings);
	return {
		name,
		label: name.slice(name.indexOf('.') + 1).replaceAll('_', ' '),
		description: meaningOf(name, {...setting, kind: ONE[kind] ?? kind}),
		// What is set for both services is something both know.
		choices: choicesOf(setting).filter(
			(choice) => kind !== 'text' || setting.schemas.every((schema) => schema.safeParse(choice).success),
		),
		value: found && toText(kind, found.value),
		origin: found === undefined ? '' : originText(found.origin),
		fallback: fallbackOf(name, kind),
		locked: whyLocked(found, kind),
		kept: isOutsideProfile(name, found, settings) ? 'it is set outside of the profile' : undefined,
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

function isOutsideProfile(
	name: string,
	found: Sourced<unknown> | undefined,
	{profile, file}: Settings,
): boolean {
	if (profile === undefined || found?.origin.kind !== 'profile') return false;
	return file.profiles.get(profile)?.has(name) !== true;
}

function whyLocked(found: Sourced<unknown> | undefined, kind: ValueKind): string | undefined {
	if (kind in ONE && Array.isArray(found?.value) && found.value.length > 1)
		return 'it has several, which are changed in config.toml';
	if (found?.origin.kind === 'environment') return `${found.origin.variable} of the environment counts first`;
	return found?.origin.kind === 'legacy' ? 'the legacy CLI has it: "speechdeck config import"' : undefined;
}
