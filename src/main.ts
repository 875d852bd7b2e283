/** The door: hands over to one command. Imports nothing that a command may not need. */
import {processStreams} from './commands/streams.ts';

if (process.argv[2] === '__capture') {
	const {runCaptureProcess} = await import('./audio/capture-process.ts');
	await runCaptureProcess(process.argv.slice(3));
} else {
	const {runProgram} = await import('./commands/program.ts');
	const streams = processStreams();
	const code = await runProgram(process.argv.slice(2), streams);
	await Promise.all([streams.out.flush(), streams.err.flush()]);
	// A microphone's process, a socket that waits for its close frame: nothing of it matters any more.
	process.exit(code);
}
