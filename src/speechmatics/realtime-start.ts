/** What a session begins with: its options, checked and put into the message that starts it. */
import {checkConfig} from './check-config.ts';
import {
	type AudioFormat,
	bytesPerSecond,
	DEFAULT_LANGUAGE,
	DEFAULT_MODEL,
	MidSessionConfig,
	type RealtimeAudioEventsConfig,
	type RealtimeTranscriptionConfig,
	type RealtimeTranslationConfig,
} from './config.ts';
import {ConfigurationError} from './errors.ts';
import {type SetRecognitionConfig, StartRecognition} from './messages.ts';
import {withModel} from './shared-config.ts';

export interface StartOptions {
	/** Default: 16 kHz mono signed 16-bit samples. */
	readonly audioFormat?: AudioFormat | undefined;
	/** Default: English with the `enhanced` model and partials. */
	readonly transcriptionConfig?: RealtimeTranscriptionConfig | undefined;
	/** Translates what is recognised into up to five languages. */
	readonly translationConfig?: RealtimeTranslationConfig | undefined;
	/** Reports sounds that are no speech. */
	readonly audioEventsConfig?: RealtimeAudioEventsConfig | undefined;
	/** Sent with the request that opens the session. */
	readonly headers?: Readonly<Record<string, string>> | undefined;
	readonly signal?: AbortSignal | undefined;
}

export const DEFAULT_AUDIO_FORMAT = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000} as const;

/** Seconds of raw audio that may be sent ahead of the acknowledgements; bounds memory and what a drop can cost. */
const WINDOW_SECONDS = 10;
/** The same for `type: file`, whose bytes tell no duration. */
const WINDOW_FILE_BYTES = 1024 * 1024;

/** Bytes of audio that may be sent ahead of the acknowledgements. */
export function windowBytes(format: AudioFormat): number {
	const second = bytesPerSecond(format);
	return second === undefined ? WINDOW_FILE_BYTES : WINDOW_SECONDS * second;
}

/** Milliseconds. */
const START_TIMEOUT = 10_000;
/** Milliseconds. A custom dictionary may delay the start by 15 s. Source: realtime AsyncAPI, `VocabList`. */
const START_TIMEOUT_WITH_DICTIONARY = 30_000;

/** Milliseconds the service may take until it has started. */
export function startTimeout({additional_vocab: words}: RealtimeTranscriptionConfig): number {
	return words === undefined || words.length === 0 ? START_TIMEOUT : START_TIMEOUT_WITH_DICTIONARY;
}

/** @throws ConfigurationError naming the field that is wrong and what it may be */
export function startMessage(options: StartOptions): StartRecognition {
	const {translationConfig, audioEventsConfig} = options;
	const message = {
		message: 'StartRecognition' as const,
		audio_format: options.audioFormat ?? DEFAULT_AUDIO_FORMAT,
		transcription_config: withModel(
			options.transcriptionConfig ?? {
				language: DEFAULT_LANGUAGE,
				model: DEFAULT_MODEL,
				enable_partials: true,
			},
		),
		...(translationConfig && {translation_config: translationConfig}),
		...(audioEventsConfig && {audio_events_config: audioEventsConfig}),
	};
	return checkConfig(StartRecognition, message, 'The session config');
}

/**
 * @param current what the session was started with
 * @throws ConfigurationError when something else is to be changed than the service allows in a session
 */
export function changeMessage(
	change: MidSessionConfig,
	current: RealtimeTranscriptionConfig,
): SetRecognitionConfig {
	const allowed = Object.keys(MidSessionConfig.shape);
	const other = Object.keys(change).find((field) => !allowed.includes(field));
	if (other !== undefined) {
		throw new ConfigurationError(
			`transcription_config.${other} cannot change in a running session, only ${allowed.join(', ')} can`,
		);
	}
	if (change.language !== undefined && change.language !== current.language) {
		throw new ConfigurationError(
			`transcription_config.language cannot change in a running session: it must stay ${current.language}`,
		);
	}
	const config = checkConfig(MidSessionConfig, change, 'The changed config');
	return {message: 'SetRecognitionConfig', transcription_config: config};
}
