/**
 * What a caller asks the service to do, as it goes over the wire (batch `config` part, realtime
 * `StartRecognition`). Names are the wire's own. Objects are loose: a field newer than this file passes through.
 */
import {z} from 'zod';

/** Names of the recognition models. Another string is passed on, so that a new model needs no release of ours. */
export const MODELS = ['standard', 'enhanced', 'melia-1'] as const;

/** The service itself falls back to `standard`; its own SDKs send `enhanced`, and so do we, visibly. */
export const DEFAULT_MODEL = 'enhanced';
export const DEFAULT_LANGUAGE = 'en';

const diarizationOf = <T extends readonly [string, ...string[]]>(modes: T) => z.enum(modes);
export const BATCH_DIARIZATION = ['none', 'speaker', 'channel'] as const;
export const REALTIME_DIARIZATION = ['none', 'speaker', 'channel', 'channel_and_speaker'] as const;

const sharedTranscriptionFields = {
	language: z.string().min(1),
	model: z.string().optional(),
	/** Deprecated by the service; `model` is its name now. */
	operating_point: z.string().optional(),
	domain: z.string().optional(),
	output_locale: z.string().min(1).optional(),
	enable_entities: z.boolean().optional(),
};

/** `transcription_config` of a batch job. Source: batch OpenAPI, `TranscriptionConfig`. */
export const BatchTranscriptionConfig = z.looseObject({
	...sharedTranscriptionFields,
	diarization: diarizationOf(BATCH_DIARIZATION).optional(),
});
export type BatchTranscriptionConfig = z.infer<typeof BatchTranscriptionConfig>;

/** `transcription_config` of a realtime session. Source: realtime AsyncAPI, `TranscriptionConfig`. */
export const RealtimeTranscriptionConfig = z.looseObject({
	...sharedTranscriptionFields,
	diarization: diarizationOf(REALTIME_DIARIZATION).optional(),
	/** Seconds from the end of a word to its final. */
	max_delay: z.number().min(0.7).max(4).optional(),
	max_delay_mode: z.enum(['flexible', 'fixed']).optional(),
	enable_partials: z.boolean().optional(),
	conversation_config: z
		.looseObject({end_of_utterance_silence_trigger: z.number().min(0).max(2).optional()})
		.optional(),
});
export type RealtimeTranscriptionConfig = z.infer<typeof RealtimeTranscriptionConfig>;

/** Labels the caller attaches to a job; the service gives them back untouched. */
export const Tracking = z.looseObject({
	title: z.string().optional(),
	reference: z.string().optional(),
	tags: z.array(z.string()).optional(),
	details: z.record(z.string(), z.unknown()).optional(),
});

/** The `config` part of `POST /v2/jobs`. Source: batch OpenAPI, `JobConfig`. */
export const JobConfig = z.looseObject({
	type: z.literal('transcription'),
	transcription_config: BatchTranscriptionConfig,
	tracking: Tracking.optional(),
	fetch_data: z
		.looseObject({url: z.string().min(1), auth_headers: z.array(z.string()).optional()})
		.optional(),
	output_config: z
		.looseObject({
			srt_overrides: z
				.looseObject({
					max_line_length: z.int().positive().optional(),
					max_lines: z.int().positive().optional(),
				})
				.optional(),
		})
		.optional(),
});
export type JobConfig = z.infer<typeof JobConfig>;

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
