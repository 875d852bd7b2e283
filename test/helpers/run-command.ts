import {Writable} from 'node:stream';
import {runProgram} from '../../src/commands/program.ts';
import {OutputStream, type Streams} from '../../src/commands/streams.ts';
import type {Run} from './program.ts';

/** Both streams of a command, kept as text. */
export function keptStreams({terminal = false, columns = 80} = {}) {
	const keep = () => {
		let text = '';
		const stream = new Writable({
			write(chunk, _encoding, done) {
				text += chunk;
				done();
			},
		});
		return {output: new OutputStream(Object.assign(stream, {isTTY: terminal, columns})), text: () => text};
	};
	const [out, err] = [keep(), keep()];
	const streams: Streams = {out: out.output, err: err.output};
	return {streams, stdout: out.text, stderr: err.text};
}

/** Runs a command line inside this process. */
export async function runCommand(
	args: readonly string[],
	options: {terminal?: boolean; columns?: number} = {},
): Promise<Run> {
	const {streams, stdout, stderr} = keptStreams(options);
	const code = await runProgram(args, streams);
	return {code, stdout: stdout(), stderr: stderr()};
}
