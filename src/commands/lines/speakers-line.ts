import type {Command} from 'commander';
import type {LineContext} from './context.ts';

export function addSpeakersCommand(program: Command, {streams, end}: LineContext): void {
	const speakers = program
		.command('speakers')
		.description('see and change who is known by voice')
		.addHelpText('after', EXAMPLES);
	speakers
		.command('list')
		.description('list the people in the speaker book')
		.option('--json', 'one JSON object a line')
		.action(async (flags) => {
			const {speakersListCommand} = await import('../speakers.ts');
			end(speakersListCommand(flags, streams));
		});
	speakers
		.command('forget')
		.description('take people and their voices out of the book')
		.argument('<name...>', 'as the list tells them')
		.action(async (names) => {
			const {speakersForgetCommand} = await import('../speakers.ts');
			end(speakersForgetCommand(names, streams));
		});
	speakers
		.command('rename')
		.description('give somebody another name; with that of somebody else, both become one')
		.argument('<name>', 'as the list tells it')
		.argument('<new-name>', 'what to call them')
		.action(async (name, newName) => {
			const {speakersRenameCommand} = await import('../speakers.ts');
			end(speakersRenameCommand(name, newName, streams));
		});
}

const EXAMPLES = `
Speakers that you name in a live session are noted here with what the service
knows their voices by, and are told apart by name from then on. That holds for
one model, one area of the service and one key each.

Examples:
  speechdeck speakers list
  speechdeck speakers rename "Dr Weber" Weber
  speechdeck speakers forget Weber
`;
