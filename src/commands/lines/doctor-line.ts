import type {Command} from 'commander';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';

export function addDoctorCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const doctor = program
		.command('doctor')
		.description('check key, network, sound and settings, and say what to do')
		.option('--json', 'as a JSON object')
		.addHelpText('after', NOTES);
	envFileOption(doctor)
		.addOption(profileOption())
		.option('--demo', 'check against a service inside this program')
		.action(async (flags) => {
			const {doctorCommand} = await import('../doctor.ts');
			end(await doctorCommand(withDemo(flags), streams));
		});
}

const NOTES = `
It costs nothing: no job is made, and no session begins. The microphone is
listened to for half a second, and nothing of that is kept.

The exit code is 0 where nothing is wrong (warnings may be), 4 where only the
key is, else 1.

Examples:
  speechdeck doctor
  speechdeck doctor --json
`;
