/** One connection of a session: sends its part of the track, and waits for what comes of it. */
import type {Clock} from '../speechmatics/clock.ts';
import {type AudioFormat, DEFAULT_MODEL, type MidSessionConfig} from '../speechmatics/config.ts';
import {ConnectionError} from '../speechmatics/errors.ts';
import type {RecognitionStarted, SpeakerIdentity} from '../speechmatics/messages.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import type {AudioTrack} from './audio-track.ts';
import type {RealtimeEvent} from './events.ts';
import {Hearing} from './hearing.ts';
import type {Progress} from './progress.ts';
import type {SessionStart} from './session.ts';
import {untilSilent} from './silent-link.ts';
import {TimeMap} from './splice.ts';

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

export class Connection {
	readonly #options: ConnectionOptions;
	readonly #map = new TimeMap();
	readonly #hearing: Hearing;
	/** Seconds on the timeline: what is sent next. */
	#cursor: number;
	#sentSeconds = 0;
	#stopAt = Number.POSITIVE_INFINITY;
	readonly #abort = new AbortController();
	#started: RecognitionStarted | undefined;
	/** Changes asked for before it stood. */
	#changes: MidSessionConfig | undefined;
	#isOver = false;
	/** What was sent when, a second apart. */
	readonly #sent: Array<{readonly at: number; readonly frames: number; readonly cursor: number}> = [];
	#failure: {error: unknown; isSilent: boolean} | undefined;

	constructor(options: ConnectionOptions) {
		this.#options = options;
		this.#cursor = options.sendFrom;
		this.#hearing = new Hearing({...options, map: this.#map, cursor: () => this.#cursor});
		options.client.on('Closed', ({error}) => {
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
		const number = nextNumber();
		this.#hearing.begin(number, language_pack_info);
		emit({
			type: 'started',
			sessionId: client.sessionId,
			...(client.requestId !== undefined && {requestId: client.requestId}),
			connection: number,
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
		this.#hearing.beginAt(wordsFrom);
	}

	/** Sends audio up to a moment and no further; words from `wordsUntil` on are another connection's. */
	handOver(sendUntil: number, wordsUntil: number): void {
		this.#stopAt = sendUntil;
		this.#hearing.endAt(wordsUntil);
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
					(speakers) => onSpeakers(this.#hearing.known(speakers)),
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
}
