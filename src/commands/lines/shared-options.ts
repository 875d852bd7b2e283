/** Options that several commands have. */
import {type Command, Option} from 'commander';
import {OUTPUT_FORMATS, type OutputFormat} from '../../captions/render.ts';
import {count, formats} from './values.ts';

export function envFileOption(command: Command): Command {
	return command.option('--env-file <path>', 'read variables such as SPEECHMATICS_API_KEY from a file');
}

/** How much is done at once. Without a default: what is not typed is read from the profile. */
export function concurrencyOptions(): Option[] {
	return [
		new Option('--concurrency <n>', 'jobs at once (default: 100)').argParser(count),
		new Option('--uploads <n>', 'uploads at once (default: 4)').argParser(count),
	];
}

/** @param fallback the formats where none are named; without it the profile counts */
export function formatOption(fallback?: readonly OutputFormat[]): Option {
	const option = new Option('--format <list>', `comma-separated: ${OUTPUT_FORMATS.join(', ')}`).argParser(
		formats,
	);
	return fallback === undefined ? option : option.default(fallback, fallback.join(','));
}
