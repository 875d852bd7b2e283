/** A microphone that comes back: its capture process is watched, and started again when it falls silent or dies. */
import {type Clock, systemClock} from '../speechmatics/clock.ts';
import {ChunkQueue} from './chunk-queue.ts';
import {type Microphone, type MicrophoneOptions, openMicrophone} from './microphone.ts';
import {LinearResampler} from './resample.ts';
import {SilenceWatch} from './silence.ts';
import {AudioError, type AudioSource} from './source.ts';

/** How often it is looked whether something has arrived. Milliseconds. */
const TICK = 250;

/** A microphone gives something every 100 ms: one that gives nothing for so long is lost. Milliseconds. */
const LOST_AFTER = 1_000;

/** A source that was only suspended goes on in the same process; after so long another one is tried. Milliseconds. */
const RESTART_AFTER = 3_000;

/** Until a lost device is tried again; doubled each time. Milliseconds. */
const FIRST_RETRY = 250;
const LONGEST_RETRY = 5_000;

/** A capture that has lasted so long was no failed attempt. Milliseconds. */
const STABLE_AFTER = 10_000;

/** Captured audio that may wait for its reader before the memory is spared. Seconds. */
const MAXIMUM_WAITING = 600;

/** What happens to a microphone. */
export type MicrophoneStatus =
	/** Samples come. Once, at the start. */
	| {readonly type: 'opened'; readonly device: string; readonly sampleRate: number}
	/** Nothing comes any more. It is being tried again until `back`. One sentence for the user. */
	| {readonly type: 'lost'; readonly reason: string}
	/** Samples come again; so many seconds of audio are missing between them and the last ones. */
	| {readonly type: 'back'; readonly device: string; readonly seconds: number}
	/** Only zeros have come for so long: it may be muted, or this program not permitted to hear it. Until `heard`. */
	| {readonly type: 'silent'; readonly seconds: number}
	| {readonly type: 'heard'}
	| {readonly type: 'muted'; readonly muted: boolean};

/** A live microphone that does not end before it is stopped. While it is lost its chunks pause. */
export interface WatchedMicrophone extends AudioSource {
	/** The name of the device that is captured from, or was last. */
	readonly device: string;
	readonly muted: boolean;
	/** Samples captured over all restarts, at the rate of `format`. */
	capturedSamples(): number;
	/** While muted, zeros come in the place of what is heard. */
	mute(on: boolean): void;
	/** Opens it again, because what was asked for is something else now. @param reason as of `lost` */
	reopen(reason: string): Promise<void>;
}

export interface WatchedMicrophoneOptions extends MicrophoneOptions {
	readonly onStatus?: (status: MicrophoneStatus) => void;
	/** False for a source that is often silent, as what the computer plays: then no `silent` is told. */
	readonly expectsSound?: boolean;
	/** For tests. */
	readonly open?: (options: MicrophoneOptions) => Promise<Microphone>;
	readonly clock?: Clock;
}

/**
 * Opens a microphone and watches it: where its process dies, its device is lost or nothing comes for a second, it is
 * opened again, by the same name, or the system's default where that was asked for. It must be stopped.
 *
 * @param options.signal gives up the opening; an open one is ended by `stop`
 * @throws AudioError where it cannot be opened the first time; the signal's reason
 */
export async function openWatchedMicrophone(
	options: WatchedMicrophoneOptions = {},
): Promise<WatchedMicrophone> {
	const first = await (options.open ?? openMicrophone)(options);
	return new Watch(first, options);
}

class Watch implements WatchedMicrophone {
	readonly format: Microphone['format'];
	readonly live = true;
	readonly #sampleRate: number;
	readonly #options: WatchedMicrophoneOptions;
	readonly #clock: Clock;
	readonly #queue = new ChunkQueue();
	readonly #silence = new SilenceWatch();
	readonly #stopping = new AbortController();
	/** What is asked for when it is opened again: a number may mean another device then. */
	readonly #wanted: string;
	readonly #over: Promise<void>;
	#microphone: Microphone;
	#resampler: LinearResampler | undefined;
	#muted = false;
	#lost = false;
	#failedAttempts = 0;
	#chunks = 0;
	#lastChunkAt: number;
	/** Of the captures that are over, and of the one that goes on, as far as its chunks were taken. */
	#samplesBefore = 0;
	#samplesOfThis = 0;

	constructor(first: Microphone, options: WatchedMicrophoneOptions) {
		this.#options = options;
		this.#clock = options.clock ?? systemClock;
		this.#microphone = first;
		this.format = first.format;
		this.#sampleRate = rateOf(first);
		const {device = 'default'} = options;
		this.#wanted = device === 'default' ? device : first.device;
		this.#lastChunkAt = this.#clock.now();
		this.#tell({type: 'opened', device: first.device, sampleRate: this.#sampleRate});
		this.#over = this.#run();
	}

	get device(): string {
		return this.#microphone.device;
	}

	get muted(): boolean {
		return this.#muted;
	}

	capturedSamples(): number {
		const ofThis = this.#resampler ? this.#samplesOfThis : this.#microphone.capturedSamples();
		return this.#samplesBefore + ofThis;
	}

	chunks(): AsyncIterable<Uint8Array> {
		return this.#queue.read();
	}

	mute(on: boolean): void {
		if (on === this.#muted) return;
		this.#muted = on;
		this.#tell({type: 'muted', muted: on});
		const change = this.#silence.reset();
		if (change) this.#tell(change);
	}

	async reopen(reason: string): Promise<void> {
		if (this.#stopping.signal.aborted) return;
		this.#lose(reason);
		await this.#microphone.kill();
	}

	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#microphone.stop();
		await this.#over;
	}

	/** One capture after the other, until it is stopped. */
	async #run(): Promise<void> {
		for (;;) {
			const startedAt = this.#clock.now();
			const reason = await this.#listen();
			const stopped = this.#stopping.signal.aborted;
			if (reason !== undefined) this.#lose(reason);
			if (stopped) break;
			if (this.#clock.now() - startedAt > STABLE_AFTER) this.#failedAttempts = 0;
			const next = await this.#openAgain();
			if (next === undefined) break;
			this.#samplesBefore = this.capturedSamples();
			this.#samplesOfThis = 0;
			this.#microphone = next;
			// The stop that came a moment ago went to the one before.
			if (this.#stopping.signal.aborted) void next.stop();
			this.#resampler =
				rateOf(next) === this.#sampleRate ? undefined : new LinearResampler(rateOf(next), this.#sampleRate);
		}
		this.#queue.end();
	}

	/** Takes what a capture gives until it is over, or gives nothing for too long. @returns why, where it was not stopped */
	async #listen(): Promise<string | undefined> {
		const over = new AbortController();
		const taking = this.#take().finally(() => over.abort());
		await this.#untilStuck(over.signal);
		if (!over.signal.aborted) await this.#microphone.kill();
		const failure = await taking;
		return this.#stopping.signal.aborted ? failure : (failure ?? 'The microphone ended.');
	}

	/** @returns what went wrong, if anything did */
	async #take(): Promise<string | undefined> {
		const microphone = this.#microphone;
		try {
			for await (const chunk of microphone.chunks()) this.#pass(chunk, rateOf(microphone));
			return undefined;
		} catch (error) {
			return (error as Error).message;
		}
	}

	#pass(chunk: Uint8Array, rate: number): void {
		const now = this.#clock.now();
		const seconds = Math.max(0, (now - this.#lastChunkAt) / 1000 - chunk.length / 2 / rate);
		this.#lastChunkAt = now;
		this.#chunks++;
		if (this.#lost) {
			this.#lost = false;
			this.#tell({type: 'back', device: this.device, seconds});
		}
		const samples = this.#resampler?.push(chunk) ?? chunk;
		this.#samplesOfThis += samples.length / 2;
		if (!this.#muted && this.#options.expectsSound !== false) {
			const change = this.#silence.add(chunk, rate);
			if (change) this.#tell(change);
		}
		this.#queue.push(this.#muted ? new Uint8Array(samples.length) : samples);
		if (this.#queue.waitingBytes <= MAXIMUM_WAITING * this.#sampleRate * 2) return;
		this.#queue.end(new AudioError(`The recording ended: its audio was not taken for ${MAXIMUM_WAITING} s.`));
		void this.stop();
	}

	/** Waits until nothing has come for `RESTART_AFTER`, or the capture is over. */
	async #untilStuck(over: AbortSignal): Promise<void> {
		let quiet = 0;
		let chunks = this.#chunks;
		while (quiet < RESTART_AFTER) {
			const before = this.#clock.now();
			await this.#clock.sleep(TICK, over).catch(() => {});
			if (over.aborted) return;
			const came = this.#chunks !== chunks;
			chunks = this.#chunks;
			if (came || this.#stopping.signal.aborted) quiet = 0;
			// Late means that this program stood still: what came meanwhile has not been read yet.
			else if (this.#clock.now() - before < 2 * TICK) quiet += TICK;
			if (quiet >= LOST_AFTER) this.#lose('No audio comes from the microphone.');
		}
	}

	/** @returns `undefined` where it was stopped before */
	async #openAgain(): Promise<Microphone | undefined> {
		const {signal} = this.#stopping;
		for (;;) {
			const wait = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#failedAttempts++);
			await this.#clock.sleep(wait, signal).catch(() => {});
			if (signal.aborted) return undefined;
			const open = this.#options.open ?? openMicrophone;
			const microphone = await open({...this.#options, device: this.#wanted, signal}).catch(() => undefined);
			if (!signal.aborted && microphone) return microphone;
			await microphone?.kill();
		}
	}

	#lose(reason: string): void {
		if (this.#lost) return;
		this.#lost = true;
		this.#tell({type: 'lost', reason});
	}

	#tell(status: MicrophoneStatus): void {
		this.#options.onStatus?.(status);
	}
}

function rateOf({format}: Microphone): number {
	if (format.type !== 'raw') throw new AudioError('a microphone gives raw samples');
	return format.sample_rate;
}
