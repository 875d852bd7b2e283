import type {Command} from 'commander';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';

/** `login` and `logout`. */
export function addLoginCommands(program: Command, {streams, end}: LineContext): void {
	envFileOption(program.command('login'))
		.description('keep an API key: in the keychain, else in a file only you can read')
		.addHelpText('after', '\nThe key is asked for, or piped in: speechdeck login < key.txt\n')
		.addOption(profileOption())
		.option('--no-check', 'keep it without trying it on the service')
		.action(async (flags) => {
			const {loginCommand} = await import('../login.ts');
			end(await loginCommand(flags, streams));
		});
	envFileOption(program.command('logout'))
		.description('forget the key')
		.addOption(profileOption())
		.action(async (flags) => {
			const {logoutCommand} = await import('../login.ts');
			end(await logoutCommand(flags, streams));
		});
}
