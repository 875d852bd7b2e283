/** The tab that compares: one recording both ways at the same moment. */
import {basename} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import {type Comparison, NEW_COMPARISON, reduceComparison} from '../../compare/comparison.ts';
import {messageOf} from '../../platform/message-of.ts';
import {askPath} from '../prompts/ask-path.ts';
import {pickFiles} from '../prompts/file-picker.ts';
import {pulse} from '../stores/pulse.ts';
import type {ControllerOptions} from './controller-options.ts';

export interface CompareState {
	readonly comparison: Comparison;
	/** Seconds since the comparison began. */
	readonly elapsed: number;
	readonly running: boolean;
	/** The recording that is, was, or would be compared. */
	readonly path: string | undefined;
	/** A file with what was said. */
	readonly reference: string | undefined;
	/** First row of the report that is shown. */
	readonly top: number;
}

/** Milliseconds between two updates of the screen. */
const PULSE = 80;
/** Clocks go on where nothing else happens. Milliseconds. */
const TICK = 200;

export class CompareController {
	readonly store = createStore<CompareState>(() => ({
		comparison: NEW_COMPARISON,
		elapsed: 0,
		running: false,
		path: undefined,
		reference: undefined,
		top: 0,
	}));
	readonly #options: ControllerOptions;
	#comparison = NEW_COMPARISON;
	#startedAt = 0;
	#stop: AbortController | undefined;
	#over: Promise<void> = Promise.resolve();
	#folder = process.cwd();
	readonly #pulse = pulse(PULSE, () => this.#refresh());

	constructor(options: ControllerOptions) {
		this.#options = options;
	}

	get running(): boolean {
		return this.#stop !== undefined;
	}

	/** What an hour costs. */
	get rates() {
		return this.#options.services.compare?.rates() ?? {};
	}

	async pick(): Promise<void> {
		let picked: string | undefined;
		await this.#options.handOver(async () => {
			const result = await pickFiles({
				folder: this.#folder,
				...(this.#options.services.demo && {mark: 'DEMO'}),
			});
			if (result === undefined) return;
			[picked] = result.paths;
			this.#folder = result.folder;
		});
		if (picked !== undefined) this.compare(picked);
	}

	compareSample(): void {
		const {samplePath} = this.#options.services;
		if (samplePath !== undefined) this.compare(samplePath);
	}

	async compareDropped(text: string): Promise<void> {
		const [path] = await droppedPaths(text);
		if (path === undefined) this.#options.tell('That is no file', 'problem');
		else this.compare(path);
	}

	/** Asks for a file with what was said; nothing takes it away. */
	async askForReference(): Promise<void> {
		let path: string | undefined;
		await this.#options.handOver(async () => {
			path = await askPath(
				`${this.#options.services.demo ? 'DEMO: w' : 'W'}hat was said (txt, srt, vtt, json):`,
			);
		});
		this.store.setState({reference: path});
		if (path !== undefined) this.#options.tell(`The next comparison is judged by ${basename(path)}`);
	}

	/** Compares the same recording once more. */
	again(): void {
		const {path} = this.store.getState();
		if (path !== undefined) this.compare(path);
	}

	compare(path: string): void {
		const {services, tell} = this.#options;
		const both = services.compare;
		if (both === undefined) {
			tell('There is nothing to compare with here');
			return;
		}
		if (this.running) {
			tell('A comparison is running: stop it first', 'problem');
			return;
		}
		const stop = new AbortController();
		this.#stop = stop;
		this.#comparison = {...NEW_COMPARISON, file: path};
		this.#startedAt = this.#options.now();
		this.store.setState({path, top: 0, running: true});
		this.#refresh();
		const ticking = setInterval(this.#pulse, TICK);
		const {reference} = this.store.getState();
		this.#over = both
			.run(path, {
				reference,
				signal: stop.signal,
				emit: (event) => {
					if (event.type === 'began') this.#startedAt = this.#options.now();
					this.#comparison = reduceComparison(this.#comparison, event);
					this.#pulse();
				},
			})
			.catch((error: unknown) => tell(messageOf(error), 'problem'))
			.finally(() => {
				clearInterval(ticking);
				this.#stop = undefined;
				this.store.setState({running: false});
				this.#refresh();
			});
	}

	stop(): void {
		this.#stop?.abort();
	}

	/** @param last the highest first row there is */
	scrollTo(place: (top: number) => number, last: number): void {
		this.store.setState(({top}) => ({top: Math.max(0, Math.min(last, place(Math.min(last, top))))}));
	}

	/** Stops, and resolves when both have come to their end. */
	async end(): Promise<void> {
		this.stop();
		await this.#over;
	}

	#refresh(): void {
		this.store.setState({
			comparison: this.#comparison,
			elapsed: (this.#options.now() - this.#startedAt) / 1000,
		});
	}
}
