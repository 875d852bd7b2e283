import {Command, CommanderError} from 'commander';
import {EXIT, exitCodeOf, sentence} from '../../src/commands/failure.ts';
import {addCompareCommand} from '../../src/commands/lines/compare-line.ts';
import type {Streams} from '../../src/commands/streams.ts';

/** Runs a command line of `compare` alone. @returns the exit code */
export async function runCompare(args: readonly string[], streams: Streams): Promise<number> {
	let code: number = EXIT.ok;
	const program = new Command('speechdeck').exitOverride().configureOutput({
		writeOut: (text) => streams.out.write(text),
		writeErr: (text) => streams.err.write(text),
	});
	addCompareCommand(program, {
		streams,
		end: (exitCode) => {
			code = exitCode;
		},
		withDemo: (flags) => flags,
	});
	try {
		await program.parseAsync(['compare', ...args], {from: 'user'});
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
		streams.err.line(sentence(error));
		return exitCodeOf(error);
	}
}
