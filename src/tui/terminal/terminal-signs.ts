/** All that the app does to its terminal besides drawing: switched on, said, and undone in one place. */
import {writeSync} from 'node:fs';
import {type Clock, systemClock} from '../../speechmatics/clock.ts';
import {type Abilities, abilitiesOf} from './abilities.ts';
import {ASK_BACKGROUND, type Scheme, schemeOfReply} from './colour-scheme.ts';
import {MODE, modesOff, modesOn} from './control-sequences.ts';
import {EndNotice, type Notifying} from './end-notice.ts';
import {type Progress, ProgressReport} from './progress-report.ts';
import type {StdinHub} from './stdin-hub.ts';
import {WindowTitle} from './window-title.ts';

export interface SignSettings {
	/** Default: `notification`. */
	readonly notify?: Notifying | undefined;
	/** Whether title and taskbar tell how far the work is. Default: true. */
	readonly progress?: boolean | undefined;
	/** Default: true. */
	readonly mouse?: boolean | undefined;
	/** `auto`, the default, asks the terminal. */
	readonly theme?: 'auto' | Scheme | undefined;
}

export interface TerminalSignsOptions {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly settings: SignSettings;
	/** Default: to standard output, in order with what is drawn. */
	readonly write?: (text: string) => void;
	/** Default: to standard output at once, so that it gets out of a process that ends. */
	readonly writeNow?: (text: string) => void;
	readonly clock?: Clock;
	/** Is told when the terminal says whether it is dark or light. */
	readonly onScheme?: (scheme: Scheme) => void;
}

/** What the window shows to those who do not look into it. */
export interface Signs {
	readonly title: string;
	/** `undefined` where nothing runs. */
	readonly progress: Progress | undefined;
}

const MOUSE_MODES = [MODE.mouse, MODE.mouseInDigits] as const;

export class TerminalSigns {
	readonly #abilities: Abilities;
	readonly #settings: SignSettings;
	readonly #write: (text: string) => void;
	readonly #writeNow: (text: string) => void;
	readonly #onScheme: ((scheme: Scheme) => void) | undefined;
	readonly #title: WindowTitle;
	readonly #progress: ProgressReport;
	readonly #end: EndNotice;
	/** Switched on, to be switched off again. */
	#modes: readonly number[] = [];
	#isTaken = false;
	/** What was said last, to be said again after another program had the terminal. */
	#signs: Signs | undefined;
	#usesMouse: boolean;

	constructor(options: TerminalSignsOptions) {
		const {environment, settings, clock = systemClock, onScheme} = options;
		const {write = (text) => process.stdout.write(text), writeNow = writeAtOnce} = options;
		this.#abilities = abilitiesOf(environment);
		this.#settings = settings;
		this.#usesMouse = settings.mouse !== false;
		this.#write = write;
		this.#writeNow = writeNow;
		this.#onScheme = onScheme;
		this.#title = new WindowTitle(write, clock);
		this.#progress = new ProgressReport(write, () => clock.now());
		this.#end = new EndNotice({
			write,
			now: () => clock.now(),
			notifying: settings.notify ?? 'notification',
			notification: this.#abilities.notification,
		});
	}

	/** Switches on the mouse and the terminal's reports. Its answers come as keys: not before these are read. */
	take(): void {
		if (this.#isTaken) return;
		this.#isTaken = true;
		if (!this.#abilities.controls) return;
		this.#modes = [
			...(this.#usesMouse ? MOUSE_MODES : []),
			MODE.focus,
			...(this.#asksScheme ? [MODE.scheme] : []),
		];
		// What has changed in between, nobody has told us.
		this.#end.focused(undefined);
		const asks = this.#asksScheme && this.#abilities.commands ? ASK_BACKGROUND : '';
		this.#write(modesOn(...this.#modes) + asks);
		this.#show();
	}

	get usesMouse(): boolean {
		return this.#usesMouse;
	}

	/** Switches the mouse on or off, for who wants to select text. */
	useMouse(isUsed: boolean): void {
		if (isUsed === this.#usesMouse) return;
		this.#usesMouse = isUsed;
		if (!this.#isTaken || !this.#abilities.controls) return;
		const others = this.#modes.filter((mode) => !(MOUSE_MODES as readonly number[]).includes(mode));
		this.#modes = isUsed ? [...MOUSE_MODES, ...others] : others;
		this.#write(isUsed ? modesOn(...MOUSE_MODES) : modesOff(...MOUSE_MODES));
	}

	/**
	 * Listens to what the terminal reports, takes it whenever the program reads its keys, and gives it back before
	 * another program does.
	 *
	 * @returns a function that ends the listening
	 */
	follow(hub: Pick<StdinHub, 'onFocus' | 'onRawMode' | 'onReply'>): () => void {
		const ends = [
			hub.onRawMode((isRaw) => (isRaw ? this.take() : this.release())),
			hub.onFocus((hasFocus) => this.#end.focused(hasFocus)),
			hub.onReply((reply) => {
				const scheme = schemeOfReply(reply);
				if (scheme !== undefined && this.#asksScheme) this.#onScheme?.(scheme);
			}),
		];
		return () => {
			for (const end of ends) end();
		};
	}

	/** A key was pressed. */
	pressed(): void {
		this.#end.pressed();
	}

	/** Says how things are, at once or as soon as the terminal is ours; cheap where nothing has changed. */
	set(signs: Signs): void {
		this.#signs = signs;
		this.#show();
	}

	/**
	 * Is told, as often as it likes, whether a batch goes on; when a long one ends, so is the user.
	 *
	 * @param summary what has become of it, in a few words; asked for at the end
	 */
	working(isWorking: boolean, summary: () => string): void {
		this.#end.working(isWorking, summary);
	}

	/**
	 * Undoes all that was done: before another program gets the terminal, at the exit, after a crash. It is out when this
	 * returns. Called again, does nothing.
	 */
	release(): void {
		if (!this.#isTaken) return;
		this.#isTaken = false;
		let undone = modesOff(...this.#modes);
		const collect = (text: string) => {
			undone += text;
		};
		this.#modes = [];
		this.#progress.clear(collect);
		this.#title.restore(collect);
		if (undone !== '') this.#writeNow(undone);
	}

	#show(): void {
		if (this.#signs === undefined || !this.#isTaken || this.#settings.progress === false) return;
		if (this.#abilities.commands) this.#title.show(this.#signs.title);
		if (this.#abilities.progress) this.#progress.show(this.#signs.progress);
	}

	get #asksScheme(): boolean {
		return (this.#settings.theme ?? 'auto') === 'auto';
	}
}

/** How often a terminal that takes nothing at the moment is tried again. */
const ATTEMPTS = 1000;

/** Writes before it returns, as far as the terminal takes it. Never throws: there may be no terminal any more. */
function writeAtOnce(text: string): void {
	let rest = Buffer.from(text);
	for (let attempt = 0; attempt < ATTEMPTS && rest.length > 0; attempt++) {
		try {
			rest = rest.subarray(writeSync(1, rest));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
		}
	}
}
