/** What a session says beside its transcript. All of it is simulated, and says so. Pure but for its own state. */
import {REALTIME_AUDIO_EVENTS} from '../speechmatics/config.ts';
import type {
	AddPartialTranscript,
	AddPartialTranslation,
	AddTranscript,
	AddTranslation,
	ServerMessage,
	SpeakersResult,
	StartRecognition,
	Warning,
} from '../speechmatics/messages.ts';
import {speakerOf} from '../speechmatics/transcript.ts';
import {isTranslatable, simulatedSpeakers, translated} from './simulated-results.ts';

/** Seconds of audio from and to which the one audio event lasts that is simulated. */
const EVENT_START = 1;
const EVENT_END = 2;

export class LiveAddOns {
	readonly #language: string;
	readonly #untranslated: boolean;
	readonly #targets: readonly string[];
	readonly #translatePartials: boolean;
	readonly #event: string | undefined;
	readonly #speakers = new Set<string>();
	#eventState: 'before' | 'during' | 'after' = 'before';

	constructor({transcription_config, translation_config, audio_events_config}: StartRecognition) {
		this.#language = transcription_config.language;
		this.#untranslated = translation_config?.target_languages.length === 0;
		this.#targets = translation_config?.target_languages ?? [];
		this.#translatePartials = translation_config?.enable_partials === true;
		this.#event = audio_events_config && (audio_events_config.types ?? REALTIME_AUDIO_EVENTS)[0];
	}

	/** What to warn of before the session begins. */
	*warnings(): Generator<ServerMessage, void, void> {
		if (this.#untranslated) {
			yield warning('empty_translation_target_list', 'No translation target languages; translation is off.');
		}
		for (const target of this.#targets) {
			if (isTranslatable(this.#language, target)) continue;
			const reason = `Translation from ${this.#language} to ${target} currently not supported`;
			yield warning('unsupported_translation_pair', reason);
		}
	}

	/** What follows a transcript. */
	*follow(transcript: AddTranscript | AddPartialTranscript): Generator<ServerMessage, void, void> {
		const isFinal = transcript.message === 'AddTranscript';
		for (const result of isFinal ? transcript.results : []) {
			const speaker = speakerOf(result);
			if (speaker !== undefined && speaker !== 'UU') this.#speakers.add(speaker);
		}
		if (transcript.results.length === 0 || !(isFinal || this.#translatePartials)) return;
		const message = isFinal ? 'AddTranslation' : 'AddPartialTranslation';
		for (const language of this.#targets) {
			if (!isTranslatable(this.#language, language)) continue;
			const results = translated(transcript.results, language).map(({channel: _, ...sentence}) => sentence);
			yield {message, format: transcript.format, language, results} as AddTranslation | AddPartialTranslation;
		}
	}

	/** What has begun or ended by a moment of the audio, in seconds. */
	*heard(seconds: number): Generator<ServerMessage, void, void> {
		if (this.#event === undefined) return;
		if (this.#eventState === 'before' && seconds >= EVENT_START) {
			this.#eventState = 'during';
			const event = {type: this.#event, start_time: EVENT_START, confidence: 0};
			yield {message: 'AudioEventStarted', event};
		}
		if (this.#eventState === 'during' && seconds >= EVENT_END) yield* this.#endEvent(EVENT_END);
	}

	/** The audio is over. */
	*end(seconds: number): Generator<ServerMessage, void, void> {
		if (this.#eventState === 'during') yield* this.#endEvent(seconds);
	}

	/** Answers `GetSpeakers`. */
	speakers(): SpeakersResult {
		return {message: 'SpeakersResult', speakers: simulatedSpeakers(this.#speakers)};
	}

	*#endEvent(end_time: number): Generator<ServerMessage, void, void> {
		this.#eventState = 'after';
		yield {message: 'AudioEventEnded', event: {type: this.#event!, end_time}};
	}
}

function warning(type: string, reason: string): Warning {
	return {message: 'Warning', type, reason};
}
