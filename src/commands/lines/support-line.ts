import type {Command} from 'commander';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';

export function addSupportCommand(program: Command, {streams, end}: LineContext): void {
	const support = program
		.command('support')
		.summary('collect what support asks for, without anything secret')
		.description(
			'Collect what support asks for: version, system, settings and where they come from, and of the last sessions and jobs the ids, reasons and messages.',
		)
		.option('--session <id>', 'session it is about, or "last" (default: last)')
		.option('--output <file.json>', 'a new file, or - to print it')
		.addHelpText('after', EXAMPLES);
	envFileOption(support)
		.addOption(profileOption())
		.action(async (flags) => {
			const {supportCommand} = await import('../support.ts');
			end(await supportCommand(flags, streams));
		});
}

const EXAMPLES = `
Keys, headers, queries of addresses, dictionaries, names of speakers and every
word that was said are left out. A reason may name a file: look through it.

Examples:
  speechdeck support
  speechdeck support --session last --output - | less
`;
