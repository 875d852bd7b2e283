import {type Command, InvalidArgumentError, Option} from 'commander';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {addTranscriptionOptions, givenOptions} from './transcription-options.ts';

const COST = 'Cost:';

export function addCompareCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const command = program
		.command('compare')
		.summary('see whether batch or realtime suits a recording')
		.description(
			'Transcribe one recording both ways at the same moment, as a batch job and as a stream at its own speed, and show how fast each is, which words differ, what each costs, and which one suits which work.',
		)
		.argument('<recording>', 'a file')
		.option('--reference <file>', 'what was said in it: txt, srt, vtt or a transcript in json')
		.option('--output-dir <dir>', 'write the report and both transcripts there')
		.option('--json', 'the report as a JSON object')
		.option('--demo', 'try it without an account: a service inside this program answers')
		.addHelpText('after', EXAMPLES);
	for (const option of costOptions()) command.addOption(option.helpGroup(COST));
	envFileOption(command);
	// What only one of the two understands would make them do different work.
	const isShared = ({name, services}: {name: string; services: readonly string[]}) =>
		services.length > 1 || name === 'max_delay';
	addTranscriptionOptions(command, 'realtime', isShared).action(async (recording, flags) => {
		const {compareCommand} = await import('../compare.ts');
		end(await compareCommand(recording, withDemo(flags), givenOptions(command), streams));
	});
}

function costOptions(): Option[] {
	return [
		new Option('--batch-rate <amount>', 'what an hour of audio costs you in batch').argParser(rate),
		new Option('--realtime-rate <amount>', 'what an hour costs you in realtime').argParser(rate),
		new Option('--currency <name>', 'what these are in, such as EUR').argParser(currency),
	];
}

function rate(text: string): number {
	if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError('It must be a number from 0, such as 0.3.');
	return Number(text);
}

function currency(text: string): string {
	if (!/^\S{1,8}$/.test(text)) throw new InvalidArgumentError('It must be a short name, such as EUR.');
	return text;
}

const EXAMPLES = `
It takes as long as the recording, and both ways are billed. Words count as the
same whatever their case and punctuation; of a reference, only what was said
counts: leave out the names of speakers. The rates can be set in config.toml:
[compare] batch_rate, realtime_rate and currency.

Examples:
  speechdeck compare interview.wav
  speechdeck compare talk.mp3 --reference talk.txt --max-delay 1
  speechdeck compare talk.wav --batch-rate 0.3 --realtime-rate 0.5
`;
