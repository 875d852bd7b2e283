import {type Command, InvalidArgumentError, Option} from 'commander';
import {type FaultInput, parseFault} from '../../emulator/faults.ts';
import type {LineContext} from './context.ts';
import {count, port} from './values.ts';

export function addEmulatorCommand(program: Command, {streams, end}: LineContext): void {
	program
		.command('emulator')
		.description('serve a simulated Speechmatics on this machine, for tests')
		.addOption(new Option('--port <n>', 'port to listen on').argParser(port).default(0, 'any that is free'))
		.option('--host <address>', 'address to listen on (default: this machine only)')
		.addOption(
			new Option('--mode <mode>', 'which product to play')
				.choices(['saas', 'rt-container', 'batch-worker'])
				.default('saas'),
		)
		.addOption(
			new Option('--fault <fault>', 'what goes wrong, repeatable: status=429,times=2 or drop=3.5')
				.argParser(fault)
				.default([] as readonly FaultInput[], 'nothing'),
		)
		.option('--quota <n>', 'realtime sessions at once (default: any number)', count)
		.option('--save-audio <dir>', 'keep what realtime sessions send, as raw samples')
		.option('--log', 'each request and session on stderr, as it comes')
		.action(async (flags) => {
			const {emulatorCommand} = await import('../emulator.ts');
			end(await emulatorCommand(flags, streams));
		});
}

function fault(text: string, before: readonly FaultInput[]): readonly FaultInput[] {
	try {
		return [...before, parseFault(text)];
	} catch (error) {
		throw new InvalidArgumentError((error as Error).message);
	}
}
