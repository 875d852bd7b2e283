/** The command line: what can be asked for, and which file answers. Commands are imported only when they run. */
import {readFileSync} from 'node:fs';
import {parseEnv} from 'node:util';
import {Command, CommanderError} from 'commander';
import {VERSION} from '../platform/version.ts';
import {EXIT, exitCodeOf, sentence, UsageError} from './failure.ts';
import {addBatchCommand} from './lines/batch-line.ts';
import type {LineContext} from './lines/context.ts';
import {addDevicesCommand} from './lines/devices-line.ts';
import {addEmulatorCommand} from './lines/emulator-line.ts';
import {addRealtimeCommand} from './lines/realtime-line.ts';
import {concurrencyOption, formatOption, maxDelayOption, serviceOptions} from './lines/shared-options.ts';
import type {Streams} from './streams.ts';

/**
 * Runs the command that `args` name.
 *
 * @param args without the program's own name
 * @returns the exit code
 */
export async function runProgram(args: readonly string[], streams: Streams): Promise<number> {
	let code: number = EXIT.ok;
	const program = commandLine(streams, (exitCode) => {
		code = exitCode;
	});
	try {
		await program.parseAsync(args, {from: 'user'});
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
		streams.err.line(sentence(error));
		return exitCodeOf(error);
	}
}

/** The whole tree of commands. */
export function commandLine(streams: Streams, end: (exitCode: number) => void): Command {
	const program = new Command('speechdeck')
		.description(
			'Transcribe recordings and caption live speech with Speechmatics. Without a command, the app opens.',
		)
		.version(VERSION)
		.enablePositionalOptions()
		.addHelpText('after', ENVIRONMENT_HELP)
		.argument('[command]')
		.exitOverride()
		.configureOutput({
			writeOut: (text) => streams.out.write(text),
			writeErr: (text) => streams.err.write(text),
		})
		.hook('preAction', (_program, command) => loadEnvFile(command.optsWithGlobals().envFile));
	program.configureHelp({visibleArguments: () => []}).usage('[options] [command]');

	serviceOptions(program)
		.addOption(formatOption())
		.option('--output-dir <dir>', 'where transcripts go (default: beside each recording)')
		.addOption(concurrencyOption())
		.addOption(maxDelayOption())
		.action(async (command: string | undefined, flags) => {
			if (command !== undefined) program.error(`error: there is no command '${command}' (see --help)`);
			const {tuiCommand} = await import('./tui.ts');
			end(await tuiCommand(flags, streams));
		});

	const context: LineContext = {
		streams,
		end,
		withDemo: (flags) => ({...flags, ...(program.opts().demo === true && {demo: true})}),
	};
	for (const add of COMMANDS) add(program, context);
	return program;
}

/** In the order of the help. */
const COMMANDS = [addBatchCommand, addRealtimeCommand, addDevicesCommand, addEmulatorCommand];

/** What is set already wins over the file, so that one call can be changed from outside. */
function loadEnvFile(path: string | undefined): void {
	if (path === undefined) return;
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		throw new UsageError(`The file ${path} of --env-file cannot be read: ${(error as Error).message}`);
	}
	for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}

const ENVIRONMENT_HELP = `
Environment:
  SPEECHMATICS_API_KEY        the key of your account
  SPEECHMATICS_BATCH_URL      another batch service, such as https://us1.asr.api.speechmatics.com/v2
  SPEECHMATICS_RT_URL         another realtime service, such as wss://us.rt.speechmatics.com/v2

Without an account: speechdeck batch FILE --demo
`;
