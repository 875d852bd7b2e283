/** The command line: what can be asked for, and which file answers. Commands are imported only when they run. */
import {readFileSync} from 'node:fs';
import {parseEnv} from 'node:util';
import {Command, CommanderError} from 'commander';
import {VERSION} from '../platform/version.ts';
import {EXIT, exitCodeOf, sentence, UsageError} from './failure.ts';
import {addBatchCommand} from './lines/batch-line.ts';
import {addCaptionsCommand} from './lines/captions-line.ts';
import {addCompareCommand} from './lines/compare-line.ts';
import {addCompletionsCommand} from './lines/completions-line.ts';
import {addConfigCommand} from './lines/config-line.ts';
import type {LineContext} from './lines/context.ts';
import {addDevicesCommand} from './lines/devices-line.ts';
import {addDoctorCommand} from './lines/doctor-line.ts';
import {addEmulatorCommand} from './lines/emulator-line.ts';
import {addHistoryCommand} from './lines/history-line.ts';
import {addJobsCommand} from './lines/jobs-line.ts';
import {addLoginCommands} from './lines/login-line.ts';
import {addOutputOptions} from './lines/output-options.ts';
import {addRealtimeCommand} from './lines/realtime-line.ts';
import {addSecondPassCommand} from './lines/second-pass-line.ts';
import {addSessionsCommand} from './lines/sessions-line.ts';
import {concurrencyOptions, envFileOption} from './lines/shared-options.ts';
import {addSpeakersCommand} from './lines/speakers-line.ts';
import {addSupportCommand} from './lines/support-line.ts';
import {addTranscriptionOptions, givenOptions} from './lines/transcription-options.ts';
import {addUsageCommand} from './lines/usage-line.ts';
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

	envFileOption(program)
		.option('--demo', 'try it without an account: a service inside this program answers')
		.action(async () => {
			const [command] = program.args;
			if (command !== undefined) program.error(`error: there is no command '${command}' (see --help)`);
			const {tuiCommand} = await import('./tui.ts');
			end(await tuiCommand(program.opts(), givenOptions(program), streams));
		});
	addOutputOptions(program);
	for (const option of concurrencyOptions()) program.addOption(option);
	program.option('--no-record', 'keep no recording of live audio');
	program.option('--no-mouse', 'leave the mouse to the terminal');
	// The rest is set in the profile: the app's help shall fit a screen.
	addTranscriptionOptions(program, 'realtime', ({name}) => APP_OPTIONS.includes(name));

	const context: LineContext = {
		streams,
		end,
		withDemo: (flags) => ({...flags, ...(program.opts().demo === true && {demo: true})}),
	};
	for (const add of COMMANDS) add(program, context);
	return program;
}

const APP_OPTIONS = ['language', 'model', 'diarization', 'max_delay'];

/** In the order of the help. */
const COMMANDS = [
	addBatchCommand,
	addRealtimeCommand,
	addCompareCommand,
	addSessionsCommand,
	addHistoryCommand,
	addSecondPassCommand,
	addSpeakersCommand,
	addJobsCommand,
	addUsageCommand,
	addCaptionsCommand,
	addConfigCommand,
	addLoginCommands,
	addDevicesCommand,
	addDoctorCommand,
	addSupportCommand,
	addEmulatorCommand,
	addCompletionsCommand,
];

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
  SPEECHMATICS_API_KEY        the key of your account; "speechdeck login" keeps
                              it for you
  SPEECHMATICS_BATCH_URL      another batch service, such as
                              https://us1.asr.api.speechmatics.com/v2
  SPEECHMATICS_RT_URL         another realtime service, such as
                              wss://us.rt.speechmatics.com/v2
  SPEECHDECK_PROFILE          a profile in config.toml
  SPEECHDECK_KEYCHAIN=off     keep the key in a file, not in the keychain

Without an account:
  speechdeck batch FILE --demo
`;
