/** Options that several commands have. */
import {type Command, Option} from 'commander';
import {OUTPUT_FORMATS} from '../../captions/render.ts';
import {DEFAULT_LANGUAGE, DEFAULT_MODEL} from '../../speechmatics/config.ts';
import {count, delay, formats} from './values.ts';

/** Recordings under way at once, by default: enough to hide each other's uploads, few enough for any account. */
const DEFAULT_CONCURRENCY = 4;
/** Seconds from a word to its final. Source: docs, "Realtime output": 2 s costs about 1 % accuracy. */
const DEFAULT_MAX_DELAY = 2;

/** What every command that transcribes has. */
export function sharedOptions(command: Command): Command {
	return serviceOptions(command).option('--json', 'events on stdout, one JSON object a line');
}

export function serviceOptions(command: Command): Command {
	return envFileOption(command)
		.option('--language <code>', 'language of the speech', DEFAULT_LANGUAGE)
		.option('--model <name>', 'standard or enhanced', DEFAULT_MODEL)
		.option('--demo', 'try it without an account: a service inside this program answers');
}

export function envFileOption(command: Command): Command {
	return command.option('--env-file <path>', 'read variables such as SPEECHMATICS_API_KEY from a file');
}

export function formatOption(): Option {
	return new Option('--format <list>', `comma-separated: ${OUTPUT_FORMATS.join(', ')}`)
		.argParser(formats)
		.default(['txt'], 'txt');
}

export function concurrencyOption(): Option {
	return new Option('--concurrency <n>', 'recordings under way at once')
		.argParser(count)
		.default(DEFAULT_CONCURRENCY);
}

export function maxDelayOption(): Option {
	return new Option('--max-delay <seconds>', 'from a word to its final, 0.7 to 4')
		.argParser(delay)
		.default(DEFAULT_MAX_DELAY);
}

export function diarizationOption(choices: readonly string[], fallback: string): Option {
	return new Option('--diarization <mode>', 'tell voices apart').choices(choices).default(fallback);
}
