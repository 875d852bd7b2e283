/** Everything that can be asked of the service, as flags. None has a default here: what is not typed is not said. */
import {type Command, InvalidArgumentError, Option} from 'commander';
import {problemOf} from '../../settings/check-value.ts';
import type {GivenOptions} from '../../settings/requests.ts';
import {
	flagOf,
	optionsOf,
	type ServiceKind,
	TRANSCRIPTION_OPTIONS,
	type TranscriptionOption,
	valueSchemas,
} from '../../settings/transcription-options.ts';
import {fromText} from '../../settings/value-kinds.ts';

/** Where a person sets what counts for every run. */
const SETTINGS_GROUP = 'Settings:';

/**
 * Adds `--config`, `--profile` and every option of a service, grouped; each switch has a hidden `--no-` form that undoes
 * what a profile says.
 *
 * @param isWanted which of the options; all where it is left out
 */
export function addTranscriptionOptions(
	command: Command,
	service: ServiceKind,
	isWanted: (option: TranscriptionOption) => boolean = () => true,
): Command {
	const add = (option: Option) => command.addOption(option);
	for (const option of profileOptions(service)) add(option);
	for (const option of optionsOf(service).filter(isWanted)) {
		const flag = flagOf(option);
		if (option.kind === 'switch') {
			add(new Option(flag, option.description).helpGroup(option.group));
			add(new Option(flag.replace('--', '--no-')).hideHelp());
		} else {
			const described = new Option(`${flag} <${option.value}>`, option.description);
			add(
				described.helpGroup(option.group).argParser((text: string, before) => argument(option, text, before)),
			);
		}
	}
	return command;
}

/** `--profile` alone, for commands that ask nothing of the service. */
export function profileOption(): Option {
	return new Option('--profile <name>', 'a profile in config.toml (see: speechdeck config)').helpGroup(
		SETTINGS_GROUP,
	);
}

/** What was typed for options of the service, by their names; defaults are not among it. */
export function givenOptions(command: Command): GivenOptions & {readonly profile?: string | undefined} {
	// The nearest command counts: commander itself would let what was typed before it win.
	const typed = (attribute: string, from: Command | null = command): unknown => {
		if (from === null) return undefined;
		const isTyped = from.getOptionValueSource(attribute) === 'cli';
		return isTyped ? from.getOptionValue(attribute) : typed(attribute, from.parent);
	};
	const values = TRANSCRIPTION_OPTIONS.map(({name}) => [name, typed(attributeOf(name))] as const);
	return {
		values: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
		config: typed('config') as string | undefined,
		profile: typed('profile') as string | undefined,
	};
}

function profileOptions(service: ServiceKind): Option[] {
	const what = service === 'batch' ? 'a job config' : 'a StartRecognition message';
	return [
		profileOption(),
		new Option('--config <file>', `${what} of Speechmatics as JSON; flags win over it`).helpGroup(
			SETTINGS_GROUP,
		),
	];
}

/** @throws InvalidArgumentError, which commander makes a sentence of */
function argument(option: TranscriptionOption, text: string, before: unknown): unknown {
	const value = fromText(option.kind, text);
	const problem = problemOf(valueSchemas(option), value);
	if (problem !== undefined) throw new InvalidArgumentError(asSentence(problem));
	const isRepeatable = option.kind === 'items' || option.kind === 'paths';
	return isRepeatable && Array.isArray(before) ? [...before, ...(value as string[])] : value;
}

/** As commander names it. */
function attributeOf(name: string): string {
	return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A problem as `problemOf` tells it, after the name of its flag was said. */
function asSentence(problem: string): string {
	return problem.startsWith(':') ? `${problem.slice(1).trim()}.` : `It${problem.replace(/^\[\d+\]/, '')}.`;
}
