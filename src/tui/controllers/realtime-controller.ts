/** The realtime tab's state and what can be done with it: one session at a time, and where the reader is in it. */
import {basename} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {openFileSource} from '../../audio/file-source.ts';
import {listDevices, openMicrophone} from '../../audio/microphone.ts';
import {droppedPaths} from '../../batch/dropped-paths.ts';
import type {RealtimeEvent} from '../../realtime/events.ts';
import {LiveView} from '../../realtime/live-view.ts';
import {saveSession} from '../../realtime/save.ts';
import {runSession} from '../../realtime/session.ts';
import {systemClock} from '../../speechmatics/clock.ts';
import type {Scroll} from '../presentation/realtime-lines.ts';
import {movePosition} from '../presentation/speech-lines.ts';
import {askPath} from '../prompts/ask-path.ts';
import {pickDevice} from '../prompts/device-picker.ts';
import {pulse} from '../stores/pulse.ts';
import type {ControllerOptions} from './batch-controller.ts';

export interface RealtimeState {
	/** The view's version at the last pulse. */
	readonly version: number;
	/** Milliseconds by the clock of the view. */
	readonly now: number;
	/** `undefined`: the reader follows the end. */
	readonly scroll: Scroll | undefined;
	/** What is, or would be, captioned. */
	readonly sourceName: string;
}

/** Milliseconds between two updates of the screen; a partial comes about every 350 ms. */
const PULSE = 66;

export class RealtimeController {
	readonly view = new LiveView();
	readonly store = createStore<RealtimeState>(() => ({
		version: 0,
		now: 0,
		scroll: undefined,
		sourceName: 'default microphone',
	}));
	readonly #options: ControllerOptions;
	readonly #pulse = pulse(PULSE, () => {
		this.store.setState({version: this.view.version, now: this.#options.now()});
	});
	#device: string | undefined;
	#stop: AbortController | undefined;
	#session: Promise<void> = Promise.resolve();

	constructor(options: ControllerOptions) {
		this.#options = options;
	}

	/** Space: begins with the microphone, or ends what is running. */
	toggle(): void {
		if (this.view.isRunning) this.stop();
		else this.#start(undefined);
	}

	/** Ends the source; the last words are waited for. */
	stop(): void {
		this.#stop?.abort();
	}

	/** Streams a recording at its own speed. */
	stream(path: string): void {
		if (!this.view.isRunning) this.#start(path);
	}

	streamSample(): void {
		const {samplePath} = this.#options.services;
		if (samplePath !== undefined) this.stream(samplePath);
	}

	async streamDropped(text: string): Promise<void> {
		const [path] = await droppedPaths(text);
		if (path === undefined) return;
		if (this.view.isRunning) this.#options.tell('A session is running: stop it first', 'problem');
		else this.stream(path);
	}

	async askForFile(): Promise<void> {
		let path: string | undefined;
		await this.#options.handOver(async () => {
			path = await askPath(`${this.#options.services.demo ? 'DEMO: r' : 'R'}ecording to stream:`);
		});
		if (path !== undefined) this.stream(path);
	}

	async chooseDevice(): Promise<void> {
		const devices = await listDevices().catch((error: Error) => {
			this.#options.tell(error.message, 'problem');
			return undefined;
		});
		if (devices === undefined) return;
		if (devices.length === 0) {
			this.#options.tell('There is no microphone: connect one, or check the sound settings', 'problem');
			return;
		}
		await this.#options.handOver(async () => {
			this.#device =
				(await pickDevice(
					devices,
					this.#device,
					this.#options.services.demo ? 'DEMO: which microphone?' : undefined,
				)) ?? this.#device;
		});
		this.store.setState({sourceName: this.#microphoneName()});
	}

	/**
	 * @param by rows up (negative) or down; coming back to the end follows again
	 * @param window what is visible of the transcript, in rows and columns
	 */
	scroll(by: number, window: {readonly rows: number; readonly columns: number}): void {
		const {lines} = this.view;
		this.store.setState(({scroll}) => {
			const position = movePosition(lines, scroll?.position, by, window.rows, window.columns);
			return {scroll: position && {position, seen: scroll?.seen ?? lines.length}};
		});
	}

	follow(): void {
		this.store.setState({scroll: undefined});
	}

	/** Ends the session and resolves when its last words are saved. */
	async end(): Promise<void> {
		this.stop();
		await this.#session;
	}

	#start(file: string | undefined): void {
		this.#stop = new AbortController();
		this.store.setState({
			scroll: undefined,
			sourceName: file === undefined ? this.#microphoneName() : basename(file),
		});
		this.#session = this.#run(file, this.#stop.signal).catch((error: Error) => {
			this.#options.tell(error.message, 'problem');
		});
	}

	async #run(file: string | undefined, stop: AbortSignal): Promise<void> {
		const {services, tell} = this.#options;
		const startedAt = new Date();
		const {transcript, error} = await runSession({
			client: services.newRealtimeClient(),
			opening: file === undefined ? 'starting microphone' : 'opening audio',
			openSource: () =>
				file === undefined
					? openMicrophone(this.#device === undefined ? {} : {device: this.#device})
					: openFileSource(file),
			start: services.realtimeStart,
			pace: '1',
			emit: (event) => this.#apply(event),
			stop,
			clock: systemClock,
		});
		if (error !== undefined) tell((error as Error).message, 'problem');
		if (transcript === undefined || transcript.results.length === 0) return;
		const {outputDir, demo} = services;
		const outputs = await saveSession(transcript, {file, outputDir, simulated: demo, startedAt});
		this.#apply({type: 'saved', outputs});
	}

	#apply(event: RealtimeEvent): void {
		this.view.apply(event, this.#options.now());
		this.#pulse();
	}

	#microphoneName(): string {
		return this.#device === undefined ? 'default microphone' : this.#device;
	}
}
