/**
 * What the batch API answers: job details, job lists, json-v2 transcripts and error bodies.
 * Source: batch OpenAPI; optional arrays may come back as `null`, so every optional field is nullish.
 */
import {z} from 'zod';
import {addOnFields} from './add-ons.ts';
import {LanguagePackInfo, RecognitionResult, rows, Text} from './results.ts';

export const JOB_STATUSES = ['running', 'done', 'rejected', 'deleted', 'expired'] as const;

/** On-prem workers answer in upper case, so statuses are folded; an unknown one counts as not finished. */
const Status = z.string().transform((status) => status.toLowerCase());

const JobError = z.looseObject({timestamp: z.string().nullish(), message: z.string()});

export const JobDetails = z.looseObject({
	id: z.string(),
	status: Status,
	created_at: z.string().nullish(),
	data_name: z.string().nullish(),
	text_name: z.string().nullish(),
	/** Whole seconds of audio. */
	duration: z.number().nullish(),
	config: z.looseObject({}).nullish(),
	/** Also present on finished jobs, for a notification that failed. */
	errors: z.array(JobError).nullish(),
	/** On-prem workers only. */
	request_id: z.string().nullish(),
});
export type JobDetails = z.infer<typeof JobDetails>;

export const JobResponse = z.looseObject({job: JobDetails});
/** Rows are parsed one by one by the client, so that one odd row never breaks a list. */
export const JobListResponse = z.looseObject({jobs: z.array(z.unknown())});

/** A finished transcript in the service's json-v2 form. */
export const Transcript = z.looseObject({
	format: z.string(),
	job: z
		.looseObject({
			id: z.string(),
			created_at: z.string().nullish(),
			data_name: z.string().nullish(),
			duration: z.number().nullish(),
			tracking: z.looseObject({}).nullish(),
		})
		.nullish(),
	metadata: z.looseObject({
		created_at: z.string().nullish(),
		type: z.string().nullish(),
		transcription_config: z.looseObject({}).nullish(),
		language_pack_info: LanguagePackInfo.nullish(),
		language_identification: z
			.looseObject({
				/** Such as `NO_SPEECH`: the language could not be told. */
				error: z.string().nullish(),
				message: z.string().nullish(),
				results: z
					.array(
						z.looseObject({
							start_time: z.number().nullish(),
							end_time: z.number().nullish(),
							alternatives: z
								.array(z.looseObject({language: z.string(), confidence: z.number().nullish()}))
								.nullish(),
						}),
					)
					.nullish(),
			})
			.nullish(),
		orchestrator_version: z.string().nullish(),
	}),
	results: rows(RecognitionResult),
	...addOnFields,
});
export type Transcript = z.infer<typeof Transcript>;

export const TRANSCRIPT_FORMATS = ['json-v2', 'txt', 'srt'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

/** What a new job answers. Only where it was asked to wait does it tell more than the id. */
export const CreatedJob = z.looseObject({
	id: z.string(),
	/** The outcome of the wait, which is no state of the job: `created`, `done`, `rejected` or `deleted`. */
	status: Status.nullish(),
	'json-v2': z.unknown().optional(),
	txt: z.string().nullish(),
	srt: z.string().nullish(),
});

const UsageRow = z
	.looseObject({
		mode: z.string().nullish(),
		type: z.string().nullish(),
		language: z.string().nullish(),
		model: z.string().nullish(),
		operating_point: z.string().nullish(),
		count: z.number(),
		duration_hrs: z.number(),
	})
	// The schema names it one way, its example the other.
	.transform((row) => ({...row, model: row.model ?? row.operating_point}));

/** What was used, by whole UTC days; today is never in it. */
export const Usage = z.looseObject({
	since: z.string(),
	until: z.string(),
	summary: z.array(UsageRow),
	details: z.array(UsageRow),
});
export type Usage = z.infer<typeof Usage>;

const LanguagesOf = z.record(z.string(), z.array(z.string())).nullish();

/** What a service can do. Source: docs, "Feature discovery"; everything may be absent. */
export const Features = z.looseObject({
	metadata: z.looseObject({language_pack_info: z.record(z.string(), z.looseObject({})).nullish()}).nullish(),
	batch: z
		.looseObject({
			transcription: z
				.array(
					z.looseObject({
						version: z.string().nullish(),
						languages: z.array(z.string()).nullish(),
						locales: LanguagesOf,
						domains: LanguagesOf,
					}),
				)
				.nullish(),
			/** By the language spoken, the languages it can be translated to. */
			translation: z.array(z.looseObject({version: z.string().nullish(), languages: LanguagesOf})).nullish(),
			languageid: z.array(z.string()).nullish(),
			languageId: z.array(z.string()).nullish(),
		})
		// The docs and the vendor's own types spell it differently.
		.transform(({languageId, ...batch}) => ({...batch, languageid: batch.languageid ?? languageId}))
		.nullish(),
});
export type Features = z.infer<typeof Features>;

/** `message` is how the management API and on-prem workers' frameworks spell `error`. */
export const ErrorBody = z.looseObject({
	code: z.unknown().optional(),
	error: Text.nullish().catch(undefined),
	message: Text.nullish().catch(undefined),
	detail: Text.nullish().catch(undefined),
	/** Beside a 404 it may tell why there is nothing. */
	status: z.string().nullish().catch(undefined),
});
