/**
 * What a realtime session says as its audio goes by: partials, finals, ends of utterances. Driven by the audio
 * alone, and in the same steps however it is cut into frames. Pure but for its own state.
 */
import type {RealtimeTranscriptionConfig} from '../speechmatics/config.ts';
import type {AddPartialTranscript, AddTranscript, EndOfUtterance} from '../speechmatics/messages.ts';
import {joinResults} from '../speechmatics/transcript.ts';
import type {MishearingFault} from './faults.ts';
import {TRANSCRIPT_FORMAT_VERSION} from './identity.ts';
import {misheard} from './mishearing.ts';
import type {KnownSentence} from './recogniser/known-sentences.ts';
import {Recogniser} from './recogniser/recogniser.ts';
import {isSentenceEnd, onTimeGrid, type Spoken, toResult} from './recogniser/spoken.ts';

/** How often the end of an utterance is looked for, and how many of these steps make one partial. */
const STEPS_PER_SECOND = 25;
const STEPS_PER_PARTIAL = 9;

/** Source: realtime AsyncAPI, `max_delay`. Seconds. */
const DEFAULT_MAX_DELAY = 4;

export type LiveMessage = AddPartialTranscript | AddTranscript | EndOfUtterance;

export interface LiveTranscriptOptions {
	readonly sampleRate: number;
	readonly known: readonly KnownSentence[];
	/** What is heard wrongly. */
	readonly mishearings: readonly MishearingFault[];
	readonly config: RealtimeTranscriptionConfig;
}

export class LiveTranscript {
	readonly #recogniser: Recogniser;
	#config: RealtimeTranscriptionConfig;
	readonly #sampleRate: number;
	readonly #mishearings: readonly MishearingFault[];
	#samples = 0;
	#steps = 0;
	/** Where the last final ended. */
	#finalUntil = 0;
	#inUtterance = false;

	constructor({sampleRate, known, mishearings, config}: LiveTranscriptOptions) {
		this.#mishearings = mishearings;
		this.#recogniser = new Recogniser({sampleRate, known});
		this.#config = config;
		this.#sampleRate = sampleRate;
	}

	/** Listens on, and gives what there is to say meanwhile. */
	*hear(samples: Float32Array): Generator<LiveMessage, void, void> {
		for (let taken = 0; taken < samples.length; ) {
			const nextStep = Math.ceil(((this.#steps + 1) * this.#sampleRate) / STEPS_PER_SECOND);
			const part = samples.subarray(taken, taken + nextStep - this.#samples);
			this.#recogniser.push(part);
			taken += part.length;
			this.#samples += part.length;
			if (this.#samples === nextStep) yield* this.#step();
		}
	}

	/** From here on as `config` says. */
	configure(config: RealtimeTranscriptionConfig): void {
		this.#config = config;
	}

	/** Ends the utterance here, whatever may follow. No partial comes between its final and its end. */
	*force(): Generator<LiveMessage, void, void> {
		this.#inUtterance = false;
		yield {...this.#finalOf(this.#recogniser.takeUtterance()), forced: true};
		yield {...this.#endOfUtterance(), forced: true};
	}

	/**
	 * The audio is over: what has not been said is final now.
	 *
	 * @param unheard words for audio that could not be listened to; each sentence is a final of its own
	 */
	*end(unheard: readonly Spoken[] = []): Generator<LiveMessage, void, void> {
		yield* this.#final(this.#recogniser.takeUtterance());
		for (let start = 0; start < unheard.length; ) {
			const length = unheard.slice(start).findIndex(isSentenceEnd) + 1 || unheard.length;
			yield* this.#final(unheard.slice(start, start + length));
			start += length;
		}
	}

	*#step(): Generator<LiveMessage, void, void> {
		this.#steps += 1;
		const trigger = this.#config.conversation_config?.end_of_utterance_silence_trigger ?? 0;
		const silence = this.#recogniser.silence;
		if (silence !== undefined && silence < Math.max(trigger, 1 / STEPS_PER_SECOND)) this.#inUtterance = true;
		if (trigger > 0 && this.#inUtterance && silence !== undefined && silence >= trigger) {
			this.#inUtterance = false;
			yield* this.#final(this.#recogniser.takeUtterance());
			yield this.#endOfUtterance();
		} else if (this.#steps % STEPS_PER_PARTIAL === 0) {
			const final = this.#recogniser.takeFinal(this.#config.max_delay ?? DEFAULT_MAX_DELAY);
			yield* final.length > 0 ? this.#final(final) : this.#partial();
		}
	}

	/** Every final is followed at once by a partial for what remains. */
	*#final(spoken: readonly Spoken[]): Generator<LiveMessage, void, void> {
		yield this.#finalOf(spoken);
		yield* this.#partial();
	}

	#finalOf(spoken: readonly Spoken[]): AddTranscript {
		const {text, ...fields} = this.#fields(spoken);
		this.#finalUntil = fields.metadata.end_time;
		const metadata = {...fields.metadata, transcript: text === '' ? '' : `${text} `};
		return {message: 'AddTranscript', ...fields, metadata};
	}

	#endOfUtterance(): EndOfUtterance {
		const now = onTimeGrid(this.#recogniser.time);
		const metadata = {start_time: now, end_time: now};
		return {message: 'EndOfUtterance', format: TRANSCRIPT_FORMAT_VERSION, metadata};
	}

	*#partial(): Generator<LiveMessage, void, void> {
		if (this.#config.enable_partials !== true) return;
		const {text, ...fields} = this.#fields(this.#recogniser.partial());
		yield {message: 'AddPartialTranscript', ...fields, metadata: {...fields.metadata, transcript: text}};
	}

	#fields(spoken: readonly Spoken[]) {
		const results = misheard(spoken, this.#mishearings).map((item) => toResult(item, this.#resultOptions()));
		const end_time = Math.max(this.#finalUntil, spoken.at(-1)?.end ?? 0);
		const metadata = {start_time: this.#finalUntil, end_time};
		return {format: TRANSCRIPT_FORMAT_VERSION, results, metadata, text: joinResults(results)};
	}

	#resultOptions() {
		const {language, diarization} = this.#config;
		const told = diarization === 'speaker' || diarization === 'channel_and_speaker';
		return {language, speaker: ({speaker}: Spoken) => (told ? speaker : undefined)};
	}
}
