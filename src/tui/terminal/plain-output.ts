import {Writable} from 'node:stream';
import {wrap} from '../../platform/width.ts';

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: taking them out is the purpose.
/** Control sequences: CSI, OSC, and those of two characters. */
const SEQUENCES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[ -/]*[0-~])/g;
/** What else moves the cursor. */
const CONTROLS = /[\u0000-\u0006\u0008\u000B-\u001F\u007F]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above.

/**
 * Output for a terminal that can do nothing but print, such as that of an editor (`TERM=dumb`): no sequence gets
 * through, and what is written at once is a paragraph of its own. Each sequence has to come whole.
 */
export class PlainOutput extends Writable {
	readonly isTTY = true;
	readonly #target: NodeJS.WriteStream;
	#last = '';

	constructor(target: NodeJS.WriteStream = process.stdout) {
		super({decodeStrings: false});
		this.#target = target;
		target.on('resize', () => this.emit('resize'));
	}

	get columns(): number {
		return this.#target.columns;
	}

	get rows(): number {
		return this.#target.rows;
	}

	override _write(
		chunk: string | Buffer,
		_encoding: BufferEncoding,
		done: (error?: Error | null) => void,
	): void {
		const text = chunk.toString().replace(SEQUENCES, '').replace(CONTROLS, '').trim();
		if (text === '' || text === this.#last) {
			done();
			return;
		}
		this.#last = text;
		// The terminal itself would break lines within a word.
		const rows = text.split('\n').flatMap((line) => wrap(line, (this.columns || 80) - 1));
		this.#target.write(`${rows.join('\n')}\n\n`, (error) => done(error));
	}
}
