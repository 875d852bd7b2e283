/** Takes audio from a source to the track: at its pace, measured, and recorded. */
import {LevelMeter} from '../audio/level.ts';
import {paced} from '../audio/pace.ts';
import type {AudioSource} from '../audio/source.ts';
import type {Clock} from '../speechmatics/clock.ts';
import {type AudioFormat, bytesPerSecond} from '../speechmatics/config.ts';
import type {AudioTrack, Frame} from './audio-track.ts';
import type {RealtimeEvent} from './events.ts';

/** Where audio is kept while it is captured. */
export interface Recorder {
	append(bytes: Uint8Array): void;
}

export interface ProducerOptions {
	readonly track: AudioTrack;
	readonly pace: '1' | 'max';
	readonly clock: Clock;
	/** Milliseconds since 1970; tells when the machine was asleep. */
	readonly wallClock: () => number;
	readonly emit: (event: RealtimeEvent) => void;
	/** Live audio came later than it should, by so many seconds. */
	readonly onPause: (seconds: number) => void;
	readonly recorder?: Recorder | undefined;
	/** Whether what a live source gives shall be dropped now. */
	readonly isPaused?: () => boolean;
	/** How far the audio is sent already, for sources that can wait. Seconds. */
	readonly sentUntil: () => number;
	/** Aborting asks the source to end; what it has captured until then still comes. */
	readonly over: AbortSignal;
}

/** A source that can wait is not read further ahead than this. Seconds. */
const AHEAD = 20;
/** Between two pieces of live audio, more than this is no hiccup: the machine slept. Milliseconds. */
const SLEPT = 10_000;

/**
 * Lasts until the source ends.
 *
 * @throws AudioError where the source fails; what came before is in the track
 */
export async function produce(source: AudioSource, options: ProducerOptions): Promise<void> {
	const {track, pace, clock, emit, recorder, over} = options;
	const endSource = () => void source.stop().catch(() => {});
	if (over.aborted) endSource();
	over.addEventListener('abort', endSource, {once: true});
	const perSecond = source.bytesPerSecond ?? bytesPerSecond(source.format);
	const ownSpeed = pace === '1' && !source.live && perSecond !== undefined;
	const meter =
		source.format.type === 'raw'
			? new LevelMeter(source.format.encoding, source.format.sample_rate)
			: undefined;
	let lastAt = options.wallClock();
	for await (const frames of framesOf(source, ownSpeed ? {perSecond, clock, over} : undefined)) {
		const now = options.wallClock();
		if (source.live && options.isPaused?.()) {
			lastAt = now;
			continue;
		}
		if (source.live && now - lastAt > SLEPT) options.onPause(Math.round((now - lastAt) / 1000));
		lastAt = now;
		// Of several channels the first one is what the user can do something about.
		const [{bytes}] = frames as readonly [Frame];
		if (meter !== undefined) emit({type: 'level', ...meter.add(bytes)});
		recorder?.append(bytes);
		track.append(frames);
		if (!source.live) await roomAhead(options, source.format);
	}
	over.removeEventListener('abort', endSource);
}

async function* framesOf(
	source: AudioSource,
	speed: {readonly perSecond: number; readonly clock: Clock; readonly over: AbortSignal} | undefined,
): AsyncGenerator<readonly Frame[]> {
	if (source.frames !== undefined) return yield* source.frames();
	const chunks = source.chunks();
	const pieces = speed === undefined ? chunks : paced(chunks, speed.perSecond, speed.clock, speed.over);
	for await (const bytes of pieces) yield [{bytes}];
}

/** A file can wait for its reader; a microphone cannot. */
async function roomAhead(
	{track, sentUntil, clock, over}: ProducerOptions,
	format: AudioFormat,
): Promise<void> {
	const isFull = () =>
		format.type === 'raw' ? track.end - sentUntil() > AHEAD : track.waitingPieces > MOST_WAITING_PIECES;
	while (isFull() && !over.aborted) await clock.sleep(20, over).catch(() => {});
}

/** Of a container, whose seconds are not known: 4 kB each. */
const MOST_WAITING_PIECES = 64;
