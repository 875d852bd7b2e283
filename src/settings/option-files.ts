/** Values that name a file or a variable become what is in them. */
import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileProblem} from '../platform/file-problem.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {type DictionaryEntry, DictionaryError, dictionaryEntry, parseDictionary} from './dictionary.ts';
import {type Origin, originText, type Sourced} from './origin.ts';
import {parseReplacements, replacement} from './replacements.ts';
import type {Environment} from './settings.ts';
import {flagOf, type TranscriptionOption} from './transcription-options.ts';

/**
 * A value as the config has it.
 *
 * @param given what the command line or config.toml said; paths are as they can be opened
 * @throws ConfigurationError naming where it was given, or the line of the file
 */
export function readOption(
	option: TranscriptionOption,
	{value, origin}: Sourced<unknown>,
	environment: Environment,
): Sourced<unknown> {
	const place = placeOf(option, origin);
	switch (option.becomes) {
		case 'vocabulary':
			return {origin, value: vocabulary(option, value as readonly string[], place)};
		case 'replacements':
			return {
				origin,
				value:
					option.kind === 'path'
						? parseReplacements(readText(value as string, place), basename(value as string))
						: (value as readonly string[]).map((text) => replacement(text, place)),
			};
		case 'json':
			return {origin, value: speakersIn(option, readJson(value as string, place))};
		case 'headers':
			return {origin, value: headerLines(value as string, environment, place)};
		default:
			return {origin, value};
	}
}

/** Where a person finds a value: `--vocab`, or `config.toml line 7: vocab`. */
export function placeOf(option: TranscriptionOption, origin: Origin): string {
	return origin.kind === 'flag' ? flagOf(option) : `${originText(origin)}: ${option.name}`;
}

/** @throws ConfigurationError saying which option names the file */
export function readJson(path: string, place: string): unknown {
	const text = readText(path, place);
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new ConfigurationError(`${place}: ${path} is not JSON: ${(error as Error).message}`);
	}
}

function readText(path: string, place: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		throw new ConfigurationError(`${place}: ${path} cannot be read: ${fileProblem(error)}`);
	}
}

function vocabulary({kind}: TranscriptionOption, items: readonly string[], place: string): DictionaryEntry[] {
	try {
		return kind === 'items'
			? items.map((item) => dictionaryEntry(item, place))
			: items.flatMap((path) => parseDictionary(readText(path, place), basename(path)));
	} catch (error) {
		if (error instanceof DictionaryError) throw new ConfigurationError(error.message);
		throw error;
	}
}

/** A transcript in json holds the speakers it told apart, in the form that another job takes them. */
function speakersIn({name}: TranscriptionOption, value: unknown): unknown {
	const isTranscript = typeof value === 'object' && value !== null && 'speakers' in value;
	return name === 'known_speakers' && isTranscript ? value.speakers : value;
}

function headerLines(source: string, environment: Environment, place: string): string[] {
	const variable = /^env:(.*)$/s.exec(source)?.[1];
	const text = variable === undefined ? readText(source, place) : environment[variable];
	if (text === undefined) throw new ConfigurationError(`${place}: the variable ${variable} is not set`);
	return text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}
