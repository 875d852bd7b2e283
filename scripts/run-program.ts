import {spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {constants} from 'node:os';

/** Two signals of one kind within this time are one request that reached us by two ways. Milliseconds. */
const SAME_REQUEST = 500;

/**
 * Runs a program in this process's place: its streams are ours, signals reach it, and when it ends we end with its code.
 *
 * A signal must reach it once: a second Ctrl-C means "leave at once". In a terminal Ctrl-C and a hang-up reach the whole
 * foreground group, the program included, and package runners pass them on to us on top of that; so those are left to the
 * terminal. Without a terminal the program has a group of its own, and everything it gets comes from here.
 */
export function runProgram(command: string, args: readonly string[]): void {
	const terminal = hasTerminal();
	const child = spawn(command, args, {stdio: 'inherit', detached: !terminal});
	const lastSent = new Map<NodeJS.Signals, number>();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (terminal && signal !== 'SIGTERM') return;
			const now = performance.now();
			if (now - (lastSent.get(signal) ?? Number.NEGATIVE_INFINITY) < SAME_REQUEST) return;
			lastSent.set(signal, now);
			child.kill(signal);
		});
	}
	child.on('error', (error) => {
		process.stderr.write(`${command} could not be started: ${error.message}\n`);
		process.exit(1);
	});
	child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
}

function hasTerminal(): boolean {
	try {
		closeSync(openSync('/dev/tty', 'r'));
		return true;
	} catch {
		return false;
	}
}
