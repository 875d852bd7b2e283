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
		.addOption(
			new Option(
				'--processing <seconds>',
				'what each batch job takes (default: longer for longer audio)',
			).argParser(processingTime),
		)
		.option('--save-audio <dir>', 'keep what realtime sessions send, as raw samples')
		.option('--log', 'each request and session on stderr, as it comes')
		.addHelpText('after', EXAMPLE)
		.action(async (flags) => {
			const {emulatorCommand} = await import('../emulator.ts');
			end(await emulatorCommand(flags, streams));
		});
}

function processingTime(text: string): number {
	const seconds = text.trim() === '' ? Number.NaN : Number(text);
	if (!(seconds >= 0 && seconds <= 3600)) {
		throw new InvalidArgumentError('It must be from 0 to 3600 seconds.');
	}
	return seconds;
}

function fault(text: string, before: readonly FaultInput[]): readonly FaultInput[] {
	try {
		return [...before, parseFault(text)];
	} catch (error) {
		throw new InvalidArgumentError((error as Error).message);
	}
}

const EXAMPLE = `
Example:
  speechdeck emulator --port 9900 --fault status=429,times=2
`;
