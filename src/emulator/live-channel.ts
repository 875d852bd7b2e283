/** One stream of a session's audio, from its frames to what is said about it. */
import {join} from 'node:path';
import type {AudioFormat, RealtimeTranscriptionConfig} from '../speechmatics/config.ts';
import {type AudioIntake, openIntake} from './audio-intake.ts';
import type {MishearingFault} from './faults.ts';
import {type LiveMessage, LiveTranscript} from './live-transcript.ts';
import type {KnownSentence} from './recogniser/known-sentences.ts';

/** Below this the service takes its telephone model. Source: realtime docs, recognition quality. Hz. */
export const BROADCAST_RATE = 12_000;

export interface LiveChannelOptions {
	readonly format: AudioFormat;
	readonly config: RealtimeTranscriptionConfig;
	readonly known: readonly KnownSentence[];
	/** What is heard wrongly. */
	readonly mishearings: readonly MishearingFault[];
	/** Private folder for audio that has to be kept until its end. */
	readonly folder: string;
	/** Of the file in it. */
	readonly name: string;
	readonly onSamples: (count: number) => void;
	readonly say: (messages: Iterable<LiveMessage>) => void;
}

export class LiveChannel {
	/** Frames received. */
	frames = 0;
	/** Seconds of audio heard. */
	seconds = 0;
	readonly #known: readonly KnownSentence[];
	readonly #mishearings: readonly MishearingFault[];
	readonly #say: (messages: Iterable<LiveMessage>) => void;
	#config: RealtimeTranscriptionConfig;
	/** Frames may have come and none been listened to. */
	#listened = false;
	#intake: AudioIntake | undefined;
	#live: LiveTranscript | undefined;

	constructor({format, config, known, mishearings, folder, name, onSamples, say}: LiveChannelOptions) {
		this.#config = config;
		this.#known = known;
		this.#mishearings = mishearings;
		this.#say = say;
		// Sums of fractions of a second would drift.
		let heard = 0;
		this.#intake = openIntake(
			format,
			(samples, sampleRate) => {
				heard += samples.length;
				this.seconds = heard / sampleRate;
				onSamples(samples.length);
				say(this.#transcript(sampleRate).hear(samples));
			},
			join(folder, `${name}.spool`),
		);
	}

	get isOpen(): boolean {
		return this.#intake !== undefined;
	}

	async write(bytes: Uint8Array): Promise<void> {
		this.#listened = true;
		await this.#intake?.write(bytes);
	}

	configure(config: RealtimeTranscriptionConfig): void {
		this.#config = config;
		this.#live?.configure(config);
	}

	/** What was said until now is an utterance that is over. */
	force(): void {
		this.#say(this.#transcript(BROADCAST_RATE).force());
	}

	/** No more audio will come. */
	async end(): Promise<void> {
		const intake = this.#intake;
		this.#intake = undefined;
		const unheard = this.#listened ? await intake?.end() : [];
		this.#say(this.#transcript(BROADCAST_RATE).end(unheard ?? []));
	}

	async discard(): Promise<void> {
		await this.#intake?.discard();
	}

	#transcript(sampleRate: number): LiveTranscript {
		this.#live ??= new LiveTranscript({
			sampleRate,
			known: this.#known,
			mishearings: this.#mishearings,
			config: this.#config,
		});
		return this.#live;
	}
}
