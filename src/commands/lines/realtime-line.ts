import {type Command, Option} from 'commander';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {addTranscriptionOptions, givenOptions} from './transcription-options.ts';

export function addRealtimeCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const command = program
		.command('realtime')
		.summary('caption live speech, or stream a recording')
		.description(
			'Caption live speech while it is spoken, until Ctrl-C; or stream a recording as if it were live.',
		)
		.option('--source <source>', 'mic, a file, or - for stdin (WAV, or raw 16 kHz mono s16le)', 'mic')
		.option('--device <name>', 'which microphone (see: speechdeck devices)')
		.addOption(
			new Option('--pace <pace>', 'send a file at its own speed, or as fast as it goes')
				.choices(['1', 'max'])
				.default('1'),
		)
		.option('--output-dir <dir>', 'where the transcript goes (default: the data folder)')
		.option('--json', 'events on stdout, one JSON object a line')
		.option('--demo', 'try it without an account: a service inside this program answers')
		.addHelpText('after', EXAMPLES);
	envFileOption(command);
	addTranscriptionOptions(command, 'realtime').action(async (flags) => {
		const {realtimeCommand} = await import('../realtime.ts');
		end(await realtimeCommand(withDemo(flags), givenOptions(command), streams));
	});
}

const EXAMPLES = `
Examples:
  speechdeck realtime
  speechdeck realtime --language de --max-delay 1 --diarization speaker
  arecord -f S16_LE -r 16000 -c 1 | speechdeck realtime --source -
`;
