import type {Command} from 'commander';
import type {LineContext} from './context.ts';
import {accountOptions} from './jobs-line.ts';
import {day} from './jobs-values.ts';

export function addUsageCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const usage = program
		.command('usage')
		.description('hours used, by type, language and model')
		.option('--since <day>', 'first day, 2026-01-31 or 30d (default: the first of all)', day)
		.option('--until <day>', 'last day (default: yesterday)', day)
		.option('--json', 'as a JSON object')
		.addHelpText('after', EXAMPLES);
	accountOptions(usage).action(async (flags) => {
		const {usageCommand} = await import('../usage.ts');
		end(await usageCommand(withDemo(flags), streams));
	});
}

const EXAMPLES = `
Days are those of UTC. The service does not count the day that is not over.

Examples:
  speechdeck usage --since 30d
  speechdeck usage --since 2026-01-01 --until 2026-01-31 --json
`;
