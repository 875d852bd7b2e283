import {printable} from '../platform/printable.ts';
import {clip} from '../platform/width.ts';
import type {OutputStream} from './streams.ts';

/** One line at the bottom of a terminal that is rewritten in place. Elsewhere it does not exist. */
export class StatusLine {
	readonly #stream: OutputStream;
	#drawn = false;

	constructor(stream: OutputStream) {
		this.#stream = stream;
	}

	/** Shows `text`, cut to the width, so that it never wraps and never leaves a rest behind. */
	draw(text: string, {keep = 'start'}: {keep?: 'start' | 'end'} = {}): void {
		if (!this.#stream.isTerminal) return;
		const line = clip(printable(text), this.#stream.columns - 1, keep);
		this.#stream.write(`\r\u001B[2K${line}`);
		this.#drawn = true;
	}

	clear(): void {
		if (!this.#drawn) return;
		this.#stream.write('\r\u001B[2K');
		this.#drawn = false;
	}

	/** Writes a line that stays, above the status. */
	above(text: string): void {
		this.clear();
		this.#stream.line(text);
	}
}
