import type {Command} from 'commander';
import {BATCH_DIARIZATION} from '../../speechmatics/config.ts';
import type {LineContext} from './context.ts';
import {concurrencyOption, diarizationOption, formatOption, sharedOptions} from './shared-options.ts';

export function addBatchCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	sharedOptions(program.command('batch').description('transcribe recordings'))
		.argument('<paths...>', 'recordings, or folders of them')
		.addOption(formatOption())
		.option('--output-dir <dir>', 'where the transcripts go (default: beside each recording)')
		.option('--output <->', 'print the transcript of a single recording')
		.addOption(diarizationOption(BATCH_DIARIZATION, 'speaker'))
		.addOption(concurrencyOption())
		.action(async (paths, flags) => {
			const {batchCommand} = await import('../batch.ts');
			end(await batchCommand(paths, withDemo(flags), streams));
		});
}
