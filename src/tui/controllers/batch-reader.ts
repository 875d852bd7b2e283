/** What is read instead of the table of recordings: a transcript, or all that is known of a recording. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {createStore} from 'zustand/vanilla';
import type {BatchRow} from '../../batch/table.ts';
import {renderTranscript} from '../../captions/render.ts';
import {TranscriptLines} from '../../realtime/transcript-lines.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import {isSimulated} from '../../speechmatics/simulated.ts';
import {delimiterOf} from '../../speechmatics/transcript.ts';
import type {Reading} from '../presentation/reading-lines.ts';
import {openInEditor, openInPager} from '../terminal/handover.ts';
import type {ControllerOptions} from './controller-options.ts';
import type {TranscriptShelf} from './transcript-shelf.ts';

export interface ReaderOptions extends Pick<ControllerOptions, 'tell' | 'handOver'> {
	readonly shelf: TranscriptShelf;
	/** The row the cursor is on. */
	readonly selected: () => BatchRow | undefined;
}

export class BatchReader {
	readonly store = createStore<{readonly reading: Reading | undefined}>(() => ({reading: undefined}));
	readonly #options: ReaderOptions;

	constructor(options: ReaderOptions) {
		this.#options = options;
	}

	/** Shows the transcript, or what is known of a recording that has none. */
	async read(): Promise<void> {
		const row = this.#options.selected();
		if (row?.state !== 'done') return this.showDetails();
		const transcript = await this.#transcriptOf(row);
		if (transcript === undefined) return;
		const lines = new TranscriptLines(delimiterOf(transcript.metadata.language_pack_info));
		lines.add(transcript.results);
		const simulated = isSimulated(transcript.metadata.orchestrator_version);
		this.store.setState({
			reading: {...titleOf(row), kind: 'transcript', simulated, lines: lines.lines, top: 0},
		});
	}

	showDetails(): void {
		const row = this.#options.selected();
		if (row === undefined) return;
		const requestIds = this.#options.shelf.requestIdsOf(row);
		this.store.setState({reading: {...titleOf(row), kind: 'details', requestIds, top: 0}});
	}

	close(): void {
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

	/** Opens the selected transcript in another program. */
	async openWith(program: 'pager' | 'editor'): Promise<void> {
		const {handOver, selected} = this.#options;
		const row = selected();
		if (row === undefined) return;
		const [saved] = row.outputs;
		const open = program === 'pager' ? openInPager : openInEditor;
		if (saved !== undefined) return handOver(() => open(saved));
		const transcript = await this.#transcriptOf(row);
		if (transcript === undefined) return;
		const folder = await mkdtemp(join(tmpdir(), 'speechdeck-'));
		const path = join(folder, `${basename(row.name)}.txt`);
		await writeFile(path, renderTranscript(transcript, 'txt'), {mode: 0o600});
		await handOver(() => open(path));
		await rm(folder, {recursive: true, force: true});
	}

	async #transcriptOf(row: BatchRow): Promise<Transcript | undefined> {
		const {shelf, tell} = this.#options;
		return shelf.transcriptOf(row).catch((error: Error) => {
			tell(error.message, 'problem');
			return undefined;
		});
	}
}

const titleOf = ({file, name}: BatchRow) => ({file, title: name});
