import {type Command, Option} from 'commander';
import {REALTIME_DIARIZATION} from '../../speechmatics/config.ts';
import type {LineContext} from './context.ts';
import {diarizationOption, maxDelayOption, sharedOptions} from './shared-options.ts';

export function addRealtimeCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	sharedOptions(program.command('realtime').description('caption live speech, or stream a recording'))
		.option('--source <source>', 'mic, a file, or - for stdin (WAV, or raw 16 kHz mono s16le)', 'mic')
		.option('--device <name>', 'which microphone (see: speechdeck devices)')
		.addOption(
			new Option('--pace <pace>', 'send a file at its own speed, or as fast as it goes')
				.choices(['1', 'max'])
				.default('1'),
		)
		.option('--output-dir <dir>', 'where the transcript goes (default: the data folder)')
		.addOption(diarizationOption(REALTIME_DIARIZATION, 'none'))
		.addOption(maxDelayOption())
		.action(async (flags) => {
			const {realtimeCommand} = await import('../realtime.ts');
			end(await realtimeCommand(withDemo(flags), streams));
		});
}
