import type {Terminal} from '@xterm/headless';

/** The settings of a pseudo-terminal's line, as the kernel has them (termios). */
export interface LineSettings {
	readonly input: number;
	readonly output: number;
	readonly local: number;
	readonly control: number;
}

export function lineSettings(line: Bun.Terminal): LineSettings {
	return {
		input: line.inputFlags,
		output: line.outputFlags,
		local: line.localFlags,
		control: line.controlFlags,
	};
}

/** What a line is like before a program has touched it. Read of another one: a program may be quicker than we are. */
export function freshLineSettings(): LineSettings {
	const line = new Bun.Terminal({});
	const settings = lineSettings(line);
	line.close();
	return settings;
}

/** The bit of the local settings for reading in lines. */
const ICANON = process.platform === 'darwin' ? 0x100 : 0x2;

/** Whether input is passed on key by key. */
export function isRaw({local}: LineSettings): boolean {
	return (local & ICANON) === 0;
}

/** Follows what xterm does not tell: whether the cursor is shown, and the kitty keyboard protocol. */
export class TerminalState {
	cursorHidden = false;
	/** How many times the kitty protocol was asked for and not given back. */
	kittyKeyboard = 0;

	constructor(terminal: Terminal) {
		const follow = (prefix: string, final: string, seen: (parameters: (number | number[])[]) => void) =>
			terminal.parser.registerCsiHandler({prefix, final}, (parameters) => {
				seen(parameters);
				// xterm shall act on it too.
				return false;
			});
		follow('?', 'h', (modes) => {
			if (modes.includes(25)) this.cursorHidden = false;
		});
		follow('?', 'l', (modes) => {
			if (modes.includes(25)) this.cursorHidden = true;
		});
		follow('>', 'u', () => {
			this.kittyKeyboard += 1;
		});
		follow('<', 'u', ([count]) => {
			this.kittyKeyboard = Math.max(0, this.kittyKeyboard - Math.max(1, Number(count ?? 1)));
		});
	}
}

/**
 * What of a terminal is not as a program should leave it, in words.
 *
 * @param before the settings of the line when the program started
 */
export function leftovers(
	terminal: Terminal,
	state: TerminalState,
	before: LineSettings,
	now: LineSettings,
): string[] {
	const {modes} = terminal;
	const findings: Record<string, boolean> = {
		'the alternate screen': terminal.buffer.active.type === 'alternate',
		'a hidden cursor': state.cursorHidden,
		'bracketed paste': modes.bracketedPasteMode,
		'mouse reports': modes.mouseTrackingMode !== 'none',
		'focus reports': modes.sendFocusMode,
		'application cursor keys': modes.applicationCursorKeysMode,
		'synchronized output': modes.synchronizedOutputMode,
		'no line wrapping': !modes.wraparoundMode,
		'the kitty keyboard protocol': state.kittyKeyboard > 0,
	};
	for (const name of ['input', 'output', 'local', 'control'] as const)
		findings[`other ${name} settings (${before[name].toString(8)} became ${now[name].toString(8)})`] =
			before[name] !== now[name];
	return Object.keys(findings).filter((name) => findings[name]);
}
