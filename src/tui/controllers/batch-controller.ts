/** The batch tab's state and what can be done with it. The engine does the work; this decides which row it is for. */
import {dirname} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import {BatchEngine} from '../../batch/engine.ts';
import type {RecordingRecord} from '../../batch/ledger/records.ts';
import {ordersOf} from '../../batch/orders.ts';
import {isOver} from '../../batch/row-state.ts';
import type {Limits} from '../../batch/scheduler.ts';
import {findSources, type Source} from '../../batch/sources.ts';
import {type BatchRow, BatchTable} from '../../batch/table.ts';
import {messageOf} from '../../platform/message-of.ts';
import {openFolder} from '../../platform/open-folder.ts';
import {counted} from '../../platform/units.ts';
import {cancelDialog, deleteJobsDialog, newJobDialog} from '../dialogs/batch-questions.ts';
import {jobOptionsDialog} from '../dialogs/job-options.ts';
import {askPath} from '../prompts/ask-path.ts';
import {pulse} from '../stores/pulse.ts';
import {BatchList} from './batch-list.ts';
import {BatchReader} from './batch-reader.ts';
import type {ControllerOptions} from './controller-options.ts';
import {FilePicks} from './file-picks.ts';
import {deleteEach} from './job-deletion.ts';
import {sourceOf} from './left-behind.ts';
import {stepped} from './limit-steps.ts';
import {ReExport} from './re-export.ts';
import {TranscriptShelf} from './transcript-shelf.ts';

export interface BatchState {
	/** The table's version at the last pulse. */
	readonly version: number;
	/** Milliseconds by the clock of the table. */
	readonly now: number;
	/** True while files and folders are looked through. */
	readonly looking: boolean;
}

/** Milliseconds between two updates of the screen. */
const PULSE = 80;
/** The clock and the moving bars, while something is under way. */
const TICK = 500;
/** As high as a key sets a limit. */
const MOST = {uploads: 64, running: 10_000};

export class BatchController {
	readonly table = new BatchTable();
	readonly store = createStore<BatchState>(() => ({version: 0, now: 0, looking: false}));
	readonly list: BatchList;
	/** What is read instead of the table. */
	readonly reader: BatchReader;
	readonly reExport: ReExport;
	readonly #options: ControllerOptions;
	readonly #engine: BatchEngine;
	readonly #picks: FilePicks;
	/** By file: whose outputs others must not meet. */
	readonly #sources = new Map<string, Source>();
	readonly #pulse = pulse(PULSE, () => this.#refresh());
	#ticking: ReturnType<typeof setInterval> | undefined;
	#looking = 0;

	constructor(options: ControllerOptions) {
		this.#options = options;
		this.#picks = new FilePicks(options);
		const {services, now} = options;
		const shelf = new TranscriptShelf(services);
		this.list = new BatchList(this.table, () => this.store.getState().now);
		this.reader = new BatchReader({...options, shelf, table: this.table, list: this.list});
		this.reExport = new ReExport({...options, shelf});
		this.reExport.store.subscribe(() => this.reader.details.forget());
		this.#engine = new BatchEngine({
			...services.batch.engine,
			onTranscript: (file, transcript) => shelf.keep(file, transcript),
			emit: (event) => {
				this.table.apply(event, now());
				this.#pulse();
				this.#tick();
			},
		});
	}

	/** False in the demo without a folder: nothing of it is written beside a person's recordings. */
	get saves(): boolean {
		return this.#options.services.batch.order.output.to === 'files';
	}

	get limits(): Limits {
		return this.#engine.limits;
	}

	get paused(): boolean {
		return this.#engine.paused;
	}

	/** Goes on with what earlier runs left undone. @returns how many recordings there were */
	goOn(): number {
		let left: readonly RecordingRecord[] = [];
		this.#attempt(() => {
			left = this.#options.services.batch.takeOver();
			for (const source of left.map(sourceOf)) source && this.#sources.set(source.file, source);
			this.#engine.resume(left);
		});
		return left.length;
	}

	/** Opens the file picker and adds what is picked. */
	async pick(): Promise<void> {
		await this.add(await this.#picks.pick());
	}

	/** Asks for an address, or a path that the picker does not reach. */
	async askForAddress(): Promise<void> {
		let typed: string | undefined;
		await this.#options.handOver(async () => {
			typed = await askPath(`${this.#options.services.demo ? 'DEMO: a' : 'A'}ddress (https://…) or path:`);
		});
		if (typed !== undefined) await this.addDropped(typed);
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

	/** @param named paths, folders, patterns and addresses */
	async add(named: readonly string[]): Promise<void> {
		if (named.length === 0) return;
		const before = this.table.rows.length;
		await this.#add(named);
		if (this.table.rows.length > before) this.list.moveToFile(this.table.rows[before]!.file);
		else this.#options.tell('Already in the table; r tries again, N makes a new job');
	}

	/** Shows what is asked of the next jobs, to be changed. */
	showOptions(): void {
		const {services, open} = this.#options;
		if (services.jobOptions !== undefined) open(jobOptionsDialog(services.jobOptions, this.#close));
	}

	/** Sends nothing more for now, or goes on. What the service has is fetched all the same. */
	togglePause(): void {
		this.#engine.paused = !this.#engine.paused;
		this.#refresh();
	}

	/** Allows more of them at once, or fewer. */
	changeLimit(of: keyof typeof MOST, by: 1 | -1): void {
		const {limits} = this;
		this.#limit({...limits, [of]: stepped(limits[of], by, MOST[of])});
	}

	/** Tries again what is chosen, or these, as far as it is not under way. */
	async retry(rows: readonly BatchRow[] = this.list.chosen): Promise<void> {
		await this.#retry(rows.filter(isOver));
	}

	/** Tries again whatever failed. */
	async retryFailed(): Promise<void> {
		await this.#retry(this.table.rows.filter(({state}) => state === 'failed'));
	}

	/** Cancels what is chosen and under way; several are asked about first. */
	cancel(): void {
		const rows = this.list.chosen.filter((row) => !isOver(row));
		const cancel = () => {
			for (const {file} of rows) this.#attempt(() => this.#engine.cancel(file));
		};
		if (rows.length > 1) this.#options.open(cancelDialog(rows, {close: this.#close, act: cancel}));
		else cancel();
	}

	/** Makes new jobs although there are some. It costs again, so it is asked about first. */
	newJob(): void {
		const rows = this.list.chosen.filter(isOver);
		const make = () => {
			for (const {file} of rows) this.#attempt(() => this.#engine.retry(file, {force: true}));
		};
		if (this.#options.services.demo) make();
		else if (rows.length > 0) this.#options.open(newJobDialog(rows, {close: this.#close, act: make}));
	}

	/** Deletes at the service what it keeps of the jobs that are chosen; what is saved here stays. */
	deleteJobs(): void {
		const rows = this.list.chosen.filter((row) => isOver(row) && row.jobId !== undefined);
		const act = () => void this.#deleteJobs(rows);
		if (rows.length > 0) this.#options.open(deleteJobsDialog(rows, {close: this.#close, act}));
	}

	/** Shows the folder of the first output, or of the recording, where the system shows folders. */
	async openFolder(): Promise<void> {
		const row = this.list.selected;
		if (row === undefined) return;
		await openFolder(dirname(row.outputs[0] ?? row.file)).catch((error) => this.#tellProblem(error));
	}

	/** Sends nothing more; resolves when nothing is under way. The next start goes on with what is left. */
	async end(): Promise<void> {
		this.#engine.stop();
		await Promise.all([this.#engine.settled(), this.reExport.end()]);
		clearInterval(this.#ticking);
	}

	async #add(named: readonly string[]): Promise<void> {
		this.#setLooking(1);
		try {
			const {order, transcode = false} = this.#options.services.batch;
			const {sources, unusable, merged} = await findSources(named, {transcode});
			const orders = ordersOf(sources, order, [...this.#sources.values()]);
			// First, where they are seen.
			for (const {path, reason} of unusable) this.#engine.refuse(path, reason);
			this.#attempt(() => this.#engine.add(orders));
			for (const source of sources) this.#sources.set(source.file, source);
			const [first] = merged;
			if (first !== undefined)
				this.#options.tell(`Addresses that differ only in their query count as one: ${first}`, 'problem');
		} catch (error) {
			this.#tellProblem(error);
		} finally {
			this.#setLooking(-1);
		}
	}

	async #retry(rows: readonly BatchRow[]): Promise<void> {
		const refused: string[] = [];
		for (const row of rows) {
			const isKnown = this.#sources.has(row.file) || row.jobId !== undefined || row.cause !== 'input';
			if (isKnown) this.#attempt(() => this.#engine.retry(row.file));
			// The engine has never had what was refused when it was added.
			else refused.push(row.file);
		}
		if (refused.length > 0) await this.#add(refused);
	}

	async #deleteJobs(rows: readonly BatchRow[]): Promise<void> {
		const {services, tell} = this.#options;
		const ids = rows.map(({jobId}) => jobId!);
		const {text, kind} = await deleteEach(ids, (id) => services.batchClient.deleteJob(id));
		tell(text, kind);
	}

	readonly #close = () => this.#options.open(undefined);

	#limit(limits: Limits): void {
		this.#engine.limits = limits;
		this.#refresh();
		this.#options.tell(
			`At most ${counted(limits.uploads, 'upload')} and ${counted(limits.running, 'job')} at once`,
		);
	}

	/** A ledger that cannot be written must not end the app. */
	#attempt(work: () => void): void {
		try {
			work();
		} catch (error) {
			this.#tellProblem(error);
		}
	}

	#tellProblem(error: unknown): void {
		this.#options.tell(messageOf(error), 'problem');
	}

	#setLooking(by: 1 | -1): void {
		this.#looking += by;
		this.store.setState({looking: this.#looking > 0});
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
