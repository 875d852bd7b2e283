/** What an option or an argument can be given. */
import type {Argument, Command, Option} from 'commander';
import {OUTPUT_FORMATS} from '../../captions/render.ts';
import {schemaAt, wordsOf} from '../../settings/check-value.ts';
import {KNOWN_SETTINGS} from '../../settings/known-settings.ts';
import {flagOf, optionsOf, REQUEST_SCHEMAS} from '../../settings/transcription-options.ts';
import {JOB_STATUSES} from '../../speechmatics/jobs.ts';
import {MODELS} from '../../speechmatics/shared-config.ts';

export interface Values {
	readonly words: readonly string[];
	/** Several of the words may be given, with commas between them. */
	readonly isList: boolean;
	readonly paths: 'none' | 'files' | 'folders';
}

/** By the long name of the option, where the option itself does not tell. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
	'--format': OUTPUT_FORMATS,
	'--status': JOB_STATUSES,
	'--model': MODELS,
	'--source': ['mic', '-'],
	'--output': ['-'],
};

/** Options that take a file besides the words above, though their placeholder does not say so. */
const FILES = new Set(['--source']);

/** @param option one that takes a value */
export function optionValues({long, flags, argChoices}: Option, command: Command): Values {
	const placeholder = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? '';
	return {
		words: argChoices ?? WORDS[long ?? ''] ?? acceptedWords(long, command),
		isList: placeholder === 'list',
		paths: FILES.has(long ?? '') ? 'files' : pathsNamed(placeholder),
	};
}

export function argumentValues(argument: Argument, command: Command): Values {
	const isSetting = argument.name() === 'key' && command.parent?.name() === 'config';
	return {
		words: argument.argChoices ?? (isSetting ? [...KNOWN_SETTINGS.keys()] : []),
		isList: false,
		paths: pathsNamed(argument.name()),
	};
}

/** The words that the service accepts, where it does not accept just any. */
function acceptedWords(flag: string | undefined, command: Command): string[] {
	const service = command.name() === 'realtime' ? 'realtime' : 'batch';
	const option = optionsOf(service).find((option) => flagOf(option) === flag);
	const schema = option?.becomes === 'value' ? schemaAt(REQUEST_SCHEMAS[service], option.path) : undefined;
	return schema === undefined ? [] : wordsOf(schema);
}

function pathsNamed(name: string): Values['paths'] {
	if (/dir|folder/i.test(name)) return 'folders';
	return /path|file|recording|transcript/i.test(name) ? 'files' : 'none';
}
