import type {Terminal} from '@xterm/headless';
import xterm from '@xterm/headless';
import {type Cell, readCells} from './cells.ts';
import {keyBytes} from './keys.ts';
import {
	freshLineSettings,
	isRaw,
	type LineSettings,
	leftovers,
	lineSettings,
	TerminalState,
} from './terminal-state.ts';
import {MODERN_WIDTHS} from './widths.ts';

/** How long a screen is waited for. Milliseconds. */
const PATIENCE = 10_000;

export interface TerminalOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
	/** Besides PATH and what describes the terminal; nothing else of this environment reaches the program. */
	readonly env?: Readonly<Record<string, string>>;
}

/** What a screen is waited to be: a text somewhere on it, a pattern, or anything else one can say about it. */
export type ScreenCondition = string | RegExp | ((screen: string) => boolean);

interface Waiter {
	readonly met: (screen: string) => boolean;
	readonly resolve: (screen: string) => void;
	readonly reject: (why: string) => void;
}

/**
 * A program in a real pseudo-terminal, and the screen a person would see.
 *
 * The program leads the session, as one that a terminal window starts; it cannot be stopped with Ctrl-Z then. To test
 * that, start an interactive shell and type the command.
 */
export class TestTerminal implements AsyncDisposable {
	/** The exit code, once the program has ended and all its output is on the screen. */
	readonly exited: Promise<number>;
	/** When the program was started, by `performance.now()`. */
	readonly startedAt: number;
	/** How much the program has written so far. */
	bytesReceived = 0;

	readonly #screen: Terminal;
	readonly #state: TerminalState;
	readonly #child: Bun.Subprocess;
	readonly #settingsBefore: LineSettings;
	readonly #waiters = new Set<Waiter>();
	readonly #command: string;
	#ended: string | undefined;

	private constructor(command: readonly string[], {columns = 80, rows = 24, cwd, env}: TerminalOptions) {
		this.#command = command.join(' ');
		this.#screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 10_000});
		this.#screen.unicode.register(MODERN_WIDTHS);
		this.#screen.unicode.activeVersion = MODERN_WIDTHS.version;
		this.#state = new TerminalState(this.#screen);
		const endOfOutput = Promise.withResolvers<void>();
		this.#settingsBefore = freshLineSettings();
		this.startedAt = performance.now();
		this.#child = Bun.spawn([...command], {
			cwd,
			env: {
				PATH: process.env.PATH ?? '',
				TERM: 'xterm-256color',
				LANG: 'C.UTF-8',
				TZ: 'UTC',
				...env,
			},
			terminal: {
				cols: columns,
				rows,
				data: (_, data) => this.#receive(data),
				exit: () => endOfOutput.resolve(),
			},
		});
		this.#screen.onData((answer) => this.type(answer));
		this.exited = this.#end(endOfOutput.promise);
	}

	static start(command: readonly string[], options: TerminalOptions = {}): TestTerminal {
		return new TestTerminal(command, options);
	}

	get pid(): number {
		return this.#child.pid;
	}

	get columns(): number {
		return this.#screen.cols;
	}

	get rows(): number {
		return this.#screen.rows;
	}

	/** Sends text as if typed, all at once. */
	type(text: string): void {
		if (this.#ended === undefined) this.#line.write(text);
	}

	/** Presses keys by name; see {@link keyBytes}. A key pressed right after `escape` is read as Alt and that key. */
	press(...keys: readonly string[]): void {
		for (const key of keys) this.type(keyBytes(key, this.modes.applicationCursorKeysMode));
	}

	/** Pastes as a terminal does: marked as pasted if the program has asked for that, with Enter as the line end. */
	paste(text: string): void {
		const lines = text.replace(/\r?\n/g, '\r');
		this.type(this.modes.bracketedPasteMode ? `\x1b[200~${lines}\x1b[201~` : lines);
	}

	/** Changes the size of the window, which the program is told by SIGWINCH. */
	resize(columns: number, rows: number): void {
		this.#screen.resize(columns, rows);
		this.#line.resize(columns, rows);
	}

	/** The rows as text, without blanks at the ends of rows. */
	screen(): string {
		const {active} = this.#screen.buffer;
		return Array.from(
			{length: this.rows},
			(_, y) =>
				active
					.getLine(active.baseY + y)
					?.translateToString(true)
					.trimEnd() ?? '',
		).join('\n');
	}

	/** A row, the first being 0; counted from the end when negative. */
	line(row: number): string {
		return this.screen().split('\n').at(row) ?? '';
	}

	cells(): Cell[][] {
		return readCells(this.#screen);
	}

	/** Column and row, from 0. */
	get cursor(): {column: number; row: number} {
		const {cursorX, cursorY} = this.#screen.buffer.active;
		return {column: cursorX, row: cursorY};
	}

	get isAlternateScreen(): boolean {
		return this.#screen.buffer.active.type === 'alternate';
	}

	get cursorHidden(): boolean {
		return this.#state.cursorHidden;
	}

	get modes(): Terminal['modes'] {
		return this.#screen.modes;
	}

	/** Whether keys reach the program one by one and unseen. */
	get isRaw(): boolean {
		return isRaw(lineSettings(this.#line));
	}

	/** What the terminal is not as it was found in, in words; empty when everything was put back. */
	leftovers(): string[] {
		return leftovers(this.#screen, this.#state, this.#settingsBefore, lineSettings(this.#line));
	}

	/**
	 * Waits until the screen is so, looking after each output that completes a frame.
	 *
	 * @returns the screen
	 * @throws after `timeout` milliseconds, or when the program ends before
	 */
	waitFor(condition: ScreenCondition, {timeout = PATIENCE} = {}): Promise<string> {
		return this.#wait(predicate(condition), `waited for ${describe(condition)}`, timeout);
	}

	/** Waits until the screen is no longer so. */
	waitGone(condition: ScreenCondition, {timeout = PATIENCE} = {}): Promise<string> {
		const met = predicate(condition);
		return this.#wait((screen) => !met(screen), `waited for ${describe(condition)} to go`, timeout);
	}

	/** Waits for the next output that completes a frame. @returns whether one came within `timeout` milliseconds */
	async nextFrame(timeout: number): Promise<boolean> {
		let looks = 0;
		// The first look is at what is there already.
		const met = () => looks++ > 0;
		return this.#wait(met, 'waited for output', timeout).then(
			() => true,
			() => false,
		);
	}

	kill(signal: NodeJS.Signals = 'SIGTERM'): void {
		this.#child.kill(signal);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#ended === undefined) this.kill('SIGKILL');
		await this.exited;
		this.#line.close();
		this.#screen.dispose();
	}

	get #line(): Bun.Terminal {
		return this.#child.terminal!;
	}

	#receive(data: Uint8Array): void {
		this.bytesReceived += data.length;
		this.#screen.write(data.slice(), () => {
			// Between the marks of synchronized output no person sees the screen.
			if (!this.modes.synchronizedOutputMode) this.#look();
		});
	}

	async #end(endOfOutput: Promise<void>): Promise<number> {
		const [code] = await Promise.all([this.#child.exited, endOfOutput]);
		await new Promise<void>((resolve) => this.#screen.write('', resolve));
		this.#ended = `the program ended with code ${code}`;
		this.#look();
		for (const waiter of this.#waiters) waiter.reject(this.#ended);
		return code;
	}

	#look(): void {
		const screen = this.screen();
		for (const {met, resolve} of this.#waiters) if (met(screen)) resolve(screen);
	}

	#wait(met: (screen: string) => boolean, what: string, timeout: number): Promise<string> {
		const now = this.screen();
		if (met(now)) return Promise.resolve(now);
		const {promise, resolve, reject} = Promise.withResolvers<string>();
		const settle = () => {
			clearTimeout(timer);
			this.#waiters.delete(waiter);
		};
		const waiter: Waiter = {
			met,
			resolve: (screen) => {
				settle();
				resolve(screen);
			},
			reject: (why) => {
				settle();
				const rule = '─'.repeat(this.columns);
				reject(new Error(`${this.#command}: ${what}, but ${why}.\n${rule}\n${this.screen()}\n${rule}`));
			},
		};
		const timer = setTimeout(() => waiter.reject(`it did not come within ${timeout} ms`), timeout);
		this.#waiters.add(waiter);
		if (this.#ended !== undefined) waiter.reject(this.#ended);
		return promise;
	}
}

function predicate(condition: ScreenCondition): (screen: string) => boolean {
	if (typeof condition === 'function') return condition;
	if (typeof condition === 'string') return (screen) => screen.includes(condition);
	return (screen) => screen.search(condition) !== -1;
}

function describe(condition: ScreenCondition): string {
	return typeof condition === 'function' ? 'a condition' : JSON.stringify(String(condition));
}
