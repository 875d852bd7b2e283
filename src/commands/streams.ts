/** The three streams of a command. stdout is for results only; everything else goes to stderr. */
import type {Writable} from 'node:stream';

export class OutputStream {
	readonly isTerminal: boolean;
	readonly #stream: Writable & {isTTY?: boolean; columns?: number};
	#pending = 0;
	#broken = false;
	#onIdle: (() => void) | undefined;

	constructor(stream: Writable & {isTTY?: boolean; columns?: number}) {
		this.#stream = stream;
		this.isTerminal = stream.isTTY === true;
		// Nobody reads any more (`| head -1`): that is the reader's choice and no failure.
		stream.on('error', () => {
			this.#broken = true;
			this.#settle();
		});
	}

	get columns(): number {
		return this.#stream.columns ?? 80;
	}

	/** True once the reader is gone. */
	get isBroken(): boolean {
		return this.#broken;
	}

	write(text: string): void {
		if (this.#broken) return;
		this.#pending += 1;
		this.#stream.write(text, () => {
			this.#pending -= 1;
			this.#settle();
		});
	}

	line(text: string): void {
		this.write(`${text}\n`);
	}

	/** Resolves when all that was written has left: leaving earlier would cut a pipe's last lines. */
	flush(): Promise<void> {
		return new Promise((resolve) => {
			this.#onIdle = resolve;
			this.#settle();
		});
	}

	#settle(): void {
		if (this.#pending === 0 || this.#broken) this.#onIdle?.();
	}
}

export interface Streams {
	readonly out: OutputStream;
	readonly err: OutputStream;
}

export function processStreams(): Streams {
	return {out: new OutputStream(process.stdout), err: new OutputStream(process.stderr)};
}

/**
 * One event as a line of NDJSON. DEL, C1 controls and the Unicode line ends are escaped too: JSON allows them, but a
 * terminal obeys some and a line reader may split at others.
 */
export function ndjsonLine(event: object): string {
	return JSON.stringify(event).replace(
		/[\u007F-\u009F\u2028\u2029]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
