/** What is read instead of the table of recordings: a transcript, or all that is known of a recording. */
import {existsSync} from 'node:fs';
import {basename, dirname, extname} from 'node:path';
import {createStore} from 'zustand/vanilla';
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import {captionStyle} from '../../captions/style.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import {isSimulated} from '../../speechmatics/simulated.ts';
import type {Reading} from '../presentation/details-screen.ts';
import type {ViewedDocument} from '../reading/viewed-document.ts';
import type {BatchList} from './batch-list.ts';
import type {ControllerOptions} from './controller-options.ts';
import {JobDetails} from './job-details.ts';
import type {TranscriptShelf} from './transcript-shelf.ts';
import {TranscriptViewer} from './transcript-viewer.ts';
import {showDocument, viewerEffects} from './viewer-effects.ts';

export interface ReaderOptions extends Pick<ControllerOptions, 'tell' | 'handOver' | 'services' | 'now'> {
	readonly shelf: TranscriptShelf;
	readonly table: BatchTable;
	readonly list: BatchList;
}

export class BatchReader {
	readonly store = createStore<{readonly reading: Reading | undefined}>(() => ({reading: undefined}));
	/** The transcript, while it is read. */
	readonly viewer: TranscriptViewer;
	/** What is known beyond the table. */
	readonly details: JobDetails;
	readonly #options: ReaderOptions;

	constructor(options: ReaderOptions) {
		this.#options = options;
		const effects = viewerEffects();
		this.viewer = new TranscriptViewer({...options, ...effects, formats: options.services.formats});
		this.details = new JobDetails({...options, copy: effects.copy});
		options.list.store.subscribe(({file}) => this.#follow(file));
	}

	/** Shows the transcript, or what is known of a recording that has none. */
	async read(): Promise<void> {
		const row = this.#options.list.selected;
		if (row?.state !== 'done') return this.showDetails();
		const document = await this.#documentOf(row);
		if (document === undefined) return;
		this.close();
		this.viewer.open(document);
	}

	showDetails(): void {
		const row = this.#options.list.selected;
		if (row === undefined) return;
		this.viewer.close();
		this.details.forget();
		this.#show(row.file);
	}

	/** Back to the table. */
	close(): void {
		this.viewer.close();
		this.store.setState({reading: undefined});
	}

	/** @param last the highest first row there is */
	scrollTo(place: (top: number) => number, last: number): void {
		this.store.setState(({reading}) =>
			reading === undefined
				? {}
				: {reading: {...reading, top: Math.max(0, Math.min(last, place(Math.min(last, reading.top))))}},
		);
	}

	/** Details beside the table are those of the recording the cursor is on. */
	#follow(file: string | undefined): void {
		const {reading} = this.store.getState();
		if (reading !== undefined && file !== undefined && file !== reading.file) this.#show(file);
	}

	#show(file: string): void {
		this.store.setState({reading: {file, top: 0, details: () => this.details.of(file)}});
	}

	/** Opens the selected transcript in another program. */
	async openWith(program: 'pager' | 'editor'): Promise<void> {
		const row = this.#options.list.selected;
		const document = row && (await this.#documentOf(row));
		if (document !== undefined) await this.#options.handOver(() => showDocument(document, program));
	}

	async #documentOf(row: BatchRow): Promise<ViewedDocument | undefined> {
		const {shelf, tell} = this.#options;
		let transcript: Transcript | undefined;
		try {
			transcript = await shelf.transcriptOf(row);
		} catch (error) {
			tell(messageOf(error), 'problem');
		}
		return (
			transcript && {
				title: row.name,
				transcript,
				simulated: isSimulated(transcript.metadata.orchestrator_version),
				seconds: row.audioSeconds,
				audioPath: existsSync(row.file) ? row.file : undefined,
				place: this.#placeOf(row),
				savedPath: row.outputs[0],
			}
		);
	}

	/** Beside what was written of it, or where that would have gone. */
	#placeOf({file, name, outputs: [written]}: BatchRow): ViewedDocument['place'] {
		const {output} = this.#options.services.batch.order;
		if (output.to !== 'files') return undefined;
		const {folder, timestamps, captionPreset: preset, captionColumns: maxColumns} = output;
		const beside = existsSync(file) ? dirname(file) : process.cwd();
		return {
			folder: written === undefined ? (folder ?? beside) : dirname(written),
			stem: basename(written ?? name, extname(written ?? name)),
			rendering: {timestamps, captions: captionStyle({preset, maxColumns})},
		};
	}
}
