/** Text into the clipboard of the person at the terminal, wherever this program runs. */
import {spawn} from 'node:child_process';
import {programPath} from './programs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ClipboardOptions {
	/** Writes to the terminal. */
	readonly write: (sequence: string) => void;
	readonly environment?: Environment;
	readonly system?: string;
	/** Where a program is, if it is there; for tests. */
	readonly find?: (name: string) => string | undefined;
	/** Gives a program a text to read; for tests. @returns whether it took it */
	readonly give?: (program: string, args: readonly string[], text: string) => Promise<boolean>;
}

export interface Copied {
	/** The program that has the text for certain; `undefined` where the terminal alone was asked, which never answers. */
	readonly by: string | undefined;
	/** False where it is more than most terminals take, and no program took it. */
	readonly isWhole: boolean;
}

/** Characters of base64 that are safe to send. Source: xterm and hterm stop at 100 000 with all around it, foot at more. */
const MOST = 74_994;
/** Bytes that GNU screen passes on at once. Source: its manual, "string escapes". */
const SCREEN_CHUNK = 700;

const ESCAPE = '\u001B';

/**
 * Copies by the terminal itself (OSC 52), which also works over SSH, and by a program of the system where there is one.
 *
 * @throws Error in one sentence where neither can be asked
 */
export async function copyText(text: string, options: ClipboardOptions): Promise<Copied> {
	const {write, environment = process.env, system = process.platform, give = giveTo} = options;
	const find = options.find ?? ((name: string) => programPath(name, environment.PATH, system));
	const encoded = Buffer.from(text).toString('base64');
	const takes = terminalTakes(environment);
	if (takes && encoded.length <= MOST) write(clipboardSequence(encoded, environment));
	for (const [name, ...args] of programsFor(environment, system)) {
		const program = find(name);
		if (program !== undefined && (await give(program, args, text))) return {by: name, isWhole: true};
	}
	if (!takes) throw new Error('Nothing here can copy: this terminal has no clipboard');
	return {by: undefined, isWhole: encoded.length <= MOST};
}

/** OSC 52, also in the wrapping with which tmux and GNU screen pass it on. @param encoded in base64 */
function clipboardSequence(encoded: string, {TMUX, STY}: Environment): string {
	const command = `${ESCAPE}]52;c;${encoded}\u0007`;
	// tmux takes the bare one where it may set the clipboard, and the wrapped one where programs may pass it by.
	if (TMUX) return `${command}${ESCAPE}Ptmux;${command.replaceAll(ESCAPE, ESCAPE + ESCAPE)}${ESCAPE}\\`;
	if (!STY) return command;
	const chunks = command.match(new RegExp(`[^]{1,${SCREEN_CHUNK}}`, 'g')) ?? [];
	return chunks.map((chunk) => `${ESCAPE}P${chunk}${ESCAPE}\\`).join('');
}

const terminalTakes = ({TERM}: Environment) => TERM !== 'dumb' && TERM !== 'linux';

type Program = readonly [name: string, ...args: string[]];

/** What may know the clipboard, the most certain first. */
function programsFor(environment: Environment, system: string): Program[] {
	const {WAYLAND_DISPLAY, DISPLAY, WSL_DISTRO_NAME, TMUX, SSH_CONNECTION} = environment;
	// The clipboard of a distant computer is not the one of the person.
	const isHere = !SSH_CONNECTION;
	const own: Program[] =
		system === 'darwin'
			? [['pbcopy']]
			: system === 'win32' || WSL_DISTRO_NAME
				? [['clip'], ['clip.exe']]
				: [
						...(WAYLAND_DISPLAY ? [['wl-copy'] as const] : []),
						...(DISPLAY ? [['xclip', '-selection', 'clipboard'] as const, ['xsel', '-ib'] as const] : []),
					];
	const multiplexer: Program = ['tmux', 'load-buffer', '-w', '-'];
	return [...(isHere ? own : []), ...(TMUX ? [multiplexer] : [])];
}

/** Milliseconds; a clipboard that does not answer must not keep anybody waiting. */
const PATIENCE = 2000;

/** Windows' own program takes nothing else but this machine's old code page. */
const bytesFor = (program: string, text: string) =>
	/\bclip(\.exe)?$/i.test(program) ? Buffer.from(`\uFEFF${text}`, 'utf16le') : Buffer.from(text);

function giveTo(program: string, args: readonly string[], text: string): Promise<boolean> {
	return new Promise((resolve) => {
		const child = spawn(program, args, {stdio: ['pipe', 'ignore', 'ignore'], timeout: PATIENCE});
		child.on('error', () => resolve(false));
		child.on('exit', (code) => resolve(code === 0));
		// It may end before it has read everything.
		child.stdin.on('error', () => {});
		child.stdin.end(bytesFor(program, text));
	});
}
