/** Which formats something is saved in. */
import {createStore} from 'zustand/vanilla';
import {OUTPUT_FORMATS, type OutputFormat} from '../../captions/render.ts';

export interface ChooserState {
	readonly isOpen: boolean;
	readonly cursor: number;
	readonly chosen: ReadonlySet<OutputFormat>;
}

export class FormatChooser {
	readonly store;
	readonly #save: (formats: readonly OutputFormat[]) => Promise<void>;

	/** @param save is told those that are chosen, or the one the cursor is on */
	constructor(first: readonly OutputFormat[], save: (formats: readonly OutputFormat[]) => Promise<void>) {
		this.#save = save;
		this.store = createStore<ChooserState>(() => ({isOpen: false, cursor: 0, chosen: new Set(first)}));
	}

	open(): void {
		this.store.setState({isOpen: true});
	}

	close(): void {
		this.store.setState({isOpen: false});
	}

	move(by: number): void {
		const {cursor} = this.store.getState();
		this.moveTo(cursor + by);
	}

	moveTo(index: number): void {
		this.store.setState({cursor: Math.max(0, Math.min(OUTPUT_FORMATS.length - 1, index))});
	}

	/** Chooses the format the cursor is on, or no longer. */
	toggle(): void {
		const {cursor, chosen} = this.store.getState();
		const format = OUTPUT_FORMATS[cursor]!;
		this.store.setState({chosen: chosen.symmetricDifference(new Set([format]))});
	}

	async save(): Promise<void> {
		const {cursor, chosen} = this.store.getState();
		this.close();
		const formats = OUTPUT_FORMATS.filter((format) => chosen.has(format));
		await this.#save(formats.length > 0 ? formats : [OUTPUT_FORMATS[cursor]!]);
	}
}
