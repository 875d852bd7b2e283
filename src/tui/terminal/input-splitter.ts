/** What a terminal sends, told apart: keys, the mouse, the focus, and answers to what a program has asked it. */

/** Something done with the mouse. Columns and rows count from 0 at the top left. */
export interface MouseReport {
	readonly action: 'press' | 'release' | 'move' | 'wheelUp' | 'wheelDown';
	/** 0 left, 1 middle, 2 right; 3 where none is held. Of no meaning for the wheel. */
	readonly button: number;
	readonly column: number;
	readonly row: number;
}

export type InputPart =
	| {readonly type: 'keys'; readonly text: string}
	| {readonly type: 'mouse'; readonly report: MouseReport}
	/** Whether the keyboard has become the window's. */
	| {readonly type: 'focus'; readonly hasFocus: boolean}
	/** The body of an OSC or DCS answer, such as `11;rgb:1e1e/1e1e/2e2e`; of a private report, such as `?997;1n`. */
	| {readonly type: 'reply'; readonly text: string};

const ESCAPE = '\u001B';
const PASTE_START = `${ESCAPE}[200~`;
const PASTE_END = `${ESCAPE}[201~`;

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: terminals speak in control characters.
/** Source: xterm control sequences, "Extended coordinates", mode 1006. */
const MOUSE = /^\u001B\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])/;
const MOUSE_BEGUN = /^\u001B\[<[\d;]{0,16}$/;
/** Source: xterm control sequences, mode 1004. No key sends these. */
const FOCUS = /^\u001B\[([IO])/;
/** Source: DEC private device status reports. Reports on the keyboard end otherwise, and are for who reads keys. */
const REPORT = /^\u001B\[(\?[\d;]{1,16}n)/;
const REPORT_BEGUN = /^\u001B\[\?[\d;]{0,16}$/;
/** Answers begin with a number or a mark; Alt with `]` or `P`, which looks the same, is followed by nothing. */
const REPLY = /^\u001B(?:\]\d|P[\d>!])[^\u0000-\u001F\u007F]*(\u0007|\u001B\\)/;
const REPLY_BEGUN =
	/^\u001B(?:\](?:\d[^\u0000-\u001F\u007F]*\u001B?)?|P(?:[\d>!][^\u0000-\u001F\u007F]*\u001B?)?)$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above.

/**
 * Splits what a terminal sends, however it is cut into chunks. A sequence that has only begun is held until the next
 * chunk, or until `release`. What is pasted (bracketed) is keys from end to end, whatever it contains.
 */
export class InputSplitter {
	#held = '';
	#isPasting = false;

	/** What waits for its rest. */
	get held(): string {
		return this.#held;
	}

	push(text: string): InputPart[] {
		const parts: InputPart[] = [];
		let keys = '';
		let rest = this.#held + text;
		this.#held = '';
		const take = (length: number) => {
			keys += rest.slice(0, length);
			rest = rest.slice(length);
		};
		const report = (part: InputPart, length: number) => {
			if (keys !== '') parts.push({type: 'keys', text: keys});
			keys = '';
			parts.push(part);
			rest = rest.slice(length);
		};
		while (rest !== '') {
			if (this.#isPasting) {
				const end = rest.indexOf(PASTE_END);
				if (end === -1) {
					take(rest.length - overlap(rest, PASTE_END));
					break;
				}
				take(end + PASTE_END.length);
				this.#isPasting = false;
				continue;
			}
			const start = rest.indexOf(ESCAPE);
			take(start === -1 ? rest.length : start);
			if (hasBegun(rest)) break;
			const mouse = MOUSE.exec(rest);
			const focus = FOCUS.exec(rest);
			const answer = REPORT.exec(rest);
			const reply = REPLY.exec(rest);
			if (mouse !== null) report({type: 'mouse', report: mouseReport(mouse)}, mouse[0].length);
			else if (focus !== null) report({type: 'focus', hasFocus: focus[1] === 'I'}, focus[0].length);
			else if (answer !== null) report({type: 'reply', text: answer[1]!}, answer[0].length);
			else if (reply !== null)
				report({type: 'reply', text: reply[0].slice(2, -reply[1]!.length)}, reply[0].length);
			else {
				this.#isPasting = rest.startsWith(PASTE_START);
				take(this.#isPasting ? PASTE_START.length : 1);
			}
		}
		this.#held = rest;
		if (keys !== '') parts.push({type: 'keys', text: keys});
		return parts;
	}

	/** Gives up waiting. What was held becomes keys (Escape, Alt and a key), but never half a mouse report or answer. */
	release(): InputPart[] {
		// The end of a paste always comes.
		if (this.#isPasting) return [];
		const text = this.#held;
		this.#held = '';
		const isKeys = text !== '' && (text.length <= 2 || PASTE_START.startsWith(text));
		return isKeys ? [{type: 'keys', text}] : [];
	}

	/** Forgets what was held: somebody else has had the terminal in between. */
	reset(): void {
		this.#held = '';
		this.#isPasting = false;
	}
}

function hasBegun(text: string): boolean {
	if (text === '') return false;
	if (text !== PASTE_START && PASTE_START.startsWith(text)) return true;
	return MOUSE_BEGUN.test(text) || REPORT_BEGUN.test(text) || REPLY_BEGUN.test(text);
}

/** Source: xterm control sequences, "Mouse Tracking": 4, 8 and 16 are keys held, 32 is motion, 64 the wheel. */
function mouseReport([, code, column, row, end]: RegExpExecArray): MouseReport {
	const bits = Number(code);
	const action =
		bits & 64 ? (bits & 1 ? 'wheelDown' : 'wheelUp') : bits & 32 ? 'move' : end === 'M' ? 'press' : 'release';
	return {action, button: bits & 3, column: Number(column) - 1, row: Number(row) - 1};
}

/** How many characters at the end of `text` may be the beginning of `mark`. */
function overlap(text: string, mark: string): number {
	for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
		if (text.endsWith(mark.slice(0, length))) return length;
	}
	return 0;
}
