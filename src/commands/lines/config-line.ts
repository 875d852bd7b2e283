import type {Command} from 'commander';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';

const EXAMPLES = `
Examples:
  speechdeck config set transcription.language de
  speechdeck config set batch.concurrency 8 --profile archive
  speechdeck config show --origin

[transcription] counts for both services; the same keys in [batch] or
[realtime] count for one of them.
`;

export function addConfigCommand(program: Command, {streams, end}: LineContext): void {
	const config = program
		.command('config')
		.description('see and change what counts for every run')
		.addHelpText('after', EXAMPLES);
	config
		.command('path')
		.description('where config.toml is')
		.action(async () => {
			const {configPathCommand} = await import('../config.ts');
			end(configPathCommand(streams));
		});
	config
		.command('keys')
		.description('all that can be set')
		.action(async () => {
			const {configKeysCommand} = await import('../config.ts');
			end(configKeysCommand(streams));
		});
	envFileOption(config.command('show'))
		.description('all that is set; keys are not shown')
		.addOption(profileOption())
		.option('--origin', 'where each value comes from')
		.option('--json', 'one JSON object a line, with the origin')
		.action(async (flags) => {
			const {configShowCommand} = await import('../config.ts');
			end(await configShowCommand(flags, streams));
		});
	config
		.command('set')
		.description('write a value into config.toml')
		.argument('<key>', 'such as batch.concurrency')
		.argument('<value>', 'lists are comma-separated')
		.addOption(profileOption())
		.action(async (key, value, flags) => {
			const {configSetCommand} = await import('../config.ts');
			end(configSetCommand(key, value, flags, streams));
		});
	config
		.command('unset')
		.description('take a value out of config.toml')
		.argument('<key>', 'such as batch.concurrency')
		.addOption(profileOption())
		.action(async (key, flags) => {
			const {configUnsetCommand} = await import('../config.ts');
			end(configUnsetCommand(key, flags, streams));
		});
	config
		.command('import')
		.description("take over ~/.speechmatics/config, the legacy CLI's file")
		.action(async () => {
			const {configImportCommand} = await import('../config.ts');
			end(await configImportCommand(streams));
		});
}
