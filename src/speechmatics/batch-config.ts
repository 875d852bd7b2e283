/** The `config` part of a batch job, as it goes over the wire. Loose: a field newer than this library passes through. */
import {z} from 'zod';
import {sharedTranscriptionFields} from './shared-config.ts';

export const BATCH_DIARIZATION = ['none', 'speaker', 'channel'] as const;

/** `transcription_config` of a batch job. Source: batch OpenAPI, `TranscriptionConfig`. */
export const BatchTranscriptionConfig = z.looseObject({
	...sharedTranscriptionFields,
	diarization: z.enum(BATCH_DIARIZATION).optional(),
});
export type BatchTranscriptionConfig = z.infer<typeof BatchTranscriptionConfig>;

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
