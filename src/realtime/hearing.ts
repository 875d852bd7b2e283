/** What the service says over one connection, told on the session's timeline. */
import type {RecognitionStarted, SpeakerIdentity} from '../speechmatics/messages.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {attachesToPrevious, delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import type {ConnectionOptions} from './connection.ts';
import {sessionLabel, withSessionLabels} from './speaker-labels.ts';
import {Splice, type TimeMap} from './splice.ts';

type LanguagePack = RecognitionStarted['language_pack_info'];

export interface HearingOptions
	extends Pick<ConnectionOptions, 'client' | 'track' | 'sendFrom' | 'progress' | 'emit' | 'onLimitNear'> {
	/** From the connection's time to the timeline. */
	readonly map: TimeMap;
	/** Seconds on the timeline: what is sent next. */
	readonly cursor: () => number;
}

/** Ranges of finals overlap a little: of the stretch a final covers, its end may still bring a word. Seconds. */
const FINAL_MARGIN = 0.5;
/** Seconds by which a word's end may lie behind what was captured last for its latency to mean anything. */
const CATCHING_UP = 1;

/** Listens to a client from its making on. */
export class Hearing {
	readonly #options: HearingOptions;
	/** One for each channel. */
	readonly #splices = new Map<string, Splice>();
	#wordsUntil = Number.POSITIVE_INFINITY;
	/** Of the connections that stood, from 1. */
	#number = 1;
	#languagePack: LanguagePack;
	#lastFinalHeard = false;

	constructor(options: HearingOptions) {
		this.#options = options;
		for (const channel of options.progress.channels) this.#splice(channel);
		this.#listen();
	}

	/** The connection stands. @param number of those that stood, from 1 */
	begin(number: number, languagePack: LanguagePack): void {
		this.#number = number;
		this.#languagePack = languagePack;
	}

	/** Words before a moment are another connection's. Seconds on the timeline. */
	beginAt(wordsFrom: number): void {
		for (const splice of this.#splices.values()) splice.beginAt(wordsFrom);
	}

	/** Words from a moment on are another connection's. Seconds on the timeline. */
	endAt(wordsUntil: number): void {
		this.#wordsUntil = wordsUntil;
		for (const splice of this.#splices.values()) splice.endAt(wordsUntil);
	}

	/** Speakers by the labels they have in the session. */
	known(speakers: readonly SpeakerIdentity[]): SpeakerIdentity[] {
		return speakers.map((speaker) => ({...speaker, label: sessionLabel(speaker.label, this.#number)}));
	}

	#splice(channel: string | null | undefined): Splice {
		const {map, progress, sendFrom} = this.#options;
		let splice = this.#splices.get(channel ?? '');
		if (splice === undefined) {
			const {until, markAt} = progress.of(channel);
			splice = new Splice(map, until, {isFirst: sendFrom >= until, markAt});
			splice.endAt(this.#wordsUntil);
			this.#splices.set(channel ?? '', splice);
		}
		return splice;
	}

	#listen(): void {
		const {client, map, emit, onLimitNear, progress} = this.#options;
		const delimiter = () => delimiterOf(this.#languagePack);
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
			const heard = map.toTimeline(metadata.end_time) - FINAL_MARGIN;
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
						start: map.toTimeline(start_time),
						end: map.toTimeline(end_time),
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
				time: map.toTimeline(event.start_time),
			}),
		);
		client.on('AudioEventEnded', ({event}) =>
			emit({type: 'audio-event', kind: event.type, is: 'ended', time: map.toTimeline(event.end_time)}),
		);
		client.on('EndOfUtterance', ({metadata}) =>
			emit({type: 'utterance-end', time: map.toTimeline(metadata.end_time)}),
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
		const {map} = this.#options;
		return {startTime: map.toTimeline(start_time), endTime: map.toTimeline(end_time)};
	}

	/** From the end of a word until now. Audio that is sent late has none. */
	#latency(wordEnd: number | undefined): number | undefined {
		const {track, cursor} = this.#options;
		if (wordEnd === undefined || track.end - cursor() > CATCHING_UP) return undefined;
		return Math.max(0, track.end - wordEnd);
	}

	#labelled(results: readonly RecognitionResult[], channel: string | null | undefined): RecognitionResult[] {
		const labelled = withSessionLabels(results, this.#number);
		return channel ? labelled.map((result) => ({...result, channel})) : [...labelled];
	}
}
