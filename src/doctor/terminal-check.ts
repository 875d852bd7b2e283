/** What the terminal can show, as far as it tells without being asked. */
import {isUtf8Locale} from '../platform/locale.ts';
import type {Environment} from '../settings/settings.ts';
import type {Check, Finding} from './check.ts';
import {type RunProgram, runToEnd} from './ffmpeg-check.ts';

/** The terminal of this process, and what only a screen can find out. */
export interface TerminalFacts {
	/** True where somebody can press keys, and where somebody sees what is written. */
	readonly input: boolean;
	readonly output: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Whether it tells when a key is let go (kitty's keyboard protocol); undefined where it was not asked. */
	readonly keyReleases?: boolean;
	/** Whether it tells of the mouse; undefined where it was not asked. */
	readonly mouse?: boolean;
}

/** The terminal of this process, which is asked nothing. */
export function processTerminal(): TerminalFacts {
	const {stdin, stdout} = process;
	return {
		input: stdin.isTTY === true,
		output: stdout.isTTY === true,
		columns: stdout.columns ?? 0,
		rows: stdout.rows ?? 0,
	};
}

/** The least the app is made for: below this there is no room for a screen that is of use. */
export const LEAST_WINDOW = {columns: 40, rows: 10};

export function terminalCheck(
	environment: Environment,
	terminal: TerminalFacts = processTerminal(),
	{run = runToEnd, system = process.platform}: {run?: RunProgram; system?: string} = {},
): Check {
	const look = async (signal: AbortSignal): Promise<Finding> => {
		const {input, output, columns, rows} = terminal;
		if (!output || !input) {
			const which = output ? 'input' : 'output';
			return {state: 'skipped', facts: `none: the ${which} is a file or a pipe, so the app cannot open here`};
		}
		const facts = [
			`${columns}x${rows}`,
			isUtf8Locale(environment, system) ? 'UTF-8' : 'no UTF-8',
			coloursOf(environment, system),
			told('key releases', terminal.keyReleases),
			told('mouse', terminal.mouse),
		].filter((fact) => fact !== undefined);
		const {TERM} = environment;
		const warn = (remedy: string, ...more: string[]): Finding => ({
			state: 'warn',
			facts: [...facts, ...more].join(', '),
			remedy,
		});
		if (system !== 'win32' && (!TERM || TERM === 'dumb')) {
			return warn('Set TERM to what your terminal is, such as TERM=xterm-256color.', `TERM=${TERM ?? ''}`);
		}
		if (!isUtf8Locale(environment, system)) {
			const variable = ['LC_ALL', 'LC_CTYPE'].find((name) => environment[name]) ?? 'LANG';
			return warn(`Set ${variable} to a UTF-8 locale, such as ${variable}=C.UTF-8, to see all signs.`);
		}
		if (columns < LEAST_WINDOW.columns || rows < LEAST_WINDOW.rows) {
			return warn(
				`Make the window larger: the app wants at least ${LEAST_WINDOW.columns}x${LEAST_WINDOW.rows}.`,
			);
		}
		if (environment.TMUX && !(await tmuxCopies(run, signal))) {
			return warn(
				'Run "tmux set -s set-clipboard on", and put "set -s set-clipboard on" into ~/.tmux.conf: without it, copying does not reach the clipboard.',
				'tmux',
			);
		}
		return {state: 'ok', facts: [...facts, ...(environment.TMUX ? ['tmux'] : [])].join(', ')};
	};
	return {id: 'terminal', title: 'Terminal', late: 'Check whether tmux answers.', run: look};
}

/** Only with `on` does tmux take what a program copies (OSC 52). Source: tmux(1), set-clipboard. */
async function tmuxCopies(run: RunProgram, signal: AbortSignal): Promise<boolean> {
	const answer = await run('tmux', ['show-options', '-sv', 'set-clipboard'], signal).catch(() => 'on');
	return answer.trim() === 'on';
}

function told(what: string, value: boolean | undefined): string | undefined {
	return value === undefined ? undefined : value ? what : `no ${what}`;
}

function coloursOf({NO_COLOR, COLORTERM, TERM = ''}: Environment, system: string): string {
	if (NO_COLOR) return 'no colours (NO_COLOR)';
	if (TERM === 'dumb') return 'no colours';
	if (/^(truecolor|24bit)$/.test(COLORTERM ?? '') || /-direct$/.test(TERM)) return '16 million colours';
	return /256/.test(TERM) || system === 'win32' ? '256 colours' : '16 colours';
}
