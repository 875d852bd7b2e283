import {osc} from './control-sequences.ts';

/** How far the work is, for the terminal's tab, its taskbar or dock. */
export interface Progress {
	/** 0 to 1; `undefined` where it is not known. */
	readonly share: number | undefined;
	/** Something of it went wrong, or it waits for its user. Default: it goes well. */
	readonly state?: 'failing' | 'paused';
}

/** Milliseconds. Ghostty takes progress of which it hears nothing for 15 seconds for that of a program that is dead. */
const REPEATED_AFTER = 5000;

/** Source: ConEmu's OSC 9;4. */
const STATES = {none: 0, normal: 1, failing: 2, unknown: 3, paused: 4} as const;

/** Progress as OSC 9;4: written where something has changed, and now and then to say that it is still true. */
export class ProgressReport {
	readonly #write: (text: string) => void;
	readonly #now: () => number;
	#shown = '';
	#shownAt = 0;

	/** @param now milliseconds from an arbitrary start */
	constructor(write: (text: string) => void, now: () => number) {
		this.#write = write;
		this.#now = now;
	}

	/** @param progress `undefined` where nothing runs */
	show(progress: Progress | undefined): void {
		if (progress === undefined) {
			this.clear();
			return;
		}
		const command = commandOf(progress);
		if (command === this.#shown && this.#now() < this.#shownAt + REPEATED_AFTER) return;
		this.#shown = command;
		this.#shownAt = this.#now();
		this.#write(command);
	}

	clear(write = this.#write): void {
		if (this.#shown === '') return;
		this.#shown = '';
		write(osc(9, 4, STATES.none, 0));
	}
}

function commandOf({share, state}: Progress): string {
	const whole = state ?? (share === undefined ? 'unknown' : 'normal');
	return osc(9, 4, STATES[whole], Math.floor(Math.max(0, Math.min(1, share ?? 0)) * 100));
}
