/**
 * What the batch API answers: job details, job lists, json-v2 transcripts and error bodies.
 * Source: batch OpenAPI; optional arrays may come back as `null`, so every optional field is nullish.
 */
import {z} from 'zod';
import {LanguagePackInfo, RecognitionResult} from './results.ts';

export const JOB_STATUSES = ['running', 'done', 'rejected', 'deleted', 'expired'] as const;

/** On-prem workers answer in upper case, so statuses are folded; an unknown one counts as not finished. */
const Status = z.string().transform((status) => status.toLowerCase());

const JobError = z.looseObject({timestamp: z.string().nullish(), message: z.string()});

export const JobDetails = z.looseObject({
	id: z.string(),
	status: Status,
	created_at: z.string().nullish(),
	data_name: z.string().nullish(),
	/** Whole seconds of audio. */
	duration: z.number().nullish(),
	config: z.looseObject({}).nullish(),
	/** Also present on finished jobs, for a notification that failed. */
	errors: z.array(JobError).nullish(),
});
export type JobDetails = z.infer<typeof JobDetails>;

export const CreatedJob = z.looseObject({id: z.string()});
export const JobResponse = z.looseObject({job: JobDetails});
/** Rows are parsed one by one by the client, so that one odd row never breaks a list. */
export const JobListResponse = z.looseObject({jobs: z.array(z.unknown())});

/** A finished transcript in the service's json-v2 form. */
export const Transcript = z.looseObject({
	format: z.string(),
	job: z
		.looseObject({id: z.string(), data_name: z.string().nullish(), duration: z.number().nullish()})
		.nullish(),
	metadata: z.looseObject({
		created_at: z.string().nullish(),
		transcription_config: z.looseObject({}).nullish(),
		language_pack_info: LanguagePackInfo.nullish(),
		orchestrator_version: z.string().nullish(),
	}),
	results: z.array(RecognitionResult),
});
export type Transcript = z.infer<typeof Transcript>;

export const TRANSCRIPT_FORMATS = ['json-v2', 'txt', 'srt'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

/** `message` is how the management API and on-prem workers' frameworks spell `error`. */
export const ErrorBody = z.looseObject({
	code: z.number().nullish(),
	error: z.string().nullish(),
	message: z.string().nullish(),
	detail: z.string().nullish(),
});
