/** Several sources at once, as channels with one clock: the microphone, and what the computer plays. */
import {type Clock, systemClock} from '../speechmatics/clock.ts';
import {ChannelTimeline} from './channel-timeline.ts';
import {ItemQueue} from './chunk-queue.ts';
import {LinearResampler} from './resample.ts';
import {AudioError, type AudioSource} from './source.ts';

/** How often a quiet channel is looked after. Milliseconds. */
const TICK = 100;

/** Audio that may wait for its reader before the memory is spared. Seconds of all channels together. */
const MAXIMUM_WAITING = 600;

export interface ChannelSource {
	/** The channel's name, such as `Me`. */
	readonly label: string;
	/** A live source of mono s16le. */
	readonly open: () => Promise<AudioSource>;
}

export interface ChannelChunk {
	/** The label of the channel. */
	readonly channel: string;
	/** Mono s16le, 100 ms or little more. */
	readonly bytes: Uint8Array;
}

export interface Channels {
	/** Of every channel: that of the first source. */
	readonly format: {readonly type: 'raw'; readonly encoding: 'pcm_s16le'; readonly sample_rate: number};
	/**
	 * What the channels give, as it comes; can be read once. A channel that is quiet (lost, or over) gets zeros, and at
	 * the end all have the same length.
	 *
	 * @throws AudioError where the sources broke, all of them, or nobody read for ten minutes
	 */
	channels(): AsyncIterable<ChannelChunk>;
	/** Asks all sources to end. What they have captured until now still comes out of `channels`. */
	stop(): Promise<void>;
}

export interface ChannelOptions {
	/** A source is over before it was stopped; its channel goes on with zeros. */
	readonly onEnded?: (label: string, failure: Error | undefined) => void;
	readonly clock?: Clock;
}

/**
 * Opens all sources and puts them on one timeline, which begins when the first of them is open.
 *
 * @throws AudioError that names the channel which cannot be opened; the others are stopped then
 */
export async function openChannels(
	sources: readonly ChannelSource[],
	options: ChannelOptions = {},
): Promise<Channels> {
	const attempts = await Promise.allSettled(sources.map(({open}) => open()));
	const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
	try {
		for (const [index, attempt] of attempts.entries()) {
			if (attempt.status === 'fulfilled') rateOf(attempt.value);
			else throw named(sources[index]!.label, attempt.reason);
		}
	} catch (error) {
		await Promise.all(opened.map((source) => source.stop().catch(() => {})));
		throw error;
	}
	return new Mixer(
		sources.map(({label}, index) => ({label, source: opened[index]!})),
		options,
	);
}

interface Channel {
	readonly label: string;
	readonly source: AudioSource;
	readonly timeline: ChannelTimeline;
	readonly resampler: LinearResampler | undefined;
	/** For so many seconds nothing has come while this program was listening. */
	quiet: number;
	readonly over: Promise<Error | undefined>;
}

class Mixer implements Channels {
	readonly format: Channels['format'];
	readonly #channels: readonly Channel[];
	readonly #queue = new ItemQueue<ChannelChunk>(({bytes}) => bytes.length);
	readonly #clock: Clock;
	readonly #start: number;
	readonly #options: ChannelOptions;
	readonly #over = new AbortController();
	readonly #finished: Promise<void>;
	#stopping = false;

	constructor(
		opened: readonly {readonly label: string; readonly source: AudioSource}[],
		options: ChannelOptions,
	) {
		this.#options = options;
		this.#clock = options.clock ?? systemClock;
		this.#start = this.#clock.now();
		const sampleRate = rateOf(opened[0]!.source);
		this.format = {type: 'raw', encoding: 'pcm_s16le', sample_rate: sampleRate};
		this.#channels = opened.map(({label, source}) => {
			const rate = rateOf(source);
			const channel = {
				label,
				source,
				timeline: new ChannelTimeline(sampleRate),
				resampler: rate === sampleRate ? undefined : new LinearResampler(rate, sampleRate),
				quiet: 0,
			};
			return Object.assign(channel, {over: this.#listen(channel)});
		});
		void this.#fill();
		this.#finished = this.#finish();
	}

	channels(): AsyncIterable<ChannelChunk> {
		return this.#queue.read();
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		await Promise.all(this.#channels.map(({source}) => source.stop()));
		await this.#finished;
	}

	async #listen(channel: Omit<Channel, 'over'>): Promise<Error | undefined> {
		let failure: Error | undefined;
		try {
			for await (const chunk of channel.source.chunks()) {
				const bytes = channel.resampler?.push(chunk) ?? chunk;
				channel.quiet = 0;
				this.#give(channel.label, channel.timeline.take(bytes, this.#now()));
			}
		} catch (error) {
			failure = named(channel.label, error);
		}
		if (!this.#stopping) this.#options.onEnded?.(channel.label, failure);
		return failure;
	}

	/** Fills the quiet channels until all are over. */
	async #fill(): Promise<void> {
		for (;;) {
			const before = this.#clock.now();
			await this.#clock.sleep(TICK, this.#over.signal).catch(() => {});
			if (this.#over.signal.aborted) return;
			// Late means that this program stood still: what came meanwhile has not been read yet.
			if (this.#clock.now() - before >= 3 * TICK) continue;
			for (const channel of this.#channels) {
				channel.quiet += TICK / 1000;
				this.#give(channel.label, channel.timeline.fill(this.#now(), channel.quiet));
			}
		}
	}

	async #finish(): Promise<void> {
		const failures = await Promise.all(this.#channels.map(({over}) => over));
		this.#over.abort();
		const end = Math.max(...this.#channels.map(({timeline}) => timeline.position));
		for (const {label, timeline} of this.#channels) this.#give(label, timeline.end(end));
		this.#queue.end(failures.every((failure) => failure !== undefined) ? failures[0] : undefined);
	}

	#give(channel: string, pieces: readonly Uint8Array[]): void {
		for (const bytes of pieces) this.#queue.push({channel, bytes});
		if (this.#queue.waitingBytes <= MAXIMUM_WAITING * this.format.sample_rate * 2) return;
		this.#queue.end(new AudioError(`The recording ended: its audio was not taken for ${MAXIMUM_WAITING} s.`));
		void this.stop();
	}

	/** Samples that the clock of all has counted. */
	#now(): number {
		return Math.floor(((this.#clock.now() - this.#start) / 1000) * this.format.sample_rate);
	}
}

function rateOf({format}: AudioSource): number {
	if (format.type !== 'raw' || format.encoding !== 'pcm_s16le') {
		throw new AudioError('only sources of 16 bit samples can be channels');
	}
	return format.sample_rate;
}

function named(label: string, error: unknown): AudioError {
	return new AudioError(`${label}: ${(error as Error).message}`, {cause: error});
}
