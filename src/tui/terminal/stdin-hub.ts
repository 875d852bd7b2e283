import {PassThrough} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {type InputPart, InputSplitter, type MouseReport} from './input-splitter.ts';

/** A terminal's input, such as process.stdin. */
export type TerminalInput = NodeJS.ReadableStream & {
	readonly isTTY?: boolean;
	setRawMode?(on: boolean): unknown;
	ref?(): unknown;
	unref?(): unknown;
};

/** How long Escape may be the beginning of something longer. Milliseconds. */
const KEY_PATIENCE = 25;
/** How long the rest of a sequence that no key sends may be on its way, over a slow line say. Milliseconds. */
const SEQUENCE_PATIENCE = 250;

/**
 * The terminal's input for a screen, in the place of process.stdin. The screen is its only reader, and it is not read
 * at all while raw mode is off: on Bun, a stdin that was handed from one reader to another goes deaf, or swallows keys
 * that were typed for another program. Mouse reports and the terminal's answers go to their own listeners.
 */
export class StdinHub extends PassThrough {
	readonly #source: TerminalInput;
	readonly #splitter = new InputSplitter();
	#decoder = new StringDecoder();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isRaw = false;

	constructor(source: TerminalInput = process.stdin) {
		super();
		this.#source = source;
	}

	get isTTY(): boolean {
		return this.#source.isTTY === true;
	}

	get isRaw(): boolean {
		return this.#isRaw;
	}

	/** Takes the terminal's input, or lets go of it altogether. */
	setRawMode(on: boolean): this {
		if (on === this.#isRaw) return this;
		this.#isRaw = on;
		if (on) {
			this.#source.setRawMode?.(true);
			this.#source.on('data', this.#onData);
			// Inquirer sets raw mode without it, on a stdin that Ink has unreferenced: the program would end at its prompt.
			this.#source.ref?.();
			this.#source.resume();
			this.emit('rawMode', true);
		} else {
			this.emit('rawMode', false);
			this.#source.off('data', this.#onData);
			this.#source.setRawMode?.(false);
			this.#source.pause();
			clearTimeout(this.#timer);
			this.#splitter.reset();
			this.#decoder = new StringDecoder();
		}
		return this;
	}

	ref(): this {
		this.#source.ref?.();
		return this;
	}

	unref(): this {
		this.#source.unref?.();
		return this;
	}

	/** @returns a function that ends the listening */
	onMouse(listener: (report: MouseReport) => void): () => void {
		return this.#listen('mouse', listener);
	}

	/**
	 * @param listener gets whether the terminal is this program's now: before it is let go of, after it is taken
	 * @returns a function that ends the listening
	 */
	onRawMode(listener: (isRaw: boolean) => void): () => void {
		return this.#listen('rawMode', listener);
	}

	/** @param listener gets whether the keyboard has become the window's @returns a function that ends the listening */
	onFocus(listener: (hasFocus: boolean) => void): () => void {
		return this.#listen('focus', listener);
	}

	/**
	 * Listens to the terminal's answers and reports (OSC, DCS, private CSI).
	 *
	 * @param listener gets the answer's body, such as `11;rgb:1e1e/1e1e/2e2e` or `?997;1n`
	 * @returns a function that ends the listening
	 */
	onReply(listener: (text: string) => void): () => void {
		return this.#listen('reply', listener);
	}

	#listen<Heard>(event: string, listener: (heard: Heard) => void): () => void {
		this.on(event, listener);
		return () => this.off(event, listener);
	}

	#onData = (chunk: Buffer | string) => {
		clearTimeout(this.#timer);
		this.#pass(this.#splitter.push(typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)));
		const {held} = this.#splitter;
		if (held === '') return;
		const patience = held.length <= 2 ? KEY_PATIENCE : SEQUENCE_PATIENCE;
		this.#timer = setTimeout(() => this.#pass(this.#splitter.release()), patience);
	};

	#pass(parts: readonly InputPart[]): void {
		for (const part of parts) {
			if (part.type === 'keys') this.write(part.text);
			else if (part.type === 'mouse') this.emit('mouse', part.report);
			else if (part.type === 'focus') this.emit('focus', part.hasFocus);
			else this.emit('reply', part.text);
		}
	}
}
