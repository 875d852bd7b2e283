/** The tab that compares: one recording both ways at the same moment. */
import {homedir} from 'node:os';
import {basename} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import {type Comparison, NEW_COMPARISON, reduceComparison} from '../../compare/comparison.ts';
import {findingsOf} from '../../compare/findings.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {Watched} from '../screens/screen.ts';
import {pulse} from '../stores/pulse.ts';
import {CompareReader} from './compare-reader.ts';
import type {ControllerOptions} from './controller-options.ts';
import {FilePicks} from './file-picks.ts';
import {InlineQuestions} from './inline-questions.ts';
import type {ViewerOptions} from './transcript-viewer.ts';
import {viewerEffects} from './viewer-effects.ts';

export interface CompareState {
	/** Of the recording that is, or was, compared; `undefined` before the first. */
	readonly comparison: Comparison | undefined;
	/** Seconds since the comparison began. */
	readonly elapsed: number;
	readonly running: boolean;
	/** True once it was asked to end. */
	readonly stopping: boolean;
	/** The path of a file with what was said. */
	readonly reference: string | undefined;
}

/** Milliseconds between two updates of the screen. */
const PULSE = 80;
/** Clocks go on where nothing else happens. Milliseconds. */
const TICK = 200;
/** What a text is called that both are judged by. */
const REFERENCE = /\.(txt|srt|vtt|json)$/i;

export class CompareController {
	readonly store = createStore<CompareState>(() => ({
		comparison: undefined,
		elapsed: 0,
		running: false,
		stopping: false,
		reference: undefined,
	}));
	readonly questions: InlineQuestions;
	/** Where the reader is in what came of it, and what can be done with it. */
	readonly reader: CompareReader;
	/** Whose changes are worth a new frame. */
	readonly stores: readonly Watched[];
	readonly #options: ControllerOptions;
	readonly #picks: FilePicks;
	#comparison: Comparison | undefined;
	#startedAt = 0;
	#stop: AbortController | undefined;
	#over: Promise<void> = Promise.resolve();
	readonly #pulse = pulse(PULSE, () => this.#refresh());

	/** @param effects what is done outside of the screen; for tests */
	constructor(options: ControllerOptions, effects: Pick<ViewerOptions, 'copy' | 'player'> = viewerEffects()) {
		this.#options = options;
		this.#picks = new FilePicks(options);
		this.questions = new InlineQuestions(options.tell);
		this.reader = new CompareReader({...options, ...effects, state: () => this.store.getState()});
		this.stores = [this.store, this.questions.store, this.questions.field.store, ...this.reader.stores];
	}

	get running(): boolean {
		return this.#stop !== undefined;
	}

	/** What an hour costs. */
	get rates() {
		return this.#options.services.compare?.rates() ?? {};
	}

	/** Why the rates cannot be set; `undefined` where they can. */
	get whyNoRates(): string | undefined {
		return this.#options.services.settings === undefined ? 'there are no settings here' : undefined;
	}

	async pick(): Promise<void> {
		this.#compareFirst(await this.#picks.pick());
	}

	compareSample(): void {
		const {samplePath} = this.#options.services;
		if (samplePath === undefined) this.#options.tell('There is no sample here', 'problem');
		else this.compare(samplePath);
	}

	/** A recording to compare, or a text that both are judged by. */
	async compareDropped(text: string): Promise<void> {
		const paths = await droppedPaths(text);
		const [path] = paths;
		if (path === undefined) this.#options.tell('That is no file', 'problem');
		else if (!REFERENCE.test(path)) this.#compareFirst(paths);
		else {
			try {
				await this.judgeBy(path);
			} catch (error) {
				this.#options.tell(messageOf(error), 'problem');
			}
		}
	}

	/** Asks for a file with what was said. */
	askForReference(): void {
		this.questions.ask([
			{
				label: 'What was said, a file (empty: none):',
				text: this.store.getState().reference ?? '',
				answer: async (text) => {
					const [path = ''] = text === '' ? [] : await droppedPaths(text);
					await this.judgeBy(path === '' ? undefined : path.replace(/^~(?=\/|$)/, homedir()));
				},
			},
		]);
	}

	/**
	 * Judges both by a text: what was compared already at once, without sending it again, and what comes next.
	 *
	 * @param path of a file with what was said; `undefined`: by none
	 * @throws with a sentence where it cannot be read
	 */
	async judgeBy(path: string | undefined): Promise<void> {
		const {services, tell} = this.#options;
		const reference = path === undefined ? undefined : await services.compare?.said(path);
		if (this.running) {
			tell('A comparison is running: what was said can be named when it is over', 'problem');
			return;
		}
		if (this.#comparison?.findings !== undefined) {
			const {batch, realtime} = this.#comparison;
			const findings = findingsOf({
				batch: batch.transcript,
				realtime: realtime.transcript,
				reference,
			});
			this.#comparison = {...this.#comparison, findings};
			this.reader.reset();
		}
		this.store.setState({reference: path, comparison: this.#comparison});
		tell(path === undefined ? 'No text judges them now' : `Both are judged by ${basename(path)}`);
	}

	/** Asks what an hour costs, and writes it to the settings. */
	askForRates(): void {
		const {settings} = this.#options.services;
		if (settings === undefined) return;
		const {batch, realtime, currency} = this.rates;
		const save = (name: string, before: string) => async (text: string) => {
			if (text === before) return;
			if (text === '') await settings.unset(name);
			// Half of Europe writes 0,3.
			else await settings.set(name, name === 'compare.currency' ? text : text.replace(',', '.'));
		};
		const question = (label: string, name: string, value: number | string | undefined) => {
			const text = value === undefined ? '' : String(value);
			return {label, text, answer: save(name, text)};
		};
		const last = question('In which currency:', 'compare.currency', currency);
		this.questions.ask([
			question('What an hour of batch costs you:', 'compare.batch_rate', batch),
			question('What an hour of realtime costs you:', 'compare.realtime_rate', realtime),
			{
				...last,
				answer: async (text) => {
					await last.answer(text);
					this.#options.tell('The rates are in the settings now');
				},
			},
		]);
	}

	/** Compares the same recording once more. */
	again(): void {
		if (this.#comparison !== undefined) this.compare(this.#comparison.file);
	}

	compare(path: string): void {
		const {services, tell, now} = this.#options;
		const both = services.compare;
		if (both === undefined) {
			tell('There is nothing to compare with here', 'problem');
			return;
		}
		if (this.running) {
			tell('A comparison is running: stop it first', 'problem');
			return;
		}
		const before = this.#comparison;
		const stop = new AbortController();
		this.#stop = stop;
		this.#comparison = {...NEW_COMPARISON, file: path};
		this.#startedAt = now();
		this.reader.reset();
		this.store.setState({running: true, stopping: false});
		this.#refresh();
		const ticking = setInterval(this.#pulse, TICK);
		let hasBegun = false;
		this.#over = both
			.run(path, {
				reference: this.store.getState().reference,
				signal: stop.signal,
				emit: (event) => {
					if (event.type === 'began') {
						hasBegun = true;
						this.#startedAt = now();
					}
					this.#comparison = reduceComparison(this.#comparison!, event);
					this.#pulse();
				},
			})
			.then(() => this.#tellEnd(this.#comparison!))
			.catch((error: unknown) => {
				// Nothing was sent: what was seen before is still worth more.
				if (!hasBegun) this.#comparison = before;
				tell(messageOf(error), 'problem');
			})
			.finally(() => {
				clearInterval(ticking);
				this.#stop = undefined;
				this.store.setState({running: false, stopping: false});
				this.#refresh();
			});
	}

	stop(): void {
		if (this.#stop === undefined) return;
		this.store.setState({stopping: true});
		this.#stop.abort();
	}

	/** Stops, and resolves when both have come to their end. */
	async end(): Promise<void> {
		this.reader.sound.stop();
		this.stop();
		await this.#over;
	}

	#compareFirst([path, ...more]: readonly string[]): void {
		if (path === undefined) return;
		this.compare(path);
		if (more.length > 0 && this.running) this.#options.tell(`Only ${basename(path)}: one at a time`);
	}

	#tellEnd({file, batch, realtime, findings}: Comparison): void {
		const {tell, services} = this.#options;
		if (batch.phase === 'stopped' || realtime.phase === 'stopped') {
			// The demo's service ends with the demo.
			const goesOn = batch.jobId !== undefined && batch.phase === 'stopped' && !services.demo;
			tell(goesOn ? `Stopped; job ${batch.jobId} goes on at the service` : 'Stopped');
			return;
		}
		const count = findings?.realtimeAgainstBatch?.changes.length;
		if (count === undefined) return;
		const places =
			count === 0 ? 'no word differs' : count === 1 ? '1 place differs' : `${count} places differ`;
		tell(`${basename(file)} is compared: ${places}`);
	}

	#refresh(): void {
		this.store.setState({
			comparison: this.#comparison,
			elapsed: (this.#options.now() - this.#startedAt) / 1000,
		});
	}
}
