/**
 * What happens while another program has the terminal. Everything here runs inside Ink's `suspendTerminal`, with a
 * `StdinHub` as Ink's stdin: so nothing of ours reads the terminal meanwhile.
 */
import {spawn} from 'node:child_process';
import {basename, resolve} from 'node:path';
import {printable} from '../../platform/printable.ts';
import {programPath} from '../../platform/programs.ts';

/** What the terminal sends to every program in its foreground, and is meant for the one that is shown. */
const KEYBOARD_SIGNALS = ['SIGINT', 'SIGQUIT'] as const;

/** How much later than the other program's end we may hear of the Ctrl-C that has ended it. Milliseconds. */
const LATE_SIGNAL = 100;

/** Longer than the system needs to stop a process after its signal. Milliseconds. */
const STOPPING = 200;

const ENTER_TO_GO_BACK = 'printf "\\n%s" "Press Enter to go back. "; read -r _';

/**
 * Runs a program in this terminal until it ends.
 *
 * @returns its exit code, or 1 where a signal ended it
 * @throws Error in one sentence where it cannot be started
 */
export async function runInTerminal(
	command: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
	const ignore = () => {};
	for (const signal of KEYBOARD_SIGNALS) process.on(signal, ignore);
	try {
		return await new Promise<number>((resolve, reject) => {
			const child = spawn(command, args, {stdio: 'inherit', env});
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		const reason = code === 'ENOENT' ? 'there is no such program' : message;
		throw new Error(`${printable(command)} could not be started: ${reason}.`, {cause: error});
	} finally {
		setTimeout(() => {
			for (const signal of KEYBOARD_SIGNALS) process.off(signal, ignore);
		}, LATE_SIGNAL).unref();
	}
}

/**
 * Shows a file in the user's $PAGER, or in less or more.
 *
 * @throws Error in one sentence where it cannot be started
 */
export async function openInPager(path: string): Promise<void> {
	const {command, args} = chosenProgram([process.env.PAGER], ['less', 'more']);
	// A user's LESS=F would end it at once where the text fits the screen.
	await runInTerminal(command, [...args, resolve(path)], {
		...process.env,
		LESS: `${process.env.LESS ?? ''} -+F`,
	});
	// These end at the end of the text, and its last page would be gone with them.
	if (/^(more|cat)$/.test(basename(command))) await runInTerminal('sh', ['-c', ENTER_TO_GO_BACK]);
}

/**
 * Opens a file in the user's $VISUAL or $EDITOR, or in nano or vi.
 *
 * @throws Error in one sentence where it cannot be started
 */
export async function openInEditor(path: string): Promise<void> {
	const {command, args} = chosenProgram([process.env.VISUAL, process.env.EDITOR], ['nano', 'vi']);
	await runInTerminal(command, [...args, resolve(path)]);
}

/**
 * Stops this process as Ctrl-Z does, together with those it was started through (`npx`, a script), so that the shell
 * takes the terminal.
 *
 * @returns a promise that resolves when the process goes on; soon, where there is no shell that could continue it
 */
export function suspendProcess(): Promise<void> {
	return new Promise((resolve) => {
		const proceed = () => {
			clearTimeout(timer);
			process.off('SIGCONT', proceed);
			resolve();
		};
		process.on('SIGCONT', proceed);
		// The system ignores the signal where nobody is there to continue the process, as in a terminal of its own.
		const timer = setTimeout(proceed, STOPPING);
		process.kill(0, 'SIGTSTP');
	});
}

/** What the user has chosen is not passed over silently; of the usual programs, the first that is there. */
function chosenProgram(
	chosen: ReadonlyArray<string | undefined>,
	usual: readonly [string, ...string[]],
): {command: string; args: string[]} {
	const there = usual.find((name) => programPath(name) !== undefined);
	const line = chosen.find((command) => command?.trim()) ?? there ?? usual[0];
	const [command = '', ...args] = line.trim().split(/\s+/);
	return {command, args};
}
