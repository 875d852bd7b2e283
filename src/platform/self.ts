import {fileURLToPath} from 'node:url';
import {compiled} from './embedded.ts';

/** A program and its arguments, ready to be spawned. */
export interface Command {
	readonly command: string;
	readonly args: readonly string[];
}

/**
 * How to start this same program again with other arguments: the compiled executable itself, or the runtime with
 * src/main.ts.
 */
export function selfCommand(args: readonly string[]): Command {
	if (compiled) return {command: process.execPath, args};
	const runtimeArguments = 'Deno' in globalThis ? ['run', '-A'] : [];
	const main = fileURLToPath(new URL('../main.ts', import.meta.url));
	return {command: process.execPath, args: [...runtimeArguments, main, ...args]};
}
