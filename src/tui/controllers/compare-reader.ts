/** What came of a comparison, as it is read: where the reader is in it, and what can be done with it. */
import {basename, dirname} from 'node:path';
import {createStore} from 'zustand/vanilla';
import type {Comparison} from '../../compare/comparison.ts';
import type {Copied} from '../../platform/clipboard.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {Watched} from '../screens/screen.ts';
import type {ControllerOptions} from './controller-options.ts';
import {type SoundOptions, ViewerSound} from './viewer-sound.ts';

export interface ReaderState {
	/** What is shown: the report, or the pair of texts of this number, from 1. */
	readonly view: number;
	/** First row that is shown. */
	readonly top: number;
	/** Which place that differs is chosen, from 0. */
	readonly place: number | undefined;
}

/** What is read, as far as moving through it needs to know. */
export interface ReadDocument {
	readonly rowCount: number;
	readonly places: ReadonlyArray<{readonly start: number; readonly end: number}>;
	rowOf(place: number): number;
}

export interface ReaderOptions
	extends Pick<ControllerOptions, 'services' | 'tell'>,
		Pick<SoundOptions, 'player'> {
	readonly copy: (text: string) => Promise<Copied>;
	readonly state: () => {
		readonly comparison: Comparison | undefined;
		readonly reference: string | undefined;
	};
}

const START: ReaderState = {view: 0, top: 0, place: undefined};
/** What is chosen stands so far from the top, as a share of the rows, where it was not in sight. */
const SHARE_ABOVE = 0.3;

export class CompareReader {
	readonly store = createStore<ReaderState>(() => START);
	readonly sound: ViewerSound;
	readonly stores: readonly Watched[];
	readonly #options: ReaderOptions;

	constructor(options: ReaderOptions) {
		this.#options = options;
		this.sound = new ViewerSound(options);
		this.stores = [this.store, this.sound.store];
	}

	/** To the start of the report. */
	reset(): void {
		this.sound.stop();
		this.store.setState(START);
	}

	/** Shows the next of the report and the pairs of texts, around the end. @param count of all */
	switchView(by: 1 | -1, count: number): void {
		const view = (this.store.getState().view + by + count) % count;
		this.store.setState({...START, view});
	}

	scrollTo(place: (top: number) => number, {rowCount}: ReadDocument, visible: number): void {
		const last = Math.max(0, rowCount - visible);
		this.store.setState(({top}) => ({top: Math.max(0, Math.min(last, place(Math.min(last, top))))}));
	}

	/** To the next place that differs, or the one before, around the ends. */
	moveToPlace(by: 1 | -1, document: ReadDocument, visible: number): void {
		const {places} = document;
		if (places.length === 0) return;
		const {place, top} = this.store.getState();
		const next = place === undefined ? this.#nearest(by, document, top) : place + by;
		const around = (next + places.length) % places.length;
		if (around !== next) {
			this.#options.tell(by === 1 ? 'Again from the first place' : 'Again from the last place');
		}
		const row = document.rowOf(around);
		const isInSight = row >= top && row < top + visible - 1;
		this.store.setState({place: around});
		if (!isInSight) this.scrollTo(() => row - Math.floor(visible * SHARE_ABOVE), document, visible);
	}

	/** Why the place cannot be heard; `undefined` where it can. */
	whyNoSound({places}: ReadDocument): string | undefined {
		const {place} = this.store.getState();
		if (place === undefined || places[place] === undefined) return 'no place is chosen: press n';
		return this.sound.whyNot(this.#options.state().comparison?.file, places[place].start);
	}

	/** Plays the place that is chosen, or stops what is playing. */
	play({places}: ReadDocument): void {
		const {comparison} = this.#options.state();
		const {place = 0} = this.store.getState();
		const chosen = places[place];
		if (comparison === undefined || chosen === undefined) return;
		this.sound.toggle(comparison.file, Math.max(0, chosen.start - LEAD_IN), chosen.end + LEAD_OUT);
	}

	/** Copies the report as the command prints it. */
	async copy(): Promise<void> {
		const {services, tell, copy, state} = this.#options;
		const {comparison, reference} = state();
		if (comparison === undefined || services.compare === undefined) return;
		try {
			const {isWhole} = await copy(services.compare.report(comparison, reference));
			if (isWhole) tell('Copied the report');
			else tell('That is more than a terminal can copy: w saves it', 'problem');
		} catch (error) {
			tell(messageOf(error), 'problem');
		}
	}

	/** Why nothing can be saved; `undefined` where it can. */
	get whyNotSaved(): string | undefined {
		const {services, state} = this.#options;
		const {comparison} = state();
		if (comparison?.batch.transcript === undefined && comparison?.realtime.transcript === undefined)
			return 'there is no text yet';
		return services.demo && services.outputDir === undefined
			? 'the demo writes no files without --output-dir'
			: undefined;
	}

	/** Saves the report and both transcripts. */
	async save(): Promise<void> {
		const {services, tell, state} = this.#options;
		const {comparison, reference} = state();
		if (comparison === undefined || services.compare === undefined) return;
		const folder = services.outputDir ?? dirname(comparison.file);
		try {
			const [first = '', ...more] = await services.compare.save(comparison, {reference, folder});
			tell(`Saved ${basename(first)} and ${more.length} more in ${folder}`);
		} catch (error) {
			tell(messageOf(error), 'problem');
		}
	}

	/** The first place from the rows in sight on, or the last one before them. */
	#nearest(by: 1 | -1, document: ReadDocument, top: number): number {
		const {places} = document;
		const from = top === 0 ? 0 : places.findIndex((_, index) => document.rowOf(index) >= top);
		if (by === 1) return from === -1 ? places.length : from;
		return (from === -1 ? places.length : from) - 1;
	}
}

/** Seconds of what is said around a place: it must be understood. */
const LEAD_IN = 1;
const LEAD_OUT = 1;
