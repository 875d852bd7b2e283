/** The batch tab's state and what can be done with it. The engine does the work; this decides which row it is for. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import {BatchQueue} from '../../batch/queue.ts';
import {findRecordings} from '../../batch/recordings.ts';
import {type BatchRow, BatchTable} from '../../batch/table.ts';
import {renderTranscript} from '../../captions/render.ts';
import {type TranscriptLine, TranscriptLines} from '../../realtime/transcript-lines.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import {isSimulated} from '../../speechmatics/simulated.ts';
import {delimiterOf} from '../../speechmatics/transcript.ts';
import {pickFiles} from '../prompts/file-picker.ts';
import type {Services} from '../services.ts';
import {pulse} from '../stores/pulse.ts';
import {openInEditor, openInPager} from '../terminal/handover.ts';
import type {Tell} from './app-controller.ts';

/** A transcript being read. */
export interface Reading {
	readonly title: string;
	readonly simulated: boolean;
	readonly lines: readonly TranscriptLine[];
	/** First row shown. */
	readonly top: number;
}

export interface BatchState {
	/** The table's version at the last pulse. */
	readonly version: number;
	/** Milliseconds by the clock of the table. */
	readonly now: number;
	readonly cursor: number;
	readonly reading: Reading | undefined;
}

export interface ControllerOptions {
	readonly services: Services;
	/** Milliseconds from an arbitrary start. */
	readonly now: () => number;
	readonly tell: Tell;
	/** Gives the terminal to a prompt or another program while `work` lasts. */
	readonly handOver: (work: () => Promise<void>) => Promise<void>;
}

/** Milliseconds between two updates of the screen. */
const PULSE = 80;
/** The clock and the moving bars, while something is under way. */
const TICK = 500;
/** Transcripts kept for reading; older ones are fetched again. */
const KEPT_TRANSCRIPTS = 100;

export class BatchController {
	readonly table = new BatchTable();
	readonly store = createStore<BatchState>(() => ({version: 0, now: 0, cursor: 0, reading: undefined}));
	readonly #options: ControllerOptions;
	readonly #queue: BatchQueue;
	readonly #transcripts = new Map<string, Transcript>();
	readonly #pulse = pulse(PULSE, () => this.#refresh());
	#ticking: ReturnType<typeof setInterval> | undefined;
	#folder = process.cwd();

	constructor(options: ControllerOptions) {
		this.#options = options;
		const {services, now} = options;
		this.#queue = new BatchQueue({
			client: services.batchClient,
			jobConfig: services.jobConfig,
			formats: services.formats,
			output: this.saves ? {to: 'files', folder: services.outputDir} : {to: 'print'},
			concurrency: services.concurrency,
			now,
			onTranscript: (file, transcript) => this.#keep(file, transcript),
			emit: (event) => {
				this.table.apply(event, now());
				this.#pulse();
				this.#tick();
			},
		});
	}

	/** False in the demo without a folder: nothing of it is written beside a person's recordings. */
	get saves(): boolean {
		const {demo, outputDir} = this.#options.services;
		return !demo || outputDir !== undefined;
	}

	get selected(): BatchRow | undefined {
		return this.table.rows[this.store.getState().cursor];
	}

	moveTo(place: (cursor: number, last: number) => number): void {
		const last = Math.max(0, this.table.rows.length - 1);
		this.store.setState(({cursor}) => ({cursor: Math.max(0, Math.min(last, place(cursor, last)))}));
	}

	/** @param last the highest first row there is */
	scrollTo(place: (top: number) => number, last: number): void {
		this.store.setState(({reading}) =>
			reading === undefined
				? {}
				: {reading: {...reading, top: Math.max(0, Math.min(last, place(Math.min(last, reading.top))))}},
		);
	}

	/** Opens the file picker and adds what is picked. */
	async pick(): Promise<void> {
		let picked: readonly string[] = [];
		await this.#options.handOver(async () => {
			const result = await pickFiles({
				folder: this.#folder,
				...(this.#options.services.demo && {mark: 'DEMO'}),
			});
			if (result === undefined) return;
			picked = result.paths;
			this.#folder = result.folder;
		});
		await this.add(picked);
	}

	async addSample(): Promise<void> {
		const {samplePath} = this.#options.services;
		if (samplePath !== undefined) await this.add([samplePath]);
	}

	async addDropped(text: string): Promise<void> {
		const paths = await droppedPaths(text);
		if (paths.length === 0) this.#options.tell('That is no file', 'problem');
		else await this.add(paths);
	}

	async add(paths: readonly string[]): Promise<void> {
		const before = this.table.rows.length;
		const {recordings, unusable} = await findRecordings(paths);
		this.#queue.add(recordings, unusable);
		if (this.table.rows.length > before) this.store.setState({cursor: before});
		else if (paths.length > 0) this.#options.tell('Already in the table; r runs it again');
	}

	retry(): void {
		if (this.selected !== undefined) this.#queue.retry(this.selected.file);
	}

	cancel(): void {
		if (this.selected !== undefined) this.#queue.cancel(this.selected.file);
	}

	/** Shows the transcript, or why there is none. */
	async read(): Promise<void> {
		const row = this.selected;
		if (row === undefined) return;
		if (row.state === 'failed') {
			const job = row.jobId === undefined ? '' : ` The job at the service is ${row.jobId}.`;
			this.#open(
				row.name,
				[{start: 0, speaker: undefined, text: `${row.reason ?? 'It failed'}.${job}`}],
				false,
			);
			return;
		}
		const transcript = await this.#transcriptOf(row);
		if (transcript === undefined) return;
		const lines = new TranscriptLines(delimiterOf(transcript.metadata.language_pack_info));
		lines.add(transcript.results);
		this.#open(row.name, lines.lines, isSimulated(transcript.metadata.orchestrator_version));
	}

	closeReading(): void {
		this.store.setState({reading: undefined});
	}

	/** Opens the selected transcript in another program. */
	async openWith(program: 'pager' | 'editor'): Promise<void> {
		const row = this.selected;
		if (row === undefined) return;
		const [saved] = row.outputs;
		const open = program === 'pager' ? openInPager : openInEditor;
		if (saved !== undefined) return this.#options.handOver(() => open(saved));
		const transcript = await this.#transcriptOf(row);
		if (transcript === undefined) return;
		const folder = await mkdtemp(join(tmpdir(), 'speechdeck-'));
		const path = join(folder, `${basename(row.name)}.txt`);
		await writeFile(path, renderTranscript(transcript, 'txt'), {mode: 0o600});
		await this.#options.handOver(() => open(path));
		await rm(folder, {recursive: true, force: true});
	}

	/** Sends nothing more; resolves when nothing is under way. */
	async end(): Promise<void> {
		this.#queue.stop();
		await this.#queue.settled();
		clearInterval(this.#ticking);
	}

	#open(title: string, lines: readonly TranscriptLine[], simulated: boolean): void {
		this.store.setState({reading: {title, lines, simulated, top: 0}});
	}

	async #transcriptOf({file, jobId}: BatchRow): Promise<Transcript | undefined> {
		const kept = this.#transcripts.get(file);
		if (kept !== undefined || jobId === undefined) return kept;
		return this.#options.services.batchClient.getTranscript(jobId).catch((error: Error) => {
			this.#options.tell(error.message, 'problem');
			return undefined;
		});
	}

	#keep(file: string, transcript: Transcript): void {
		this.#transcripts.delete(file);
		this.#transcripts.set(file, transcript);
		if (this.#transcripts.size <= KEPT_TRANSCRIPTS) return;
		for (const oldest of this.#transcripts.keys()) {
			this.#transcripts.delete(oldest);
			return;
		}
	}

	#refresh(): void {
		this.store.setState({version: this.table.version, now: this.#options.now()});
	}

	#tick(): void {
		if (this.#ticking !== undefined || this.table.unfinished === 0) return;
		this.#ticking = setInterval(() => {
			this.#refresh();
			if (this.table.unfinished > 0) return;
			clearInterval(this.#ticking);
			this.#ticking = undefined;
		}, TICK);
	}
}
