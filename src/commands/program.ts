/** The command line: what can be asked for, and which file answers. Commands are imported only when they run. */
import {readFileSync} from 'node:fs';
import {parseEnv} from 'node:util';
import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {OUTPUT_FORMATS, type OutputFormat} from '../captions/render.ts';
import {type FaultInput, parseFault} from '../emulator/faults.ts';
import {VERSION} from '../platform/version.ts';
import {
	BATCH_DIARIZATION,
	DEFAULT_LANGUAGE,
	DEFAULT_MODEL,
	REALTIME_DIARIZATION,
} from '../speechmatics/config.ts';
import {EXIT, exitCodeOf, sentence, UsageError} from './failure.ts';
import type {Streams} from './streams.ts';

/** Recordings under way at once, by default: enough to hide each other's uploads, few enough for any account. */
const DEFAULT_CONCURRENCY = 4;
/** Seconds from a word to its final. Source: docs, "Realtime output": 2 s costs about 1 % accuracy. */
const DEFAULT_MAX_DELAY = 2;

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

function commandLine(streams: Streams, end: (exitCode: number) => void): Command {
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

	/** `--demo` counts before the command too. */
	const withDemo = <Flags extends {demo?: boolean}>(flags: Flags): Flags => ({
		...flags,
		...(program.opts().demo === true && {demo: true}),
	});

	sharedOptions(program.command('batch').description('transcribe recordings'))
		.argument('<paths...>', 'recordings, or folders of them')
		.addOption(formatOption())
		.option('--output-dir <dir>', 'where the transcripts go (default: beside each recording)')
		.option('--output <->', 'print the transcript of a single recording')
		.addOption(diarizationOption(BATCH_DIARIZATION, 'speaker'))
		.addOption(concurrencyOption())
		.action(async (paths, flags) => {
			const {batchCommand} = await import('./batch.ts');
			end(await batchCommand(paths, withDemo(flags), streams));
		});

	sharedOptions(program.command('realtime').description('caption live speech, or stream a recording'))
		.option('--source <source>', 'mic, a file, or - for stdin (WAV, or raw 16 kHz mono s16le)', 'mic')
		.option('--device <name>', 'which microphone (see: speechdeck devices)')
		.addOption(
			new Option('--pace <pace>', 'send a file at its own speed, or as fast as it goes')
				.choices(['1', 'max'])
				.default('1'),
		)
		.option('--output-dir <dir>', 'where the transcript goes (default: the data folder)')
		.addOption(diarizationOption(REALTIME_DIARIZATION, 'none'))
		.addOption(maxDelayOption())
		.action(async (flags) => {
			const {realtimeCommand} = await import('./realtime.ts');
			end(await realtimeCommand(withDemo(flags), streams));
		});

	program
		.command('devices')
		.description('list the microphones')
		.option('--json', 'as a JSON array')
		.action(async (flags) => {
			const {devicesCommand} = await import('./devices.ts');
			end(await devicesCommand(flags, streams));
		});

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
			const {emulatorCommand} = await import('./emulator.ts');
			end(await emulatorCommand(flags, streams));
		});

	return program;
}

/** What every command that transcribes has. */
function sharedOptions(command: Command): Command {
	return serviceOptions(command).option('--json', 'events on stdout, one JSON object a line');
}

function serviceOptions(command: Command): Command {
	return envFileOption(command)
		.option('--language <code>', 'language of the speech', DEFAULT_LANGUAGE)
		.option('--model <name>', 'standard or enhanced', DEFAULT_MODEL)
		.option('--demo', 'try it without an account: a service inside this program answers');
}

function envFileOption(command: Command): Command {
	return command.option('--env-file <path>', 'read variables such as SPEECHMATICS_API_KEY from a file');
}

function formatOption(): Option {
	return new Option('--format <list>', `comma-separated: ${OUTPUT_FORMATS.join(', ')}`)
		.argParser(formats)
		.default(['txt'], 'txt');
}

function concurrencyOption(): Option {
	return new Option('--concurrency <n>', 'recordings under way at once')
		.argParser(count)
		.default(DEFAULT_CONCURRENCY);
}

function maxDelayOption(): Option {
	return new Option('--max-delay <seconds>', 'from a word to its final, 0.7 to 4')
		.argParser(delay)
		.default(DEFAULT_MAX_DELAY);
}

function diarizationOption(choices: readonly string[], fallback: string): Option {
	return new Option('--diarization <mode>', 'tell voices apart').choices(choices).default(fallback);
}

function formats(list: string): OutputFormat[] {
	const names = list.split(',').map((name) => name.trim());
	const unknown = names.find((name) => !(OUTPUT_FORMATS as readonly string[]).includes(name));
	if (unknown !== undefined) {
		throw new InvalidArgumentError(`"${unknown}" is none of ${OUTPUT_FORMATS.join(', ')}.`);
	}
	return [...new Set(names)] as OutputFormat[];
}

function count(text: string): number {
	if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
	return Number(text);
}

function fault(text: string, before: readonly FaultInput[]): readonly FaultInput[] {
	try {
		return [...before, parseFault(text)];
	} catch (error) {
		throw new InvalidArgumentError((error as Error).message);
	}
}

function port(text: string): number {
	if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
	return Number(text);
}

function delay(text: string): number {
	const seconds = Number(text);
	if (!(seconds >= 0.7 && seconds <= 4)) throw new InvalidArgumentError('It must be from 0.7 to 4 seconds.');
	return seconds;
}

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
