/** All that is set outside of the command line, and which of it counts. */
import {join} from 'node:path';
import {folder} from '../platform/folders.ts';
import {readFileIfThere} from '../platform/private-file.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {LEGACY_DEFAULT, type LegacyFile, readLegacyFile} from './legacy-file.ts';
import type {Sourced} from './origin.ts';
import {PROFILE_NAME, type ProfileFile, parseProfileFile, type SettingValues} from './profile-file.ts';
import {PROGRAM_SETTINGS, type ProgramSettingName, type ProgramSettingValue} from './program-settings.ts';
import type {Environment} from './settings.ts';
import type {ServiceKind, TranscriptionOption} from './transcription-options.ts';

export interface Settings {
	/** The profile that was chosen. */
	readonly profile: string | undefined;
	readonly file: ProfileFile;
	readonly legacy: LegacyFile;
	readonly environment: Environment;
	/** One sentence each, for the user to see. */
	readonly warnings: readonly string[];
}

export interface LoadOptions {
	readonly environment: Environment;
	/** What `--profile` said; else `SPEECHDECK_PROFILE` counts. */
	readonly profile?: string | undefined;
}

/** Where config.toml is, or would be. */
export function profilePath(environment: Environment): string {
	return join(folder('config', environment), 'config.toml');
}

/**
 * Reads config.toml and the legacy CLI's file; neither must be there.
 *
 * @throws ConfigurationError for a file that is wrong, or a profile that is in neither
 */
export function loadSettings({environment, profile}: LoadOptions): Settings {
	const file = readProfileFile(environment);
	const legacy = readLegacyFile(homeOf(environment));
	const chosen = chosenProfile({environment, profile});
	if (chosen !== undefined && !file.profiles.has(chosen) && !legacy.profiles.has(chosen)) {
		throw new ConfigurationError(unknownProfile(chosen, file));
	}
	const problem = legacy.problem === undefined ? [] : [legacy.problem];
	return {profile: chosen, file, legacy, environment, warnings: [...file.warnings, ...problem]};
}

/** The profile that was named on the command line, or else by the environment. */
export function chosenProfile({environment, profile}: LoadOptions): string | undefined {
	return profile ?? (environment.SPEECHDECK_PROFILE?.trim() || undefined);
}

/** @throws ConfigurationError naming file, line and field */
function readProfileFile(environment: Environment): ProfileFile {
	const path = profilePath(environment);
	let text: string;
	try {
		text = readFileIfThere(path) ?? '';
	} catch (error) {
		throw new ConfigurationError(`${path} cannot be read: ${(error as Error).message}`);
	}
	return parseProfileFile(text, path, homeOf(environment));
}

/** What to say of a profile that is nowhere. */
function unknownProfile(name: string, {path, profiles}: ProfileFile): string {
	if (!PROFILE_NAME.test(name)) return `"${name}" is no name for a profile: letters, digits, - and _ only`;
	const others = [...profiles.keys()];
	const there = others.length === 0 ? 'it has no profiles' : `it has ${others.join(', ')}`;
	return `There is no profile "${name}" in ${path}: ${there}`;
}

/**
 * A setting of the program: the flag, else the environment, the profile, the file outside of profiles, the legacy file.
 *
 * @param flag what the command line said, undefined where it said nothing
 */
export function settingOf<Name extends ProgramSettingName>(
	settings: Settings,
	name: Name,
	flag?: {readonly name: string; readonly value: ProgramSettingValue<Name> | undefined},
): Sourced<ProgramSettingValue<Name>> | undefined {
	if (flag?.value !== undefined) return {value: flag.value, origin: {kind: 'flag', flag: flag.name}};
	const found = fromEnvironment(settings, name) ?? fromFile(settings, name) ?? fromLegacy(settings, name);
	return found as Sourced<ProgramSettingValue<Name>> | undefined;
}

/** What the file says about an option for one service; what it says for this service alone counts first. */
export function optionOf(
	settings: Settings,
	service: ServiceKind,
	{name}: Pick<TranscriptionOption, 'name'>,
): Sourced<unknown> | undefined {
	for (const values of chosenFirst(settings)) {
		const found = values.get(`${service}.${name}`) ?? values.get(`transcription.${name}`);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** What the legacy file says for the chosen profile. */
export function legacyOf({legacy, profile}: Settings) {
	return legacy.profiles.get(profile ?? LEGACY_DEFAULT);
}

export function homeOf(environment: Environment): string | undefined {
	return (process.platform === 'win32' ? environment.USERPROFILE : environment.HOME) || undefined;
}

function fromEnvironment({environment}: Settings, name: ProgramSettingName): Sourced<unknown> | undefined {
	const setting = PROGRAM_SETTINGS[name];
	if (!('variable' in setting)) return undefined;
	const {variable} = setting;
	const value = environment[variable]?.trim();
	return value ? {value, origin: {kind: 'environment', variable}} : undefined;
}

/** What the file says, by the whole name: the profile that was chosen first. */
export function fromFile(settings: Settings, name: string): Sourced<unknown> | undefined {
	return chosenFirst(settings)
		.map((values) => values.get(name))
		.find((found) => found !== undefined);
}

function fromLegacy(settings: Settings, name: ProgramSettingName): Sourced<unknown> | undefined {
	if (name === 'service.batch_url') return legacyOf(settings)?.batchUrl;
	return name === 'service.realtime_url' ? legacyOf(settings)?.realtimeUrl : undefined;
}

function chosenFirst({file, profile}: Settings): SettingValues[] {
	const chosen = profile === undefined ? undefined : file.profiles.get(profile);
	return chosen === undefined ? [file.base] : [chosen, file.base];
}
