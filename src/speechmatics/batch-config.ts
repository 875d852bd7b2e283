/** The `config` part of a batch job, as it goes over the wire. Loose: a field newer than this library passes through. */
import {z} from 'zod';
import {sharedTranscriptionFields} from './shared-config.ts';

export const BATCH_DIARIZATION = ['none', 'speaker', 'channel'] as const;
export const AUDIO_EVENTS = ['applause', 'laughter', 'music'] as const;
/** What a notification may carry. Source: batch OpenAPI, `NotificationConfig`, and the docs' page on alignment. */
export const NOTIFICATION_CONTENTS = [
	'jobinfo',
	'transcript',
	'transcript.json-v2',
	'transcript.txt',
	'transcript.srt',
	'data',
	'text',
	'alignment',
	'alignment.word_start_and_end',
	'alignment.one_per_line',
] as const;

/** Identifiers of all known speakers of a job together. Source: docs, "Speaker identification". */
const MAX_SPEAKER_IDENTIFIERS = 50;
/** Source: docs, "Custom dictionary". */
const MAX_VOCABULARY = 1000;
/** Source: batch OpenAPI, `TranslationConfig`. */
const MAX_TRANSLATION_TARGETS = 5;
/** Source: docs, "Topic detection". */
const MAX_TOPICS = 10;
/** Source: docs, "Notifications". */
const MAX_NOTIFICATIONS = 3;
/** Labels that the service gives itself, or that begin or end with a space. */
const RESERVED_LABEL = /^(S\d+|UU|\s.*|.*\s)$/s;

const fraction = z.number().min(0).max(1);
const languages = z.array(z.string().min(1));
const distinct = (items: readonly string[]) => new Set(items).size === items.length;

const AdditionalVocabulary = z.looseObject({
	content: z.string().min(1),
	sounds_like: z.array(z.string().min(1)).optional(),
});

const KnownSpeaker = z.looseObject({
	label: z
		.string()
		.min(1)
		.refine((label) => !RESERVED_LABEL.test(label), {
			error: 'it must not look like S1 or UU, nor begin or end with a space',
		}),
	speaker_identifiers: z
		.array(z.string().min(1))
		.min(1)
		.refine(distinct, {error: 'it must hold each identifier only once'}),
});

const SpeakerDiarizationConfig = z.looseObject({
	prefer_current_speaker: z.boolean().optional(),
	/** The higher, the more speakers are told apart. */
	speaker_sensitivity: fraction.optional(),
	/** Whether the transcript lists the speakers with identifiers to know them by in another job. */
	get_speakers: z.boolean().optional(),
	speakers: z
		.array(KnownSpeaker)
		.refine(
			(speakers) => speakers.flatMap((one) => one.speaker_identifiers).length <= MAX_SPEAKER_IDENTIFIERS,
			{
				error: `it must hold at most ${MAX_SPEAKER_IDENTIFIERS} speaker identifiers altogether`,
			},
		)
		.optional(),
});

/** The only object the service closes: it refuses a job with anything else in it. */
const Replacement = z.strictObject({
	/** A text, or an ECMAScript regular expression between slashes. */
	from: z.string().min(1),
	to: z.string(),
});

/** `transcription_config` of a batch job. Source: batch OpenAPI, `TranscriptionConfig`. */
export const BatchTranscriptionConfig = z.looseObject({
	...sharedTranscriptionFields,
	additional_vocab: z.array(AdditionalVocabulary).max(MAX_VOCABULARY).optional(),
	punctuation_overrides: z
		.looseObject({
			sensitivity: fraction.optional(),
			/** An empty list means no marks at all. */
			permitted_marks: z
				.array(z.string().regex(/^(.|all)$/u, {error: 'it must be a single mark or "all"'}))
				.optional(),
		})
		.optional(),
	diarization: z.enum(BATCH_DIARIZATION).optional(),
	speaker_diarization_config: SpeakerDiarizationConfig.optional(),
	/** Names for the channels, in their order in the recording. */
	channel_diarization_labels: z
		.array(
			z
				.string()
				.regex(/^[A-Za-z0-9._]+$/, {error: 'it must hold letters, digits, dots and underscores only'}),
		)
		.optional(),
	/** In the schema of the service, but without an effect in batch that anyone documents. */
	max_delay_mode: z.enum(['fixed', 'flexible']).optional(),
	/** `{}` labels every word with its volume and filters nothing. */
	audio_filtering_config: z.looseObject({volume_threshold: z.number().min(0).max(100).optional()}).optional(),
	transcript_filtering_config: z
		.looseObject({
			remove_disfluencies: z.boolean().optional(),
			replacements: z.array(Replacement).optional(),
		})
		.optional(),
	/** Languages to expect, for the multilingual model only. */
	language_hints: languages.optional(),
	language_hints_strict: z.boolean().optional(),
});
export type BatchTranscriptionConfig = z.infer<typeof BatchTranscriptionConfig>;

/** Labels the caller attaches to a job; the service gives them back untouched. */
export const Tracking = z.looseObject({
	title: z.string().optional(),
	reference: z.string().optional(),
	tags: z.array(z.string()).optional(),
	details: z.record(z.string(), z.unknown()).optional(),
});

const headerLines = z
	.array(z.string().regex(/^[^\s:]+: *[^\r\n]*$/, {error: 'it must be a header line such as "Name: value"'}))
	.optional();

/** An address that the service fetches by itself. */
export const FetchConfig = z.looseObject({
	url: z.string().min(1),
	/** Whole header lines, `Name: value`. */
	auth_headers: headerLines,
});

export const NotificationConfig = z.looseObject({
	url: z.string().min(1),
	/** Absent: the transcript, as an attachment. Empty: nothing but the address. */
	contents: z.array(z.enum(NOTIFICATION_CONTENTS)).optional(),
	method: z.enum(['post', 'put']).optional(),
	auth_headers: headerLines,
});

/** What every kind of job may carry. */
const sharedJobFields = {
	fetch_data: FetchConfig.optional(),
	tracking: Tracking.optional(),
	notification_config: z.array(NotificationConfig).max(MAX_NOTIFICATIONS).optional(),
	output_config: z
		.looseObject({
			/** Shapes the service's own `srt`. Its defaults are 37 characters and 2 lines. */
			srt_overrides: z
				.looseObject({
					max_line_length: z.int().positive().optional(),
					max_lines: z.int().positive().optional(),
				})
				.optional(),
			generate_lattice: z.boolean().optional(),
		})
		.optional(),
};

/** The `config` part of `POST /v2/jobs`. Source: batch OpenAPI, `JobConfig`. */
export const JobConfig = z.looseObject({
	type: z.literal('transcription'),
	transcription_config: BatchTranscriptionConfig,
	...sharedJobFields,
	translation_config: z.looseObject({target_languages: languages.max(MAX_TRANSLATION_TARGETS)}).optional(),
	/** What to do with the language `auto`. */
	language_identification_config: z
		.looseObject({
			expected_languages: languages.optional(),
			low_confidence_action: z.enum(['allow', 'reject', 'use_default_language']).optional(),
			default_language: z.string().min(1).optional(),
		})
		.optional(),
	summarization_config: z
		.looseObject({
			content_type: z.enum(['auto', 'informative', 'conversational']).optional(),
			summary_length: z.enum(['brief', 'detailed']).optional(),
			summary_type: z.enum(['paragraphs', 'bullets']).optional(),
		})
		.optional(),
	sentiment_analysis_config: z.looseObject({}).optional(),
	topic_detection_config: z
		.looseObject({topics: z.array(z.string().min(1)).max(MAX_TOPICS).optional()})
		.optional(),
	auto_chapters_config: z.looseObject({}).optional(),
	/** Without `types`: all that the service knows. */
	audio_events_config: z.looseObject({types: z.array(z.enum(AUDIO_EVENTS)).optional()}).optional(),
});
export type JobConfig = z.infer<typeof JobConfig>;

/** A job that times the words of a given text. Only where the contract has it. Source: docs, "Alignment". */
export const AlignmentJobConfig = z.looseObject({
	type: z.literal('alignment'),
	alignment_config: z.looseObject({language: z.string().min(1)}),
	...sharedJobFields,
	fetch_text: FetchConfig.optional(),
});
export type AlignmentJobConfig = z.infer<typeof AlignmentJobConfig>;

export const AnyJobConfig = z.discriminatedUnion('type', [JobConfig, AlignmentJobConfig]);
export type AnyJobConfig = z.infer<typeof AnyJobConfig>;
