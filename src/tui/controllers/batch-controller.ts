/** The batch tab's state and what can be done with it. The engine does the work; this decides which row it is for. */
import {createStore} from 'zustand/vanilla';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import {BatchEngine} from '../../batch/engine.ts';
import type {RecordingRecord} from '../../batch/ledger/records.ts';
import {ordersOf} from '../../batch/orders.ts';
import type {Limits} from '../../batch/scheduler.ts';
import {findSources, type Source} from '../../batch/sources.ts';
import {type BatchRow, BatchTable} from '../../batch/table.ts';
import {askPath} from '../prompts/ask-path.ts';
import {pickFiles} from '../prompts/file-picker.ts';
import type {Services} from '../services.ts';
import {pulse} from '../stores/pulse.ts';
import type {Tell} from './app-controller.ts';
import {BatchReader} from './batch-reader.ts';
import {sourceOf} from './left-behind.ts';
import {stepped} from './limit-steps.ts';
import {TranscriptShelf} from './transcript-shelf.ts';

export interface BatchState {
	/** The table's version at the last pulse. */
	readonly version: number;
	/** Milliseconds by the clock of the table. */
	readonly now: number;
	readonly cursor: number;
	/** True while files and folders are looked through. */
	readonly looking: boolean;
	/** The recording for which a new job is asked about. */
	readonly askingNewJob: BatchRow | undefined;
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
const MOST_UPLOADS = 64;
const MOST_RUNNING = 10_000;

export class BatchController {
	readonly table = new BatchTable();
	readonly store = createStore<BatchState>(() => ({
		version: 0,
		now: 0,
		cursor: 0,
		looking: false,
		askingNewJob: undefined,
	}));
	/** What is read instead of the table. */
	readonly reader: BatchReader;
	readonly #options: ControllerOptions;
	readonly #engine: BatchEngine;
	/** By file: whose outputs others must not meet. */
	readonly #sources = new Map<string, Source>();
	readonly #pulse = pulse(PULSE, () => this.#refresh());
	#ticking: ReturnType<typeof setInterval> | undefined;
	#folder = process.cwd();
	#looking = 0;

	constructor(options: ControllerOptions) {
		this.#options = options;
		const {services, now} = options;
		const shelf = new TranscriptShelf(services);
		this.reader = new BatchReader({...options, shelf, selected: () => this.selected});
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

	get selected(): BatchRow | undefined {
		return this.table.rows[this.store.getState().cursor];
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

	moveTo(place: (cursor: number, last: number) => number): void {
		const last = Math.max(0, this.table.rows.length - 1);
		this.store.setState(({cursor}) => ({cursor: Math.max(0, Math.min(last, place(cursor, last)))}));
	}

	/** To the next recording that failed, from the start again after the last one. */
	moveToFailure(): void {
		const {rows} = this.table;
		this.moveTo((cursor) => {
			for (let step = 1; step <= rows.length; step++) {
				const index = (cursor + step) % rows.length;
				if (rows[index]!.state === 'failed') return index;
			}
			return cursor;
		});
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
		if (this.table.rows.length > before) this.store.setState({cursor: before});
		else this.#options.tell('Already in the table; r tries again, N makes a new job');
	}

	/** Sends nothing more for now, or goes on. What the service has is fetched all the same. */
	togglePause(): void {
		this.#engine.paused = !this.#engine.paused;
		this.#refresh();
	}

	changeUploads(by: 1 | -1): void {
		const {uploads, ...others} = this.limits;
		this.#limit({...others, uploads: stepped(uploads, by, MOST_UPLOADS)});
	}

	changeRunning(by: 1 | -1): void {
		const {running, ...others} = this.limits;
		this.#limit({...others, running: stepped(running, by, MOST_RUNNING)});
	}

	async retry(): Promise<void> {
		if (this.selected !== undefined) await this.#retry([this.selected]);
	}

	/** Tries again whatever failed. */
	async retryFailed(): Promise<void> {
		await this.#retry(this.table.rows.filter(({state}) => state === 'failed'));
	}

	cancel(): void {
		const row = this.selected;
		if (row !== undefined) this.#attempt(() => this.#engine.cancel(row.file));
	}

	/** Makes a new job although there is one. It costs again, so it is asked about first. */
	newJob(): void {
		const row = this.selected;
		if (row === undefined) return;
		if (this.#options.services.demo) this.#makeNewJob(row);
		else this.store.setState({askingNewJob: row});
	}

	answerNewJob(yes: boolean): void {
		const row = this.store.getState().askingNewJob;
		this.store.setState({askingNewJob: undefined});
		if (yes && row !== undefined) this.#makeNewJob(row);
	}

	/** Sends nothing more; resolves when nothing is under way. The next start goes on with what is left. */
	async end(): Promise<void> {
		this.#engine.stop();
		await this.#engine.settled();
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

	#makeNewJob({file}: BatchRow): void {
		this.#attempt(() => this.#engine.retry(file, {force: true}));
	}

	#limit(limits: Limits): void {
		this.#engine.limits = limits;
		this.#refresh();
		this.#options.tell(
			`At most ${amount(limits.uploads, 'upload')} and ${amount(limits.running, 'job')} at once`,
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
		this.#options.tell(error instanceof Error ? error.message : String(error), 'problem');
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

const amount = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
