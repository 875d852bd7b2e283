/** A list of options with their values, each changed in its place: settings, or what is asked of the next jobs. */
import {createStore} from 'zustand/vanilla';
import {messageOf} from '../../platform/message-of.ts';
import {TextField} from '../stores/text-field.ts';

export interface SheetRow {
	/** Unique in its sheet. */
	readonly name: string;
	readonly label: string;
	readonly description: string;
	/** What it may be, where that is not just anything. */
	readonly choices: readonly string[];
	/** As a person would type it; `undefined` where it is not set. */
	readonly value: string | undefined;
	/** What counts where it is not set, as far as that is known. */
	readonly fallback?: string | undefined;
	/** Where the value comes from, such as `config.toml line 7`. */
	readonly origin: string;
	/** Why it cannot be changed here. */
	readonly locked?: string | undefined;
	/** Why it cannot be taken away here, though it can be changed. */
	readonly kept?: string | undefined;
}

export interface SheetGroup {
	readonly title: string;
	readonly rows: readonly SheetRow[];
}

/** Where the options are kept. */
export interface SheetSource {
	groups(): readonly SheetGroup[];
	/** @returns what there is to say, such as from when on it counts. @throws with a sentence why it may not be so */
	set(name: string, text: string): Promise<string | undefined>;
	/** Back to what counts without it. @throws with a sentence */
	unset(name: string): Promise<string | undefined>;
}

export interface OptionSheetState {
	readonly groups: readonly SheetGroup[];
	/** Index among all rows. */
	readonly cursor: number;
	/** True while a value is typed. */
	readonly editing: boolean;
	/** Why the value that was given cannot be. */
	readonly problem: string | undefined;
	/** What there is to say of the last change. */
	readonly told: string | undefined;
}

export class OptionSheet {
	readonly store;
	readonly field = new TextField();
	readonly #source: SheetSource;
	/** One change after the other: each begins with what the one before has left. */
	#changed: Promise<unknown> = Promise.resolve();

	constructor(source: SheetSource) {
		this.#source = source;
		this.store = createStore<OptionSheetState>(() => ({
			groups: source.groups(),
			cursor: 0,
			editing: false,
			problem: undefined,
			told: undefined,
		}));
	}

	get rows(): readonly SheetRow[] {
		return this.store.getState().groups.flatMap(({rows}) => rows);
	}

	get selected(): SheetRow | undefined {
		return this.rows[this.store.getState().cursor];
	}

	/** Reads all values again. The cursor stays on its option, though others come and go. */
	reload(): void {
		const groups = this.#source.groups();
		const rows = groups.flatMap((group) => group.rows);
		const found = rows.findIndex(({name}) => name === this.selected?.name);
		this.store.setState(({cursor}) => ({
			groups,
			cursor: found === -1 ? Math.max(0, Math.min(cursor, rows.length - 1)) : found,
		}));
	}

	moveTo(place: (cursor: number, last: number) => number): void {
		const last = Math.max(0, this.rows.length - 1);
		this.store.setState(({cursor}) => ({
			cursor: Math.max(0, Math.min(last, place(cursor, last))),
			// What was being typed was for another option.
			editing: false,
			problem: undefined,
			told: undefined,
		}));
	}

	/** To the first option of the next group, or of the one before. */
	moveGroup(by: 1 | -1): void {
		const {groups, cursor} = this.store.getState();
		let first = 0;
		const firsts = groups.map(({rows}) => {
			const at = first;
			first += rows.length;
			return at;
		});
		const next = by === 1 ? firsts.find((at) => at > cursor) : firsts.findLast((at) => at < cursor);
		if (next !== undefined) this.moveTo(() => next);
	}

	/** Goes on to the next choice, or begins to type the value. */
	edit(): void {
		const row = this.selected;
		if (row === undefined || row.locked !== undefined) return;
		if (row.choices.length > 0) return void this.choose(1);
		this.field.set(textOf(row));
		this.store.setState({editing: true, problem: undefined, told: undefined});
	}

	/** To the next or previous of the choices; around the ends. */
	async choose(by: 1 | -1): Promise<void> {
		const name = this.selected?.name;
		await this.#attempt(async () => {
			const row = this.rows.find((one) => one.name === name);
			if (row === undefined || row.choices.length === 0 || row.locked !== undefined) return undefined;
			const at = row.choices.indexOf(textOf(row));
			const next = at === -1 ? (by === 1 ? 0 : row.choices.length - 1) : at + by;
			return this.#source.set(row.name, row.choices.at(next % row.choices.length)!);
		});
	}

	/** Takes what was typed; nothing typed takes the value away. */
	async commit(): Promise<void> {
		const row = this.selected;
		if (row === undefined) return;
		const text = this.field.text.trim();
		if (text === textOf(row)) return this.cancel();
		if (text === '' && row.kept !== undefined) {
			this.store.setState({problem: `It cannot be taken away: ${row.kept}`});
			return;
		}
		const isDone = await this.#attempt(() =>
			text === '' ? this.#source.unset(row.name) : this.#source.set(row.name, text),
		);
		if (isDone) this.store.setState({editing: false});
	}

	cancel(): void {
		this.store.setState({editing: false, problem: undefined});
	}

	async unset(): Promise<void> {
		const row = this.selected;
		if (row !== undefined) await this.#attempt(() => this.#source.unset(row.name));
	}

	#attempt(change: () => Promise<string | undefined>): Promise<boolean> {
		const attempt = this.#changed.then(async () => {
			try {
				const told = await change();
				this.reload();
				this.store.setState({problem: undefined, told});
				return true;
			} catch (error) {
				this.store.setState({problem: messageOf(error), told: undefined});
				return false;
			}
		});
		this.#changed = attempt;
		return attempt;
	}
}

/** What counts, as far as it is known. */
const textOf = ({value, fallback = ''}: SheetRow) => value ?? fallback;
