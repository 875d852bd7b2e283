/** The tab of the history: all that was transcribed here, what is found in it, and what is read of it. */
import {existsSync} from 'node:fs';
import {dirname} from 'node:path';
import {createStore} from 'zustand/vanilla';
import type {Entry} from '../../history/entry.ts';
import type {RefreshProgress} from '../../history/refresh.ts';
import type {Hit} from '../../history/search.ts';
import {messageOf} from '../../platform/message-of.ts';
import {openFolder} from '../../platform/open-folder.ts';
import {type Clock, systemClock} from '../../speechmatics/clock.ts';
import {deleteSessionDialog} from '../dialogs/history-questions.ts';
import {foundText, historyDocument, pathOf} from '../reading/history-document.ts';
import type {ViewedDocument} from '../reading/viewed-document.ts';
import type {HistoryIndex} from '../services.ts';
import type {ControllerOptions} from './controller-options.ts';
import {HistoryList, type ReadIndex} from './history-list.ts';
import {HistorySearch} from './history-search.ts';
import {TranscriptViewer, type ViewerOptions} from './transcript-viewer.ts';
import {viewerEffects} from './viewer-effects.ts';

export interface HistoryOptions extends ControllerOptions {
	readonly clock?: Clock;
	readonly effects?: Pick<ViewerOptions, 'copy' | 'export' | 'player' | 'show'>;
}

export interface HistoryState {
	/** False until it is known what there is. */
	readonly isKnown: boolean;
	/** While it is brought up to date: how far that is, where there is something to read. */
	readonly refreshing: RefreshProgress | 'looking' | undefined;
	/** Why it cannot be read; a sentence. */
	readonly problem: string | undefined;
}

/** Milliseconds between two looks for what is new, while the tab is shown. */
const LOOKS_EVERY = 5000;
/** Milliseconds between two times that what was read meanwhile is shown. */
const SHOWS_EVERY = 250;

export class HistoryController {
	readonly store = createStore<HistoryState>(() => ({
		isKnown: false,
		refreshing: undefined,
		problem: undefined,
	}));
	readonly list: HistoryList;
	readonly search: HistorySearch;
	readonly viewer: TranscriptViewer;
	readonly #options: HistoryOptions;
	readonly #clock: Clock;
	readonly #effects: NonNullable<HistoryOptions['effects']>;
	readonly #told = new Set<string>();
	#index: HistoryIndex | undefined;
	/** Aborted when the tab is left. */
	#shown: AbortController | undefined;
	#refreshing: Promise<void> | undefined;
	/** What the viewer was told to mark. */
	#marked = '';

	constructor(options: HistoryOptions) {
		const {services, clock = systemClock, effects = viewerEffects()} = options;
		this.#options = options;
		this.#clock = clock;
		this.#effects = effects;
		this.list = new HistoryList(this.#read);
		this.search = new HistorySearch(this.#read, () => this.list.store.getState().kind, clock);
		this.viewer = new TranscriptViewer({...options, ...effects, formats: services.formats});
	}

	/** What a key is for. */
	get selected(): {readonly entry: Entry; readonly hit: Hit | undefined} | undefined {
		if (this.search.isActive) {
			const row = this.search.selected;
			return (
				row && {entry: row.found.entry, hit: row.hit ?? row.found.hits.find(({kind}) => kind !== 'name')}
			);
		}
		const entry = this.list.selected;
		return entry && {entry, hit: undefined};
	}

	/** Keeps it up to date from now on. Opened when it is shown for the first time. */
	show(): void {
		if (this.#options.services.history === undefined || this.#shown !== undefined) return;
		this.#shown = new AbortController();
		void this.#keepFresh(this.#shown.signal);
	}

	/** Reads nothing more until it is shown again. */
	hide(): void {
		if (this.#shown === undefined) return;
		this.#shown.abort();
		this.#shown = undefined;
		this.viewer.sound.stop();
	}

	/** Looks for what is new at once. */
	refresh(): void {
		if (this.#shown !== undefined) void this.#refresh(this.#shown.signal);
	}

	/** To the next kind, or to all. */
	cycleKind(): void {
		this.list.cycleKind();
		this.search.restart();
	}

	/** Reads what the cursor is on, at the place that was found. */
	async open(): Promise<void> {
		const {selected} = this;
		const document = await this.#document();
		if (document === undefined || selected === undefined) return;
		this.viewer.open(document);
		this.#marked = selected.hit === undefined ? '' : foundText(selected.hit);
		if (this.#marked === '') return;
		this.viewer.search.set(this.#marked);
		// To the word itself, where its passage holds it as it was found.
		if (this.viewer.found.count > 0) this.viewer.moveToHit(1);
	}

	/** Whether the viewer is read, with what was found here marked, and not what was looked for there. */
	get marksFound(): boolean {
		const {query, isTyping} = this.viewer.store.getState();
		const {isOpen} = this.viewer.chooser.store.getState();
		return query !== '' && query === this.#marked && !isTyping && !isOpen;
	}

	/** Opens the first output, or else the text, in another program. */
	async openWith(program: 'pager' | 'editor'): Promise<void> {
		const document = await this.#document();
		if (document !== undefined) await this.#options.handOver(() => this.#effects.show(document, program));
	}

	/** Shows the folder of what was saved, or of the session, where the system shows folders. */
	async openFolder(): Promise<void> {
		const entry = this.selected?.entry;
		if (entry === undefined) return;
		const path = pathOf(entry, existsSync);
		const folder = path === entry.paths.folder ? path : dirname(path);
		await this.#attempt(() => openFolder(folder));
	}

	async copyPath(): Promise<void> {
		const entry = this.selected?.entry;
		if (entry === undefined) return;
		const path = pathOf(entry, existsSync);
		if (await this.#attempt(() => this.#effects.copy(path))) this.#options.tell(`Copied ${path}`);
	}

	/** Deletes a session from this computer, after a question; tells why anything else stays. */
	delete(): void {
		const entry = this.selected?.entry;
		if (entry === undefined) return;
		const {open} = this.#options;
		if (entry.kind === 'batch') void this.#forget(entry);
		else {
			open(deleteSessionDialog(entry, {close: () => open(undefined), act: () => void this.#forget(entry)}));
		}
	}

	async #forget({id, name}: Entry): Promise<void> {
		const isGone = await this.#attempt(async () => this.#index?.forget(id));
		this.#reload();
		if (isGone) this.#options.tell(`Deleted ${name} from this computer`);
	}

	async #document(): Promise<ViewedDocument | undefined> {
		const {selected} = this;
		if (selected === undefined) return undefined;
		const {tell, services} = this.#options;
		let document: ViewedDocument | undefined;
		await this.#attempt(async () => {
			const read = await this.#index!.open(selected.entry.id);
			if (read.lines.length === 0) return tell(`Nothing is said in ${read.entry.name}`);
			document = historyDocument(read, selected.hit?.start, existsSync, services.outputDir);
		});
		return document;
	}

	async #keepFresh(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await this.#refresh(signal);
			await this.#clock.sleep(LOOKS_EVERY, signal).catch(() => {});
		}
	}

	/** One at a time: the one that goes on may have been told to end. */
	async #refresh(signal: AbortSignal): Promise<void> {
		await this.#refreshing;
		if (signal.aborted) return;
		this.#refreshing = this.#bringUpToDate(signal);
		await this.#refreshing;
	}

	async #bringUpToDate(signal: AbortSignal): Promise<void> {
		this.store.setState({refreshing: 'looking'});
		let shownAt = this.#clock.now();
		const onProgress = (progress: RefreshProgress) => {
			if (this.#clock.now() - shownAt < SHOWS_EVERY) return;
			shownAt = this.#clock.now();
			this.store.setState({refreshing: progress});
			this.list.reload();
		};
		let problem: string | undefined;
		try {
			await this.#open();
			const {read = 0, removed = 0} = (await this.#index?.refresh({signal, onProgress})) ?? {};
			this.#reload(read > 0 || removed > 0);
		} catch (error) {
			if (!signal.aborted) problem = messageOf(error);
		}
		this.store.setState(({isKnown}) => ({
			refreshing: undefined,
			problem,
			isKnown: isKnown || (problem === undefined && !signal.aborted),
		}));
	}

	/** What it held the last time is shown at once. */
	async #open(): Promise<void> {
		if (this.#index !== undefined) return;
		this.#index = await this.#options.services.history?.open((sentence) => {
			// What goes wrong again every few seconds is told once.
			if (this.#told.has(sentence)) return;
			this.#told.add(sentence);
			this.#options.tell(sentence, 'problem');
		});
		this.list.reload();
	}

	/** @param isOther what is found may be something else now */
	#reload(isOther = true): void {
		this.list.reload();
		if (isOther) this.search.again();
	}

	readonly #read: ReadIndex = (work) => {
		if (this.#index === undefined) return undefined;
		try {
			return work(this.#index);
		} catch (error) {
			this.store.setState({problem: messageOf(error)});
			return undefined;
		}
	};

	/** @returns whether it worked; told otherwise */
	async #attempt(work: () => Promise<unknown>): Promise<boolean> {
		try {
			await work();
			return true;
		} catch (error) {
			this.#options.tell(messageOf(error), 'problem');
			return false;
		}
	}
}
