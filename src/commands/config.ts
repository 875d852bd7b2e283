/** `speechdeck config`: what is set, where it comes from, and how to change it. */
import {printable} from '../platform/printable.ts';
import {setSetting, unsetSetting} from '../settings/edit.ts';
import {importLegacy} from '../settings/import-legacy.ts';
import {openKeyStore} from '../settings/key-store.ts';
import {KNOWN_SETTINGS} from '../settings/known-settings.ts';
import {type ListedSetting, listSettings} from '../settings/list.ts';
import {chosenProfile, loadSettings, profilePath} from '../settings/load.ts';
import {originText} from '../settings/origin.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import {KEY_FILE_WARNING} from './login.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface ConfigFlags {
	readonly profile?: string;
	readonly origin?: boolean;
	readonly json?: boolean;
}

/** Prints where config.toml is, or would be. @returns the exit code */
export function configPathCommand({out}: Streams): number {
	out.line(printable(profilePath(process.env)));
	return EXIT.ok;
}

/** Prints every name that can be set. @returns the exit code */
export function configKeysCommand({out}: Streams): number {
	const common = (name: string) => name.replace(/^(batch|realtime)\./, 'transcription.');
	const listed = [...KNOWN_SETTINGS.values()].filter(
		({name}) => common(name) === name || !KNOWN_SETTINGS.has(common(name)),
	);
	const widest = Math.max(...listed.map(({name}) => name.length));
	for (const {name, description} of listed) out.line(`${name.padEnd(widest)}  ${description}`);
	return EXIT.ok;
}

/** Prints all that is set, but no key. @returns the exit code */
export async function configShowCommand(flags: ConfigFlags, {out, err}: Streams): Promise<number> {
	const settings = asUsage(() => loadSettings({environment: process.env, profile: flags.profile}));
	for (const warning of settings.warnings) err.line(ended(`Warning: ${warning}`));
	const listed = await listSettings(settings, openKeyStore(process.env));
	if (flags.json === true) {
		for (const {name, value, origin} of listed) {
			out.line(ndjsonLine({name, ...(value === undefined ? {secret: true} : {value}), origin}));
		}
		return EXIT.ok;
	}
	const widest = Math.max(...listed.map(({name}) => name.length));
	const values = listed.map(valueText);
	const widestValue = Math.min(44, Math.max(...values.map((value) => value.length)));
	for (const [index, {name, origin}] of listed.entries()) {
		const source = flags.origin === true ? `  ${originText(origin)}` : '';
		const value = flags.origin === true ? values[index]!.padEnd(widestValue) : values[index]!;
		out.line(printable(`${name.padEnd(widest)}  ${value}${source}`).trimEnd());
	}
	return EXIT.ok;
}

/** @returns the exit code */
export function configSetCommand(name: string, value: string, flags: ConfigFlags, {err}: Streams): number {
	const path = asUsage(() => setSetting(name, value, placeOf(flags)));
	err.line(ended(`${name} is set in ${path}`));
	return EXIT.ok;
}

/** @returns the exit code */
export function configUnsetCommand(name: string, flags: ConfigFlags, {err}: Streams): number {
	const path = asUsage(() => unsetSetting(name, placeOf(flags)));
	err.line(ended(path === undefined ? `${name} was not set` : `${name} is no longer set in ${path}`));
	return EXIT.ok;
}

/** Where a change goes: into the profile that counts. */
function placeOf({profile}: ConfigFlags) {
	const environment = process.env;
	return {environment, profile: chosenProfile({environment, profile})};
}

/** Takes over the legacy CLI's file. @returns the exit code */
export async function configImportCommand({err}: Streams): Promise<number> {
	const settings = asUsage(() =>
		loadSettings({environment: {...process.env, SPEECHDECK_PROFILE: undefined}}),
	);
	const {legacy} = settings;
	if (legacy.problem !== undefined) throw new UsageError(legacy.problem);
	if (legacy.profiles.size === 0) throw new UsageError(`There is nothing to import in ${legacy.path}`);
	const {told, keys} = await importLegacy(settings, openKeyStore(process.env));
	for (const line of told) err.line(ended(line));
	if (keys.some(({kind}) => kind === 'key file')) err.line(KEY_FILE_WARNING);
	err.line(ended(`${legacy.path} is left as it is; delete it when nothing else needs it`));
	return EXIT.ok;
}

function valueText({value}: ListedSetting): string {
	if (value === undefined) return '(not shown)';
	return Array.isArray(value) ? value.join(', ') : String(value);
}

/** What a person typed or wrote into the file is wrong, and not what the program did. */
function asUsage<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (error) {
		throw error instanceof ConfigurationError ? new UsageError(error.message) : error;
	}
}
