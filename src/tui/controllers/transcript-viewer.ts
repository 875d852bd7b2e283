/** A transcript that is read: where the reader is in it, what was looked for, and what can be done with it. */
import {createStore} from 'zustand/vanilla';
import type {OutputFormat} from '../../captions/render.ts';
import type {Copied} from '../../platform/clipboard.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {ViewerLayout} from '../presentation/viewer-layout.ts';
import {type Section, sectionsOf} from '../reading/sections.ts';
import {type Found, NOTHING_FOUND} from '../reading/text-search.ts';
import type {ViewedDocument} from '../reading/viewed-document.ts';
import type {ViewedText} from '../reading/viewed-text.ts';
import type {Watched} from '../screens/screen.ts';
import {TextField} from '../stores/text-field.ts';
import type {ControllerOptions} from './controller-options.ts';
import {FormatChooser} from './format-chooser.ts';
import {copySection} from './viewer-copy.ts';
import {ViewerFindings} from './viewer-findings.ts';
import {type SoundOptions, ViewerSound} from './viewer-sound.ts';

export interface ViewerOptions extends Pick<ControllerOptions, 'tell' | 'handOver'>, SoundOptions {
	readonly copy: (text: string) => Promise<Copied>;
	/** Writes files, over none that is there. @returns their paths */
	readonly export: (document: ViewedDocument, formats: readonly OutputFormat[]) => Promise<readonly string[]>;
	/** Shows the document in another program, while that has the terminal. */
	readonly show: (document: ViewedDocument, program: 'pager' | 'editor') => Promise<void>;
	/** What is chosen at first when it is exported. */
	readonly formats?: readonly OutputFormat[];
}

export interface ViewerState {
	readonly document: ViewedDocument | undefined;
	/** Which section is shown, by its index. */
	readonly section: number;
	/** The word the cursor is on, by its index in the section. */
	readonly cursor: number;
	/** Columns from the start of a row's text that moving up and down keeps to. */
	readonly column: number | undefined;
	/** Words the service is less sure of are marked; 0 marks none. */
	readonly threshold: number;
	/** What is looked for; empty where nothing is. */
	readonly query: string;
	/** Which of the found, by its index. */
	readonly hit: number | undefined;
	readonly isTyping: boolean;
}

const CLOSED = {
	document: undefined,
	section: 0,
	cursor: 0,
	column: undefined,
	query: '',
	hit: undefined,
	isTyping: false,
} as const;

/** 0–1; 0: none is marked. */
const THRESHOLDS = [0.7, 0.9, 0.5, 0] as const;

export class TranscriptViewer {
	readonly store = createStore<ViewerState>(() => ({...CLOSED, threshold: THRESHOLDS[0]}));
	readonly search = new TextField();
	readonly chooser: FormatChooser;
	readonly sound: ViewerSound;
	/** Whose changes are worth a new frame. */
	readonly stores: readonly Watched[];
	readonly #options: ViewerOptions;
	#sections: readonly Section[] = [];
	/** Where the reader was in each section. */
	readonly #places = new Map<number, number>();
	#findings = new ViewerFindings();
	/** Seconds: where the reader was last, before a section that has no times. */
	#time: number | undefined;
	/** Where the cursor was when a search was begun. */
	#origin = 0;

	constructor(options: ViewerOptions) {
		this.#options = options;
		this.chooser = new FormatChooser(options.formats ?? ['txt'], (formats) => this.#export(formats));
		this.sound = new ViewerSound(options);
		this.stores = [this.store, this.search.store, this.chooser.store, this.sound.store];
		this.search.store.subscribe(() => this.#searchAsTyped());
	}

	/** Shows a document from its start, or at `document.at`. */
	open(document: ViewedDocument): void {
		this.close();
		this.#sections = sectionsOf(document);
		const cursor = document.at === undefined ? 0 : this.#sections[0]!.text.wordAtTime(document.at);
		this.store.setState({document, cursor});
	}

	close(): void {
		this.sound.stop();
		this.chooser.close();
		this.search.set('');
		this.#sections = [];
		this.#places.clear();
		this.#time = undefined;
		this.#findings = new ViewerFindings();
		this.store.setState(CLOSED);
	}

	get isOpen(): boolean {
		return this.store.getState().document !== undefined;
	}

	/** Where what is typed goes: what is looked for; `undefined` while nothing is typed. */
	get field(): TextField | undefined {
		return this.store.getState().isTyping ? this.search : undefined;
	}

	get sections(): readonly Section[] {
		return this.#sections;
	}

	/** The section that is shown. Only while a document is open. */
	get section(): Section {
		return this.#sections[this.store.getState().section]!;
	}

	get text(): ViewedText {
		return this.section.text;
	}

	/** The text in rows. @param columns of the window */
	layout(columns: number): ViewerLayout {
		return this.#findings.layout(this.text, columns);
	}

	/** What was found in the section that is shown. */
	get found(): Found {
		const {query} = this.store.getState();
		return query === '' ? NOTHING_FOUND : this.#findings.found(this.text, query);
	}

	/** How many words are marked. */
	get unsureCount(): number {
		return this.#findings.unsureCount(this.text, this.store.getState().threshold);
	}

	/** So many rows up (negative) or down. @param columns of the window */
	moveRows(by: number, columns: number): void {
		const layout = this.layout(columns);
		const {cursor, column = layout.columnOf(cursor)} = this.store.getState();
		const position = layout.moved(layout.positionOf(cursor), by);
		this.store.setState({cursor: layout.wordNear(position, column), column});
	}

	moveWords(by: number): void {
		this.moveTo(this.store.getState().cursor + by);
	}

	/** @param word by its index; one that is not there stands for the nearest end */
	moveTo(word: number): void {
		const cursor = Math.max(0, Math.min(this.text.wordCount - 1, word));
		this.store.setState({cursor, column: undefined});
	}

	/** To the next word that is marked as unsure, around the ends. */
	moveToUnsure(direction: 1 | -1): void {
		const {cursor, threshold} = this.store.getState();
		const word = this.text.nextUnsure(cursor, direction, threshold);
		if (word === undefined) return;
		if (direction === 1 ? word <= cursor : word >= cursor) this.#tellAround(direction);
		this.moveTo(word);
	}

	/** To another section, around the ends. One that goes by time opens where the reader is. */
	switchSection(by: 1 | -1): void {
		const {section} = this.store.getState();
		const {length} = this.#sections;
		this.showSection((section + by + length) % length);
	}

	/** @param section by its index */
	showSection(section: number): void {
		const {section: before, cursor} = this.store.getState();
		if (section === before) return;
		this.#places.set(before, cursor);
		this.#time = this.#timeOf(cursor) ?? this.#time;
		const time = this.#time;
		const {text} = this.#sections[section]!;
		const isInOrder = text.lines[0]?.start !== undefined;
		const there = isInOrder && time !== undefined ? text.lineAtTime(time) : 0;
		const place = this.#places.get(section) ?? text.wordsOf(there)[0];
		this.store.setState({section, cursor: place, column: undefined, hit: undefined});
	}

	/** Shows where something is in the transcript. */
	showInTranscript(): void {
		const time = this.text.timeAt(this.text.lineOf(this.store.getState().cursor));
		this.showSection(0);
		if (time !== undefined) this.moveTo(this.text.wordAtTime(time));
	}

	/** Marks words of another confidence, or none. */
	cycleThreshold(): void {
		this.store.setState(({threshold}) => {
			const next = (THRESHOLDS as readonly number[]).indexOf(threshold) + 1;
			return {threshold: THRESHOLDS[next % THRESHOLDS.length]!};
		});
	}

	startSearch(): void {
		this.#origin = this.store.getState().cursor;
		this.search.set('');
		this.store.setState({isTyping: true});
	}

	/** Ends the typing; what was found stays marked. */
	keepSearch(): void {
		this.store.setState({isTyping: false});
		const {query, hit} = this.store.getState();
		if (query !== '' && hit === undefined) this.#options.tell(`"${query}" is not in this text`);
	}

	/** Forgets what was looked for. While it is typed, the cursor goes back to where it was. */
	clearSearch(): void {
		if (this.store.getState().isTyping) this.moveTo(this.#origin);
		this.store.setState({isTyping: false});
		this.search.set('');
	}

	/** To the next of what was found, around the ends. */
	moveToHit(direction: 1 | -1): void {
		const {found} = this;
		if (found.count === 0) return;
		const {cursor, hit} = this.store.getState();
		const isThere = hit !== undefined && hit < found.count && found.wordOf(hit) === cursor;
		// One that begins before the word the reader has moved to since is behind.
		const next = isThere ? hit + direction : found.firstFrom(cursor) - (direction === 1 ? 0 : 1);
		const around = (next + found.count) % found.count;
		if (around !== next) this.#tellAround(direction);
		this.moveTo(found.wordOf(around));
		this.store.setState({hit: around});
	}

	/** Copies the sentence the cursor is on, or the whole section. */
	async copy(what: 'sentence' | 'all'): Promise<void> {
		const {document, cursor} = this.store.getState();
		if (document === undefined) return;
		const line = what === 'all' ? undefined : this.text.lineOf(cursor);
		await copySection(document, this.section, line, this.#options);
	}

	/** Why nothing can be played; `undefined` where it can. */
	get whyNoSound(): string | undefined {
		const {document, cursor} = this.store.getState();
		return this.sound.whyNot(document?.audioPath, this.#timeOf(cursor));
	}

	/** Plays from the word the cursor is on, to the end of its sentence or of all; or stops what is playing. */
	play(until: 'sentence' | 'end'): void {
		const {cursor, document} = this.store.getState();
		const start = this.#timeOf(cursor);
		if (start === undefined || document?.audioPath === undefined) return;
		const {end = start} = this.text.lines[this.text.lineOf(cursor)]!;
		this.sound.toggle(document.audioPath, start, until === 'sentence' ? end : undefined);
	}

	/** Opens the document in another program. */
	async openWith(program: 'pager' | 'editor'): Promise<void> {
		const {document} = this.store.getState();
		if (document !== undefined) await this.#options.handOver(() => this.#options.show(document, program));
	}

	async #export(formats: readonly OutputFormat[]): Promise<void> {
		const {document} = this.store.getState();
		if (document === undefined) return;
		try {
			const paths = await this.#options.export(document, formats);
			this.#options.tell(`Saved as ${paths.join(', ')}`);
		} catch (error) {
			this.#options.tell(`It cannot be saved: ${messageOf(error)}`, 'problem');
		}
	}

	#searchAsTyped(): void {
		this.store.setState({query: this.search.text, hit: undefined});
		const {isTyping} = this.store.getState();
		if (!isTyping) return;
		const {found} = this;
		const hit = found.count === 0 ? undefined : found.firstFrom(this.#origin) % found.count;
		this.moveTo(hit === undefined ? this.#origin : found.wordOf(hit));
		this.store.setState({hit});
	}

	/** Seconds; `undefined` where it has no place in the audio. */
	#timeOf(word: number): number | undefined {
		const {start} = this.text.word(word);
		return Number.isNaN(start) ? undefined : start;
	}

	#tellAround(direction: 1 | -1): void {
		this.#options.tell(direction === 1 ? 'On from the start again' : 'On from the end again');
	}
}
