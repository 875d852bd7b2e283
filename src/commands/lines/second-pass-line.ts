import type {Command} from 'commander';
import {Option} from 'commander';
import {BATCH_DIARIZATION} from '../../speechmatics/config.ts';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';

export function addSecondPassCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const command = program
		.command('second-pass')
		.summary('transcribe a live session once more, and show what changes')
		.description(
			'Transcribe the recording of a live session once more as a batch job, which hears all of it before it answers, and show which words change.',
		)
		.argument('<session>', 'id of the session, "last", or a recording')
		.option('--model <name>', 'which model hears it (default: enhanced)')
		.addOption(
			new Option('--diarization <kind>', 'how voices are told apart (default: speaker)').choices([
				...BATCH_DIARIZATION,
			]),
		)
		.option('--language <code>', 'language that is spoken (default: that of the session)')
		.option('--live <file.json>', 'live transcript of a recording that belongs to no session')
		.option('--output-dir <dir>', 'where the files go (default: beside the session)')
		.option('--json', 'error rate and changes as a JSON object')
		.option('--demo', 'try it without an account: a service inside this program answers')
		.addHelpText('after', EXAMPLES);
	envFileOption(command).addOption(profileOption());
	command.action(async (session, flags) => {
		const {secondPassCommand} = await import('../second-pass.ts');
		end(await secondPassCommand(session, withDemo(flags), streams));
	});
}

const EXAMPLES = `
It writes second-pass.txt, .json and .srt. Sent a second time, the same
recording is not paid for again. The error rate takes the second pass for right.

Examples:
  speechdeck second-pass last
  speechdeck second-pass 2026-01-31T09-05-00 --language de
  speechdeck second-pass talk.wav --live talk-live.json
`;
