/** The realtime tab's state and what can be done with it: one session at a time, and where the reader is in it. */
import {createStore} from 'zustand/vanilla';
import {isStreamUrl} from '../../audio/stream-url.ts';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import type {RealtimeEvent} from '../../realtime/events.ts';
import {type KnobName, knobText, partialsText, showsPartials, turned} from '../../realtime/knobs.ts';
import {LiveView} from '../../realtime/live-view.ts';
import type {LiveSession} from '../../realtime/session.ts';
import type {SourceChoice} from '../../realtime/sources.ts';
import {systemClock} from '../../speechmatics/clock.ts';
import type {MidSessionConfig} from '../../speechmatics/config.ts';
import {liveBlocks} from '../presentation/live-blocks.ts';
import type {Scroll} from '../presentation/realtime-lines.ts';
import {movePosition} from '../presentation/scrolling.ts';
import {labelColumns} from '../presentation/speech-lines.ts';
import {askPath} from '../prompts/ask-path.ts';
import {askSpeakerName, speakersOf} from '../prompts/speaker-name.ts';
import {pulse} from '../stores/pulse.ts';
import type {ControllerOptions} from './controller-options.ts';
import {Heard} from './heard.ts';
import {LastSession} from './last-session.ts';
import {runLive} from './live-run.ts';
import {LiveSource} from './live-source.ts';
import {noticeOf} from './microphone-notices.ts';
import type {PushToTalk} from './push-to-talk.ts';
import {shownName} from './source-names.ts';
import {StoredRuns} from './stored-runs.ts';

export interface RealtimeState {
	/** The view's version at the last pulse. */
	readonly version: number;
	/** Milliseconds by the clock of the view. */
	readonly now: number;
	/** `undefined`: the reader follows the end. */
	readonly scroll: Scroll | undefined;
	/** What is, or would be, captioned. */
	readonly sourceName: string;
	/** What was changed by keys; it holds for later sessions too. */
	readonly changes: MidSessionConfig;
	/** Columns that speakers take at least: those of the longest name that was given. */
	readonly labels: number;
	/** Whether the captions have the whole window, large, for a room to read. */
	readonly stage: boolean;
}

/** Milliseconds between two updates of the screen; a partial comes about every 350 ms. */
const PULSE = 66;
/** Clocks and countdowns go on where nothing else happens. Milliseconds. */
const TICK = 1000;
/** What is held to be heard, where that is wanted. */
export const TALK_KEY = 't';

export class RealtimeController {
	readonly view = new LiveView();
	readonly store = createStore<RealtimeState>(() => ({
		version: 0,
		now: 0,
		scroll: undefined,
		sourceName: shownName({from: 'microphone'}),
		changes: {},
		labels: 0,
		stage: false,
	}));
	/** What can be done with sessions of earlier runs. */
	readonly stored: StoredRuns;
	/** What can be done with the session that ended last. */
	readonly last: LastSession;
	/** What Space begins with. */
	readonly source: LiveSource;
	/** Whether the user is heard. */
	readonly heard: Heard;
	readonly #options: ControllerOptions;
	readonly #pulse = pulse(PULSE, () => {
		this.store.setState({version: this.view.version, now: this.#options.now()});
	});
	#stop: AbortController | undefined;
	#session: LiveSession | undefined;
	#marks = 0;
	#over: Promise<void> = Promise.resolve();

	constructor(options: ControllerOptions) {
		this.#options = options;
		this.source = new LiveSource(options, (choice) => this.store.setState({sourceName: shownName(choice)}));
		this.heard = new Heard(systemClock, this.#pulse);
		this.last = new LastSession(options);
		this.stored = new StoredRuns({
			...options,
			view: this.view,
			apply: (event) => this.#apply(event),
			begin: (name, work) => this.#begin(name, work),
		});
	}

	/** Whether somebody can be marked, named, or made final. */
	get isLive(): boolean {
		return this.#session !== undefined;
	}

	/** Push to talk, where there is a microphone that it could mute. */
	get talk(): PushToTalk | undefined {
		return this.heard.hasMicrophone ? this.heard.talk : undefined;
	}

	/** What a session works with, or would. */
	get config(): MidSessionConfig {
		return {...this.#options.services.realtimeStart.transcriptionConfig, ...this.store.getState().changes};
	}

	/** Space: begins with the microphone, or ends what is running. */
	toggle(): void {
		if (this.view.isRunning) this.stop();
		else this.#start(this.source.choice);
	}

	/** Ends the source; the last words are waited for. */
	stop(): void {
		this.#stop?.abort();
	}

	/** Streams a recording at its own speed, or from an address. */
	stream(path: string): void {
		if (this.view.isRunning) return;
		this.#start(isStreamUrl(path) ? {from: 'stream', url: path} : {from: 'file', path});
	}

	streamSample(): void {
		const {samplePath} = this.#options.services;
		if (samplePath !== undefined) this.stream(samplePath);
	}

	async streamDropped(text: string): Promise<void> {
		const [path] = isStreamUrl(text.trim()) ? [text.trim()] : await droppedPaths(text);
		if (path === undefined) this.#options.tell('That is no file', 'problem');
		else if (this.view.isRunning) this.#options.tell('A session is running: stop it first', 'problem');
		else this.stream(path);
	}

	async askForFile(): Promise<void> {
		let path: string | undefined;
		await this.#options.handOver(async () => {
			path = await askPath(`${this.#options.services.demo ? 'DEMO: r' : 'R'}ecording to stream:`);
		});
		if (path !== undefined) this.stream(path);
	}

	/** Pauses what is live, or goes on: meanwhile nothing is sent or recorded. */
	togglePause(): void {
		this.#session?.pause(!this.view.paused);
	}

	toggleStage(): void {
		this.store.setState(({stage}) => ({stage: !stage}));
	}

	/** A key was let go, by its name in `keyNames`. */
	released(key: string): void {
		this.heard.talk.release(key === TALK_KEY);
	}

	/** Marks this moment, to be found again in the transcript. */
	mark(): void {
		if (this.#session === undefined) return;
		this.#marks += 1;
		this.#session.mark(`mark ${this.#marks}`);
	}

	/** Makes final what was said until now. */
	endUtterance(): void {
		this.#session?.endUtterance().catch(this.#tellProblem);
	}

	async nameSpeaker(): Promise<void> {
		const speakers = speakersOf(this.view.lines);
		if (speakers.size === 0) return this.#options.tell('Nobody has been told apart yet');
		let named: {label: string; name: string} | undefined;
		await this.#options.handOver(async () => {
			named = await askSpeakerName(speakers, this.#options.services.demo ? 'DEMO: ' : '');
		});
		if (named === undefined) return;
		if (this.#session !== undefined) this.#session.nameSpeaker(named.label, named.name);
		// It ended while the name was typed: at least the screen shows it.
		else this.#apply({type: 'speaker', ...named});
	}

	turn(knob: KnobName, by: 1 | -1): void {
		const change = turned(knob, this.config, by);
		if (change === undefined || this.#change(change)) this.#options.tell(knobText(knob, this.config));
	}

	togglePartials(): void {
		const change = {enable_partials: !showsPartials(this.config)};
		if (this.#change(change)) this.#options.tell(partialsText(this.config));
	}

	/**
	 * @param by rows up (negative) or down; coming back to the end follows again
	 * @param window what is visible of the transcript, in rows and columns
	 */
	scroll(by: number, window: {readonly rows: number; readonly columns: number}): void {
		const {lines} = this.view;
		const blocks = liveBlocks(this.view, window.columns, this.store.getState().labels);
		this.store.setState(({scroll}) => {
			const position = movePosition(blocks, scroll?.position, by, window.rows);
			return {scroll: position && {position, seen: scroll?.seen ?? lines.length}};
		});
	}

	follow(): void {
		this.store.setState({scroll: undefined});
	}

	/** Writes what support asks for into a file. */
	async saveSupportBundle(): Promise<void> {
		const path = await this.#options.services.saveSupportBundle?.().catch(this.#tellProblem);
		if (path) this.#options.tell(`Saved ${path}: look through it before you send it`);
	}

	/** Ends the session and resolves when its last words are saved. */
	async end(): Promise<void> {
		this.stop();
		await this.#over;
	}

	#start(choice: SourceChoice): void {
		const {services, tell} = this.#options;
		this.#begin(shownName(choice), async (stop) => {
			const ended = await runLive({
				services,
				choice,
				changes: this.store.getState().changes,
				stop,
				tell,
				show: (event) => this.#apply(event),
				onSession: (session) => {
					this.#session = session;
				},
				onMicrophone: (microphone) => this.heard.use(microphone),
				onOver: () => {
					this.#session = undefined;
				},
			});
			this.last.ended(ended);
		});
	}

	#begin(sourceName: string, work: (stop: AbortSignal) => Promise<void>): void {
		if (this.#stop !== undefined) {
			this.#options.tell('The last session is still being saved');
			return;
		}
		this.#stop = new AbortController();
		this.#marks = 0;
		this.store.setState({scroll: undefined, sourceName, labels: 0});
		const ticking = setInterval(this.#pulse, TICK);
		this.#over = work(this.#stop.signal)
			.catch(this.#tellProblem)
			.finally(() => {
				clearInterval(ticking);
				this.#session = undefined;
				this.heard.use(undefined);
				this.#stop = undefined;
				this.#pulse();
			});
	}

	/** @returns whether it was possible */
	#change(change: MidSessionConfig): boolean {
		try {
			this.#session?.change(change);
		} catch (error) {
			this.#tellProblem(error as Error);
			return false;
		}
		this.store.setState(({changes}) => ({changes: {...changes, ...change}}));
		return true;
	}

	readonly #tellProblem = ({message}: Error): void => this.#options.tell(message, 'problem');

	#apply(event: RealtimeEvent): void {
		this.view.apply(event, this.#options.now());
		if (event.type === 'speaker') {
			this.store.setState(({labels}) => ({labels: labelColumns(event.name, labels)}));
		}
		const notice = noticeOf(event);
		if (notice !== undefined) this.#options.tell(notice.text, notice.kind);
		this.#pulse();
	}
}
