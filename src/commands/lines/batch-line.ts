import {type Command, InvalidArgumentError, Option} from 'commander';
import {parseShard, type Shard} from '../../batch/shard.ts';
import type {LineContext} from './context.ts';
import {addOutputOptions} from './output-options.ts';
import {concurrencyOptions, envFileOption} from './shared-options.ts';
import {addTranscriptionOptions, givenOptions} from './transcription-options.ts';

const WORK = 'Work:';

export function addBatchCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const command = program
		.command('batch')
		.summary('transcribe recordings')
		.description(
			'Transcribe recordings: each is sent once, whatever happens, and what is done already is not paid for again.',
		)
		.usage('[options] <recordings...>')
		.argument(
			'[recordings...]',
			'files, folders, patterns, http(s) addresses, or - for a list of them on stdin',
		)
		.option('--json', 'events on stdout, one JSON object a line')
		.option('--demo', 'try it without an account: a service inside this program answers')
		.addHelpText('after', EXAMPLES);
	envFileOption(command);
	for (const option of workOptions()) command.addOption(option.helpGroup(WORK));
	addOutputOptions(command);
	command.addOption(
		new Option('--output <->', 'print the transcript of a single recording').helpGroup('Output:'),
	);
	addTranscriptionOptions(command, 'batch').action(async (recordings, flags) => {
		const {batchCommand} = await import('../batch.ts');
		end(await batchCommand(recordings, withDemo(flags), givenOptions(command), streams));
	});
}

function workOptions(): Option[] {
	return [
		new Option('--resume', 'go on with what earlier runs left undone'),
		new Option('--force', 'transcribe again what is done already, and pay for it'),
		new Option('--watch <folder>', 'transcribe what comes into a folder, until Ctrl-C'),
		new Option('--no-wait', 'submit and leave; "speechdeck jobs sync" collects later'),
		new Option('--shard <i/n>', 'only the i-th of n parts of the list, for several machines').argParser(
			shard,
		),
		new Option('--transcode', 'have ffmpeg convert what the service does not read'),
		...concurrencyOptions(),
	];
}

function shard(text: string): Shard {
	try {
		return parseShard(text);
	} catch (error) {
		throw new InvalidArgumentError(`${(error as Error).message}.`);
	}
}

const EXAMPLES = `
Examples:
  speechdeck batch interview.mp3 --format txt,srt
  speechdeck batch recordings/ --name '{date}/{stem}.{ext}'
  speechdeck batch - --no-wait --notify https://example.com/done < list.txt
  speechdeck batch --resume
`;
