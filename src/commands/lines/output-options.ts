/** How transcripts are written, as flags; what is not typed is read from the profile. */
import {type Command, InvalidArgumentError, Option} from 'commander';
import {parseNameTemplate} from '../../batch/names.ts';
import {OUTPUT_FORMATS} from '../../captions/render.ts';
import {PRESET_NAMES} from '../../captions/rules.ts';
import {count, formats} from './values.ts';

const GROUP = 'Output:';

export function addOutputOptions(command: Command): Command {
	const add = (option: Option) => command.addOption(option.helpGroup(GROUP));
	add(
		new Option('--format <list>', `comma-separated: ${OUTPUT_FORMATS.join(', ')} (default: txt)`).argParser(
			formats,
		),
	);
	add(new Option('--output-dir <dir>', 'where the transcripts go (default: beside each recording)'));
	add(new Option('--name <template>', 'how files are named (default: {stem}.{ext})').argParser(template));
	add(new Option('--timestamps', 'begin each turn of txt with its time'));
	add(
		new Option('--caption-preset <name>', 'the rules that captions keep to').choices(
			PRESET_NAMES.filter((name) => name !== 'default'),
		),
	);
	add(new Option('--caption-columns <n>', 'columns of a caption line (default: 42)').argParser(count));
	return command;
}

function template(text: string): string {
	try {
		return parseNameTemplate(text).text;
	} catch (error) {
		throw new InvalidArgumentError(`${(error as Error).message}.`);
	}
}
