import type {Command} from 'commander';
import type {LineContext} from './context.ts';

export function addDevicesCommand(program: Command, {streams, end}: LineContext): void {
	program
		.command('devices')
		.description('list the microphones')
		.option('--json', 'as a JSON array')
		.action(async (flags) => {
			const {devicesCommand} = await import('../devices.ts');
			end(await devicesCommand(flags, streams));
		});
}
