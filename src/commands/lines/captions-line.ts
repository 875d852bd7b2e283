import {type Command, InvalidArgumentError, Option} from 'commander';
import {PRESET_NAMES} from '../../captions/rules.ts';
import type {LineContext} from './context.ts';
import {formatOption} from './shared-options.ts';
import {count} from './values.ts';

/** A line must hold a few words, and no screen has room for more. */
const COLUMNS = {least: 10, most: 100};
const LINES = {least: 1, most: 3};

export function addCaptionsCommand(program: Command, context: LineContext): void {
	const captions = program
		.command('captions')
		.description('check captions, or make them anew from saved transcripts');
	addLint(captions, context);
	addMake(captions, context);
}

function addLint(captions: Command, {streams, end}: LineContext): void {
	captionOptions(captions.command('lint'))
		.description('tell what in captions breaks the rules of a broadcaster')
		.argument('<files...>', 'SubRip, WebVTT, or json-v2, of which captions are made first')
		.option('--language <code>', 'language of the captions (default: told by their script)')
		.option('--errors-only', 'leave out what fast speech may excuse: speed, short cues, short gaps')
		.option('--json', 'one JSON object a problem and line')
		.addHelpText('after', LINT_EXAMPLES)
		.action(async (files, flags) => {
			const {captionsLintCommand} = await import('../captions.ts');
			end(await captionsLintCommand(files, flags, streams));
		});
}

function addMake(captions: Command, {streams, end}: LineContext): void {
	captionOptions(captions.command('make'))
		.description('write captions from transcripts saved as json: no job, no cost, no file written over')
		.argument('<transcripts...>', 'transcripts in the json-v2 form of Speechmatics')
		.addOption(formatOption().default(['srt'], 'srt'))
		.option('--timestamps', 'begin each turn of a txt with its time')
		.option('--output-dir <dir>', 'where the files go (default: beside each transcript)')
		.option('--output <->', 'print the captions of a single transcript')
		.addHelpText('after', MAKE_EXAMPLES)
		.action(async (transcripts, flags) => {
			const {captionsMakeCommand} = await import('../captions.ts');
			end(await captionsMakeCommand(transcripts, flags, streams));
		});
}

function captionOptions(command: Command): Command {
	return command
		.addOption(new Option('--preset <name>', 'whose rules').choices([...PRESET_NAMES]).default('default'))
		.option('--max-columns <n>', 'columns a line may take (default: as the preset says)', within(COLUMNS))
		.option('--max-lines <n>', 'lines a caption may have (default: 2)', within(LINES));
}

function within({least, most}: {readonly least: number; readonly most: number}) {
	return (text: string): number => {
		const value = count(text);
		if (value < least || value > most) throw new InvalidArgumentError(`It must be from ${least} to ${most}.`);
		return value;
	};
}

const LINT_EXAMPLES = `
Presets:
  default  two lines of 42 columns, 5/6 to 7 seconds, 20 characters a second
  netflix  the same; in Chinese and Korean lines of 16 full-width characters,
           in Japanese of 13
  bbc      two lines of 37 columns, 0.3 seconds a word
  server   two lines of 37 columns, as the srt of Speechmatics itself

Exit code: 0 when every rule is kept, 1 when one is broken, 2 when a file
cannot be read.

Example:
  speechdeck captions lint --preset bbc interview.srt
`;

const MAKE_EXAMPLES = `
Example:
  speechdeck captions make --format srt,vtt --preset netflix talk.json
`;
