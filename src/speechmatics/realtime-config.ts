/** What `StartRecognition` asks for, as it goes over the wire. Loose: a field newer than this library passes through. */
import {z} from 'zod';
import {sharedTranscriptionFields} from './shared-config.ts';

export const REALTIME_DIARIZATION = ['none', 'speaker', 'channel', 'channel_and_speaker'] as const;

/** Identifiers of all known speakers of a session together. Source: realtime AsyncAPI, `SpeakerDiarizationConfig`. */
const MAX_SPEAKER_IDENTIFIERS = 50;
/** Labels that the service gives itself, or that begin or end with a space. Source: as above, `SpeakersInputItem`. */
const RESERVED_LABEL = /^(S\d+|UU|\s+.*|\S+.*\s+)$/;
/** Source: docs, "Translation". */
const MAX_TRANSLATION_TARGETS = 5;

const distinct = (items: readonly string[]) => new Set(items).size === items.length;

const KnownSpeaker = z.looseObject({
	label: z
		.string()
		.min(1)
		.refine((label) => !RESERVED_LABEL.test(label), {
			error: 'a label must not look like S1 or UU, nor begin or end with a space',
		}),
	speaker_identifiers: z
		.array(z.string())
		.min(1)
		.refine(distinct, {error: 'each identifier may be given only once'}),
});

const RealtimeSpeakerDiarization = z.looseObject({
	/** Limits the speakers `S1`, `S2`, …; known ones do not count. */
	max_speakers: z.int().min(2).optional(),
	prefer_current_speaker: z.boolean().optional(),
	speaker_sensitivity: z.number().min(0).max(1).optional(),
	/** One `SpeakersResult` at the end, as `getSpeakers({final: true})` asks for. */
	get_speakers: z.boolean().optional(),
	speakers: z
		.array(KnownSpeaker)
		.refine(
			(speakers) =>
				speakers.reduce((sum, {speaker_identifiers: ids}) => sum + ids.length, 0) <= MAX_SPEAKER_IDENTIFIERS,
			{error: `at most ${MAX_SPEAKER_IDENTIFIERS} speaker identifiers may be given`},
		)
		.optional(),
});

/** A word of the custom dictionary; realtime takes bare strings too. */
const RealtimeVocabulary = z.union([
	z.string().min(1),
	z.looseObject({content: z.string().min(1), sounds_like: z.array(z.string()).min(1).optional()}),
]);

/** What `SetRecognitionConfig` may change. Source: realtime AsyncAPI, `MidSessionTranscriptionConfig`. */
const changeableFields = {
	/** Seconds from the end of a word to its final. */
	max_delay: z.number().min(0.7).max(4).optional(),
	max_delay_mode: z.enum(['flexible', 'fixed']).optional(),
	audio_filtering_config: z.looseObject({volume_threshold: z.number().min(0).max(100).optional()}).optional(),
	enable_partials: z.boolean().optional(),
	conversation_config: z
		/** Seconds of silence that end an utterance; 0 switches it off. */
		.looseObject({end_of_utterance_silence_trigger: z.number().min(0).max(2).optional()})
		.optional(),
};

/** `transcription_config` of a realtime session. Source: realtime AsyncAPI, `TranscriptionConfig`. */
export const RealtimeTranscriptionConfig = z
	.looseObject({
		...sharedTranscriptionFields,
		...changeableFields,
		additional_vocab: z.array(RealtimeVocabulary).optional(),
		punctuation_overrides: z
			.looseObject({
				sensitivity: z.number().min(0).max(1).optional(),
				permitted_marks: z.array(z.string().regex(/^(.|all)$/u)).optional(),
			})
			.optional(),
		diarization: z.enum(REALTIME_DIARIZATION).optional(),
		/** Names of the channels, in the order the service is to report them; needed where channels are told apart. */
		channel_diarization_labels: z
			.array(z.string().min(1))
			.refine(distinct, {error: 'each channel needs a label of its own'})
			.optional(),
		speaker_diarization_config: RealtimeSpeakerDiarization.optional(),
		transcript_filtering_config: z
			.looseObject({
				remove_disfluencies: z.boolean().optional(),
				replacements: z.array(z.looseObject({from: z.string(), to: z.string()})).optional(),
			})
			.optional(),
	})
	.refine((config) => !hasChannels(config) || (config.channel_diarization_labels?.length ?? 0) > 0, {
		path: ['channel_diarization_labels'],
		error: 'must name the channels when diarization is channel or channel_and_speaker',
	});
export type RealtimeTranscriptionConfig = z.infer<typeof RealtimeTranscriptionConfig>;

/** Whether audio is sent channel by channel. */
export function hasChannels(config: {readonly diarization?: string | undefined}): boolean {
	return config.diarization === 'channel' || config.diarization === 'channel_and_speaker';
}

/** Whether speakers are told apart by their voices. */
export function hasSpeakers(config: {readonly diarization?: string | undefined}): boolean {
	return config.diarization === 'speaker' || config.diarization === 'channel_and_speaker';
}

/** What may change in a running session. Strict: the service ends a session that asks for anything else. */
export const MidSessionConfig = z.strictObject({
	/** May be repeated, but must stay the same. */
	language: z.string().min(1).optional(),
	...changeableFields,
});
export type MidSessionConfig = z.infer<typeof MidSessionConfig>;

/** `translation_config` of a realtime session. Its partials have a switch of their own. */
export const RealtimeTranslationConfig = z.looseObject({
	target_languages: z.array(z.string().min(1)).max(MAX_TRANSLATION_TARGETS),
	enable_partials: z.boolean().optional(),
});
export type RealtimeTranslationConfig = z.infer<typeof RealtimeTranslationConfig>;

export const REALTIME_AUDIO_EVENTS = ['applause', 'laughter', 'music'] as const;

/** `audio_events_config` of a realtime session; without `types` the service reports all it knows. */
export const RealtimeAudioEventsConfig = z.looseObject({
	types: z.array(z.enum(REALTIME_AUDIO_EVENTS)).optional(),
});
export type RealtimeAudioEventsConfig = z.infer<typeof RealtimeAudioEventsConfig>;

/** Encodings of headerless audio the realtime service reads. */
export const RAW_ENCODINGS = ['pcm_s16le', 'pcm_f32le', 'mulaw'] as const;
export type RawEncoding = (typeof RAW_ENCODINGS)[number];

export const BYTES_PER_SAMPLE: Readonly<Record<RawEncoding, number>> = {
	pcm_s16le: 2,
	pcm_f32le: 4,
	mulaw: 1,
};

/** `audio_format` of `StartRecognition`: raw mono samples, or a whole file with its headers in pieces. */
export const AudioFormat = z.discriminatedUnion('type', [
	z.looseObject({
		type: z.literal('raw'),
		encoding: z.enum(RAW_ENCODINGS),
		/** Samples a second. */
		sample_rate: z.int().positive(),
	}),
	z.looseObject({type: z.literal('file')}),
]);
export type AudioFormat = z.infer<typeof AudioFormat>;

/** Bytes of a second of audio; `undefined` for a file, whose bytes tell no duration. */
export function bytesPerSecond(format: AudioFormat): number | undefined {
	return format.type === 'raw' ? format.sample_rate * BYTES_PER_SAMPLE[format.encoding] : undefined;
}
