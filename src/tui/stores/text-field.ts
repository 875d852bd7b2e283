/** One line of text as it is typed: what every terminal user's fingers know. */
import {createStore} from 'zustand/vanilla';
import {printable} from '../../platform/printable.ts';
import {charactersOf} from '../../platform/width.ts';

export interface TextState {
	readonly text: string;
	/** Characters, as a person counts them, before the cursor. */
	readonly cursor: number;
}

/** More is no value of anything, and each key would cost the time to count it. UTF-16 units. */
const MOST = 10_000;

type Edit = (before: string[], after: string[]) => readonly [before: string[], after: string[]];

/** By the names of `keyNames`. */
const EDITS: Readonly<Record<string, Edit>> = {
	left: (before, after) => [before.slice(0, -1), [...before.slice(-1), ...after]],
	right: (before, after) => [[...before, ...after.slice(0, 1)], after.slice(1)],
	home: (before, after) => [[], [...before, ...after]],
	end: (before, after) => [[...before, ...after], []],
	backspace: (before, after) => [before.slice(0, -1), after],
	delete: (before, after) => [before, after.slice(1)],
	'ctrl+a': (before, after) => [[], [...before, ...after]],
	'ctrl+e': (before, after) => [[...before, ...after], []],
	'ctrl+u': (_before, after) => [[], after],
	'ctrl+k': (before) => [before, []],
	'ctrl+w': (before, after) => [charactersOf(before.join('').replace(/\S*\s*$/, '')), after],
};

export class TextField {
	readonly store = createStore<TextState>(() => ({text: '', cursor: 0}));

	constructor(text = '') {
		this.set(text);
	}

	get text(): string {
		return this.store.getState().text;
	}

	/** The text before the cursor, the character under it (none at the end), and what comes after. */
	get parts(): readonly [before: string, under: string | undefined, after: string] {
		const [before, [under, ...after]] = this.#around;
		return [before.join(''), under, after.join('')];
	}

	/** Replaces all of it; the cursor goes to its end. */
	set(text: string): void {
		const line = inOneLine(text);
		this.store.setState({text: line, cursor: charactersOf(line).length});
	}

	/** Inserts what was pasted. @returns false where it is too much, and nothing was inserted */
	insert(text: string): boolean {
		if (this.text.length + text.length > MOST) return false;
		this.#edit((before, after) => [[...before, inOneLine(text)], after]);
		return true;
	}

	/**
	 * @param key as in `keyNames`
	 * @returns false where it is no text and edits none
	 */
	take(key: string): boolean {
		const edit = EDITS[key];
		if (edit !== undefined) this.#edit(edit);
		else if (key === 'space') this.insert(' ');
		else if (charactersOf(key).length === 1 && inOneLine(key) !== '') this.insert(key);
		else return false;
		return true;
	}

	get #around(): readonly [before: string[], after: string[]] {
		const {text, cursor} = this.store.getState();
		const characters = charactersOf(text);
		return [characters.slice(0, cursor), characters.slice(cursor)];
	}

	#edit(edit: Edit): void {
		const [before, after] = edit(...this.#around);
		const start = before.join('');
		this.store.setState({text: start + after.join(''), cursor: charactersOf(start).length});
	}
}

const inOneLine = (text: string) => printable(text.replace(/[\r\n\t]+/g, ' '));
