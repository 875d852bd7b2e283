import {expect} from 'bun:test';
import {realtimeReporter} from '../../src/commands/realtime-report.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {LiveSession, type SessionOptions, type SessionResult} from '../../src/realtime/session.ts';
import type {Clock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {CodedNetwork, type Fate, type LiveCoded, liveCoded} from './coded-network.ts';
import {ManualClock} from './manual-clock.ts';
import {keptStreams} from './run-command.ts';

interface Run {
	readonly blocks?: number;
	readonly fates?: Fate[];
	/** Seconds until a live source ends by itself. */
	readonly endsAfter?: number;
	readonly source?: (clock: ManualClock) => LiveCoded;
	/** The channels of a live source, and by how many seconds each says everything later. */
	readonly channels?: Readonly<Record<string, number>>;
	readonly options?: Partial<SessionOptions>;
}

/** A session of coded audio on a clock that stands still, and what its user sees. */
export function codedRun({
	blocks = 50,
	fates = [],
	endsAfter,
	source: makeSource,
	channels,
	options,
}: Run = {}) {
	const clock = new ManualClock();
	const network = new CodedNetwork(clock, ...fates);
	const stop = new AbortController();
	const source =
		makeSource?.(clock) ?? liveCoded(clock, blocks, {channels, ...(endsAfter !== undefined && {endsAfter})});
	const {streams, stderr} = keptStreams();
	const reporter = realtimeReporter(streams, {
		json: false,
		simulated: false,
		source: 'mic',
		receivedSamples: undefined,
	});
	const events: RealtimeEvent[] = [];
	let sleeping = 0;
	const counted: Clock = {
		now: () => clock.now(),
		sleep(milliseconds, signal) {
			sleeping += 1;
			return clock.sleep(milliseconds, signal).finally(() => {
				sleeping -= 1;
			});
		},
	};
	const session = new LiveSession({
		newClient: () =>
			new RealtimeClient({apiKey: 'k', url: 'wss://eu.rt.test/v2', connect: network.connect, clock: counted}),
		openSource: async (_signal, emit) => {
			tell = emit;
			return source;
		},
		opening: 'starting microphone',
		start: {
			transcriptionConfig: {
				language: 'en',
				model: 'enhanced',
				...(channels && {diarization: 'channel', channel_diarization_labels: Object.keys(channels)}),
			},
		},
		pace: '1',
		emit: (event) => {
			events.push(event);
			reporter.report(event);
		},
		stop: stop.signal,
		clock: counted,
		wallClock: () => clock.now(),
		random: () => 0.5,
		...options,
	});
	let tell: (event: RealtimeEvent) => void = () => {};
	let result: SessionResult | undefined;
	void session.run().then((value) => {
		result = value;
	});
	return {
		clock,
		network,
		source,
		session,
		events,
		/** Ends the audio, as Ctrl-C does. */
		stop: () => stop.abort(),
		/** Tells an event of the microphone. */
		tell: (event: RealtimeEvent) => tell(event),
		stderr,
		result: () => result,
		pass: (seconds: number) => clock.advance(seconds * 1000),
		/** Lets time pass until the session is over, and has left nothing behind. @throws where that takes longer */
		async ended(seconds = 3600): Promise<SessionResult> {
			for (let passed = 0; result === undefined && passed < seconds; passed += 0.5) await clock.advance(500);
			if (result === undefined) throw new Error(`the session is not over after ${seconds} s`);
			await clock.advance(0);
			expect({timers: sleeping, connections: network.open}).toEqual({timers: 0, connections: 0});
			return result;
		},
		states: () =>
			events.flatMap((event) =>
				event.type === 'state'
					? [event.reason === undefined ? event.state : `${event.state}: ${event.reason}`]
					: [],
			),
	};
}

export type CodedRun = ReturnType<typeof codedRun>;

/** The words that are final, with where they stand. */
export const finalWords = (events: readonly RealtimeEvent[]) =>
	events.flatMap((event) =>
		event.type === 'final'
			? event.results.map(({start_time, alternatives}) => ({
					text: alternatives![0]!.content,
					start: start_time,
				}))
			: [],
	);

export const gaps = (events: readonly RealtimeEvent[]) => events.filter((event) => event.type === 'gap');

/** Each block's word once, in order, where it was spoken. */
export function expectEveryWord(events: readonly RealtimeEvent[], blocks: number): void {
	const words = finalWords(events);
	expect(words.map(({text}) => text)).toEqual(Array.from({length: blocks}, (_, index) => `w${index + 1}`));
	for (const [index, {start}] of words.entries()) expect(start).toBeCloseTo(index * 0.4, 1);
}
