/** config.toml: what it says, line by line, and what is wrong in it. */
import {basename, dirname, isAbsolute, join} from 'node:path';
import {parse, TomlError} from 'smol-toml';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {
	KNOWN_SETTINGS,
	type KnownSetting,
	namesSecret,
	settingProblem,
	unknownSetting,
	WHERE_KEYS_BELONG,
} from './known-settings.ts';
import type {Sourced} from './origin.ts';
import {lineOf, statementsOf} from './toml-statements.ts';
import {fromToml} from './value-kinds.ts';

export interface ProfileFile {
	readonly path: string;
	/** What stands outside of profiles, by `section.key`. */
	readonly base: SettingValues;
	readonly profiles: ReadonlyMap<string, SettingValues>;
	/** One sentence each. */
	readonly warnings: readonly string[];
}

export type SettingValues = ReadonlyMap<string, Sourced<unknown>>;

/** What a profile may be called: its name becomes part of a file's name, too. */
export const PROFILE_NAME = /^[\w-]{1,64}$/;

/**
 * @param path for messages, and what paths in the file are relative to
 * @param home what `~/` stands for
 * @throws ConfigurationError that names file, line and field
 */
export function parseProfileFile(text: string, path: string, home: string | undefined): ProfileFile {
	const file = basename(path);
	const table = parsed(text, file);
	const statements = statementsOf(text);
	const warnings: string[] = [];
	const profiles = new Map<string, SettingValues>();

	const valuesOf = (sections: Table, above: readonly string[]): SettingValues => {
		const values = new Map<string, Sourced<unknown>>();
		for (const {name, keys, value} of namesIn(sections)) {
			const line = lineOf(statements, [...above, ...keys]);
			const say = (problem: string) => `${file} line ${line}: ${problem}`;
			if (namesSecret(name)) throw new ConfigurationError(say(`${name} ${WHERE_KEYS_BELONG}`));
			const setting = KNOWN_SETTINGS.get(name);
			if (setting === undefined) {
				warnings.push(say(unknownSetting(name)));
				continue;
			}
			const problem = settingProblem(setting, value);
			if (problem !== undefined) throw new ConfigurationError(say(name + problem));
			values.set(name, {
				value: resolved(setting, fromToml(setting.kind, value), {folder: dirname(path), home}),
				origin: {kind: 'profile', file: path, line},
			});
		}
		return values;
	};

	const {profile: named = {}, ...sections} = table;
	if (!isTable(named))
		throw new ConfigurationError(`${file}: profile must be a table such as [profile.news.batch]`);
	for (const [name, inner] of Object.entries(named)) {
		const line = lineOf(statements, ['profile', name]);
		if (!PROFILE_NAME.test(name) || !isTable(inner)) {
			throw new ConfigurationError(
				`${file} line ${line}: a profile is a table with a name of letters, digits, - and _, such as [profile.news.batch]`,
			);
		}
		profiles.set(name, valuesOf(inner, ['profile', name]));
	}
	return {path, base: valuesOf(sections, []), profiles, warnings};
}

type Table = Record<string, unknown>;

function parsed(text: string, file: string): Table {
	try {
		return parse(text);
	} catch (error) {
		if (!(error instanceof TomlError)) throw error;
		const why = error.message.split('\n')[0]!.replace(/^Invalid TOML document: /, '');
		throw new ConfigurationError(`${file} line ${error.line}, column ${error.column}: ${why}`);
	}
}

/** Tables of sections, taken apart. What is no section at all keeps its one name. */
function* namesIn(sections: Table): Generator<{name: string; keys: string[]; value: unknown}> {
	for (const [section, inner] of Object.entries(sections)) {
		if (!isTable(inner)) yield {name: section, keys: [section], value: inner};
		else {
			for (const [key, value] of Object.entries(inner)) {
				yield {name: `${section}.${key}`, keys: [section, key], value};
			}
		}
	}
}

function isTable(value: unknown): value is Table {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

interface Places {
	readonly folder: string;
	readonly home: string | undefined;
}

/** Paths in the file are meant from the folder it lies in. */
function resolved({kind}: KnownSetting, value: unknown, places: Places): unknown {
	if (kind === 'paths') return (value as string[]).map((path) => resolvedPath(path, places));
	const isPath = kind === 'path' || (kind === 'secret' && !(value as string).startsWith('env:'));
	return isPath ? resolvedPath(value as string, places) : value;
}

function resolvedPath(path: string, {folder, home}: Places): string {
	if (home !== undefined && /^~[/\\]/.test(path)) return join(home, path.slice(2));
	return isAbsolute(path) ? path : join(folder, path);
}
