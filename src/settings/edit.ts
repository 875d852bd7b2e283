/** Changes to config.toml: checked before, written whole, with the owner's comments left where they are. */
import {isAbsolute, resolve} from 'node:path';
import {readFileIfThere, replacePrivateFile} from '../platform/private-file.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {
	KNOWN_SETTINGS,
	type KnownSetting,
	namesSecret,
	settingProblem,
	unknownSetting,
	WHERE_KEYS_BELONG,
} from './known-settings.ts';
import {homeOf, profilePath} from './load.ts';
import {PROFILE_NAME, parseProfileFile} from './profile-file.ts';
import type {Environment} from './settings.ts';
import {withoutValue, withValue} from './toml-edit.ts';
import {fromText} from './value-kinds.ts';

export interface Place {
	readonly environment: Environment;
	/** Undefined: outside of profiles. */
	readonly profile: string | undefined;
}

/**
 * @param name such as `batch.concurrency`
 * @param text as it was typed
 * @returns the path of the file
 * @throws ConfigurationError for a name or value that may not stand in the file, or a file that is wrong already
 */
export function setSetting(name: string, text: string, place: Place): string {
	const setting = knownSetting(name);
	const value = typedValue(setting, text);
	const problem = settingProblem(setting, value);
	if (problem !== undefined) throw new ConfigurationError(name + problem);
	return change(place, (toml, path) => withValue(toml, path, value), name);
}

/** @returns the path of the file, or undefined where the setting was not in it */
export function unsetSetting(name: string, place: Place): string | undefined {
	const path = profilePath(place.environment);
	const before = readFileIfThere(path);
	if (before === undefined) return undefined;
	// What is unknown may stand there all the same, and is what one most wants to be rid of.
	const {base, profiles, warnings} = parseProfileFile(before, path, undefined);
	const values = place.profile === undefined ? base : profiles.get(place.profile);
	if (!values?.has(name) && !warnings.some((warning) => warning.includes(name))) {
		knownSetting(name);
		return undefined;
	}
	return change(place, withoutValue, name);
}

/** @throws ConfigurationError that names what was meant, or where a key belongs */
function knownSetting(name: string): KnownSetting {
	const setting = KNOWN_SETTINGS.get(name);
	if (setting !== undefined) return setting;
	throw new ConfigurationError(
		namesSecret(name) ? `${name} ${WHERE_KEYS_BELONG}` : capital(unknownSetting(name)),
	);
}

/** Paths are typed from the folder one is in, but the file means them from its own. */
function typedValue({kind}: KnownSetting, text: string): unknown {
	const value = fromText(kind, text);
	const absolute = (path: string) => (isAbsolute(path) || path.startsWith('~') ? path : resolve(path));
	if (kind === 'paths') return (value as string[]).map(absolute);
	return kind === 'path' || (kind === 'secret' && !text.startsWith('env:')) ? absolute(text) : value;
}

function change(
	{environment, profile}: Place,
	edit: (toml: string, path: readonly string[]) => string,
	name: string,
): string {
	if (profile !== undefined && !PROFILE_NAME.test(profile)) {
		throw new ConfigurationError(`"${profile}" is no name for a profile: letters, digits, - and _ only`);
	}
	const path = profilePath(environment);
	const before = readFileIfThere(path) ?? '';
	// A file that is wrong already is told by its line, before it is touched.
	parseProfileFile(before, path, homeOf(environment));
	const dot = name.indexOf('.');
	const keys = dot === -1 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
	const after = edit(before, profile === undefined ? keys : ['profile', profile, ...keys]);
	if (after !== before) replacePrivateFile(path, after);
	return path;
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
