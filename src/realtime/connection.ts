/** One connection of a session: sends its part of the track, and tells what comes back on the session's timeline. */
import type {Clock} from '../speechmatics/clock.ts';
import {type AudioFormat, DEFAULT_MODEL, type MidSessionConfig} from '../speechmatics/config.ts';
import {ConnectionError} from '../speechmatics/errors.ts';
import type {RecognitionStarted, SpeakerIdentity} from '../speechmatics/messages.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {attachesToPrevious, delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import type {AudioTrack} from './audio-track.ts';
import type {RealtimeEvent} from './events.ts';
import type {Progress} from './progress.ts';
import type {SessionStart} from './session.ts';
import {untilSilent} from './silent-link.ts';
import {sessionLabel, withSessionLabels} from './speaker-labels.ts';
import {Splice, TimeMap} from './splice.ts';

export interface ConnectionOptions {
	readonly client: RealtimeClient;
	readonly start: SessionStart;
	readonly format: AudioFormat;
	readonly track: AudioTrack;
	/** Called once it stands. @returns which of those that stood it is, from 1 */
	readonly nextNumber: () => number;
	/** Where on the timeline it begins to send. */
	readonly sendFrom: number;
	/** How far words are final already; told of those that become final here. */
	readonly progress: Progress;
	readonly emit: (event: RealtimeEvent) => void;
	/** Audio that was to be sent and is not kept any more. */
	readonly onLost: (from: number, to: number) => void;
	/** The service says that the connection will end by its limits. */
	readonly onLimitNear: (reason: string) => void;
	readonly clock: Clock;
}

export type Outcome =
	/** All audio was sent and its last words came. */
	{readonly is: 'finished'} | {readonly is: 'broken'; readonly error: unknown; readonly isSilent: boolean};

/** Seconds until all words of audio are final, however slow the service. Its own limit is 4 s. */
const SETTLED = 60;
/** Ranges of finals overlap a little: of the stretch a final covers, its end may still bring a word. Seconds. */
const FINAL_MARGIN = 0.5;
/** Seconds by which a word's end may lie behind what was captured last for its latency to mean anything. */
const CATCHING_UP = 1;

export class Connection {
	readonly #options: ConnectionOptions;
	readonly #map = new TimeMap();
	/** One for each channel. */
	readonly #splices = new Map<string, Splice>();
	#wordsUntil = Number.POSITIVE_INFINITY;
	/** Seconds on the timeline: what is sent next. */
	#cursor: number;
	/** Of the connections that stood, from 1. */
	#number = 1;
	#sentSeconds = 0;
	#stopAt = Number.POSITIVE_INFINITY;
	readonly #abort = new AbortController();
	#started: RecognitionStarted | undefined;
	/** Changes asked for before it stood. */
	#changes: MidSessionConfig | undefined;
	#isOver = false;
	/** What was sent when, a second apart. */
	readonly #sent: Array<{readonly at: number; readonly frames: number; readonly cursor: number}> = [];
	#lastFinalHeard = false;
	#failure: {error: unknown; isSilent: boolean} | undefined;

	constructor(options: ConnectionOptions) {
		this.#options = options;
		const {sendFrom, client, progress} = options;
		this.#cursor = sendFrom;
		for (const channel of progress.channels) this.#splice(channel);
		this.#listen();
		client.on('Closed', ({error}) => {
			if (error !== undefined) this.#failure ??= {error, isSilent: false};
			this.#isOver = true;
			this.#abort.abort();
		});
	}

	get isListening(): boolean {
		return this.#started !== undefined && this.#failure === undefined;
	}

	/** Seconds on the timeline: what is sent next. */
	get cursor(): number {
		return this.#cursor;
	}

	get client(): RealtimeClient {
		return this.#options.client;
	}

	/** Opens the connection. @throws what the client throws */
	async open(signal: AbortSignal): Promise<void> {
		const {client, start, format, nextNumber, emit} = this.#options;
		const config = start.transcriptionConfig;
		this.#started = await client.start({...start, audioFormat: format, signal});
		const {orchestrator_version, language_pack_info} = this.#started;
		this.#number = nextNumber();
		emit({
			type: 'started',
			sessionId: client.sessionId,
			...(client.requestId !== undefined && {requestId: client.requestId}),
			connection: this.#number,
			offset: this.#cursor,
			model: config.model ?? DEFAULT_MODEL,
			language: config.language,
			simulated: isSimulated(orchestrator_version),
			...(language_pack_info && {languagePack: language_pack_info}),
		});
		if (this.#changes !== undefined) client.setRecognitionConfig(this.#changes);
	}

	/** Words before a moment are another connection's. */
	beginAt(wordsFrom: number): void {
		for (const splice of this.#splices.values()) splice.beginAt(wordsFrom);
	}

	/** Sends audio up to a moment and no further; words from `wordsUntil` on are another connection's. */
	handOver(sendUntil: number, wordsUntil: number): void {
		this.#stopAt = sendUntil;
		this.#wordsUntil = wordsUntil;
		for (const splice of this.#splices.values()) splice.endAt(wordsUntil);
	}

	/** Sends until the track ends, and waits for the last words. Does not throw. */
	async run(onSpeakers?: (speakers: readonly SpeakerIdentity[]) => void): Promise<Outcome> {
		const {client, clock} = this.#options;
		const settle = (now: number) => this.#settle(now);
		const watching = untilSilent(client, clock, this.#abort.signal, settle).then((error) => {
			if (error === undefined) return;
			this.#failure ??= {error, isSilent: true};
			client.close();
			this.#abort.abort();
		});
		try {
			await this.#send();
			if (this.#failure !== undefined) return {is: 'broken', ...this.#failure};
			if (this.#isOver) throw new ConnectionError('The service ended the session before the audio was over');
			// The answer comes after the last words; where the session does not tell speakers apart there is none.
			if (onSpeakers !== undefined)
				client.getSpeakers({final: true}).then(
					(speakers) => onSpeakers(this.#known(speakers)),
					() => {},
				);
			await client.stop();
			return {is: 'finished'};
		} catch (error) {
			return {is: 'broken', ...(this.#failure ?? {error, isSilent: false})};
		} finally {
			this.#abort.abort();
			await watching;
			this.close();
		}
	}

	/** Changes it as soon as it stands. @throws ConfigurationError for a change that is not possible */
	change(config: MidSessionConfig): void {
		if (this.isListening) this.#options.client.setRecognitionConfig(config);
		else this.#changes = {...this.#changes, ...config};
	}

	close(): void {
		this.#options.client.close();
	}

	async #send(): Promise<void> {
		const {track, client, onLost, progress} = this.#options;
		const {signal} = this.#abort;
		this.#map.begin(0, this.#cursor);
		while (!signal.aborted && this.#cursor < this.#stopAt) {
			const piece = track.at(this.#cursor);
			if (piece === undefined) {
				if (track.isClosed) return;
				await track.more(signal);
				continue;
			}
			if (piece.start > this.#cursor + 1e-3) {
				onLost(this.#cursor, piece.start);
				progress.skipTo(piece.start);
				this.#map.begin(this.#sentSeconds, piece.start);
			}
			for (const {channel, bytes} of piece.frames) {
				await (channel === undefined ? client.sendAudio(bytes) : client.sendChannelAudio(channel, bytes));
			}
			this.#sentSeconds += piece.seconds;
			this.#cursor = piece.start + piece.seconds;
			if (track.bytesPerSecond === undefined) track.discardFirst();
		}
	}

	/** What was read long ago and brought no word has none: an hour of silence is not sent again. */
	#settle(now: number): void {
		const {client, progress} = this.#options;
		const sent = this.#sent;
		if (this.#cursor !== sent.at(-1)?.cursor) {
			sent.push({at: now, frames: client.sentFrames, cursor: this.#cursor});
		}
		// Where no audio follows, the last words may wait for it.
		const read = sent.findLast(({frames}) => frames <= client.acknowledgedFrames)?.cursor ?? 0;
		for (let [first] = sent; first !== undefined; [first] = sent) {
			if (now - first.at < SETTLED * 1000 || read - first.cursor < SETTLED) break;
			progress.skipTo(first.cursor);
			sent.shift();
		}
	}

	#splice(channel: string | null | undefined): Splice {
		const {progress, sendFrom} = this.#options;
		let splice = this.#splices.get(channel ?? '');
		if (splice === undefined) {
			const {until, markAt} = progress.of(channel);
			splice = new Splice(this.#map, until, {isFirst: sendFrom >= until, markAt});
			splice.endAt(this.#wordsUntil);
			this.#splices.set(channel ?? '', splice);
		}
		return splice;
	}

	#listen(): void {
		const {client, emit, onLimitNear, progress} = this.#options;
		const delimiter = () => delimiterOf(this.#started?.language_pack_info);
		client.on('AddPartialTranscript', ({metadata, results, channel}) => {
			const words = this.#labelled(this.#splice(channel).look(results), channel);
			// A mark at its start belongs to the last final, and would stand alone here.
			const first = words.findIndex((result) => !attachesToPrevious(result));
			const spoken = !this.#lastFinalHeard || first < 0 ? words : words.slice(first);
			emit({
				type: 'partial',
				text: joinResults(spoken, delimiter()),
				...this.#times(metadata),
				...(channel && {channel}),
				results: words,
			});
		});
		client.on('AddTranscript', ({metadata, results, channel}) => {
			const words = this.#labelled(this.#splice(channel).take(results), channel);
			if (words.length > 0) this.#lastFinalHeard = true;
			const last = words.at(-1);
			const latency = this.#latency(last?.end_time);
			const heard = this.#map.toTimeline(metadata.end_time) - FINAL_MARGIN;
			const markAt = last?.type === 'punctuation' ? undefined : last?.end_time;
			progress.heard(channel, Math.max(last?.end_time ?? 0, heard), last === undefined ? 'same' : markAt);
			emit({
				type: 'final',
				text: joinResults(words, delimiter()),
				...this.#times(metadata),
				...(channel && {channel}),
				results: words,
				...(latency !== undefined && {latency}),
			});
		});
		for (const name of ['AddTranslation', 'AddPartialTranslation'] as const) {
			client.on(name, ({language, results}) => {
				const segments = results
					.map(({content, start_time, end_time, speaker}) => ({
						text: content,
						start: this.#map.toTimeline(start_time),
						end: this.#map.toTimeline(end_time),
						...(speaker && {speaker: sessionLabel(speaker, this.#number)}),
					}))
					.filter(({start, end}) => this.#splice(undefined).holds((start + end) / 2));
				emit({type: 'translation', language, isFinal: name === 'AddTranslation', segments});
			});
		}
		client.on('AudioEventStarted', ({event}) =>
			emit({
				type: 'audio-event',
				kind: event.type,
				is: 'started',
				time: this.#map.toTimeline(event.start_time),
			}),
		);
		client.on('AudioEventEnded', ({event}) =>
			emit({type: 'audio-event', kind: event.type, is: 'ended', time: this.#map.toTimeline(event.end_time)}),
		);
		client.on('EndOfUtterance', ({metadata}) =>
			emit({type: 'utterance-end', time: this.#map.toTimeline(metadata.end_time)}),
		);
		client.on('Warning', ({type, reason}) => {
			if (type === 'session_timeout') onLimitNear(reason);
			emit({type: 'warning', kind: type, reason});
		});
		client.on('Info', ({type, reason, usage, quota}) => {
			if (typeof usage === 'number' && typeof quota === 'number') emit({type: 'usage', usage, quota});
			emit({type: 'info', kind: type, reason});
		});
	}

	#times({start_time, end_time}: {start_time: number; end_time: number}) {
		return {startTime: this.#map.toTimeline(start_time), endTime: this.#map.toTimeline(end_time)};
	}

	/** From the end of a word until now. Audio that is sent late has none. */
	#latency(wordEnd: number | undefined): number | undefined {
		const {track} = this.#options;
		if (wordEnd === undefined || track.end - this.#cursor > CATCHING_UP) return undefined;
		return Math.max(0, track.end - wordEnd);
	}

	#labelled(results: readonly RecognitionResult[], channel: string | null | undefined): RecognitionResult[] {
		const labelled = withSessionLabels(results, this.#number);
		return channel ? labelled.map((result) => ({...result, channel})) : [...labelled];
	}

	#known(speakers: readonly SpeakerIdentity[]): SpeakerIdentity[] {
		return speakers.map((speaker) => ({...speaker, label: sessionLabel(speaker.label, this.#number)}));
	}
}
