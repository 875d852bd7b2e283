/**
 * What a transcript holds beside its words: translations, summary, chapters, topics, sentiment, audio events, speakers.
 * Source: batch OpenAPI and the docs' pages, which nest two of them differently; both ways are read.
 */
import {z} from 'zod';
import type {Transcript} from './jobs.ts';
import {Prose, Text} from './results.ts';

const count = z.number().nullish();
const when = {start_time: z.number(), end_time: z.number()};
const who = {speaker: Text.nullish(), channel: Text.nullish()};

/** One translated sentence. Times are seconds. */
export const TranslatedSentence = z.looseObject({...when, ...who, content: Text});
export type TranslatedSentence = z.infer<typeof TranslatedSentence>;

export const Summary = z.looseObject({content: Prose});
export type Summary = z.infer<typeof Summary>;

export const Chapter = z.looseObject({...when, title: Text, summary: Prose});
export type Chapter = z.infer<typeof Chapter>;

export const Topics = z.looseObject({
	segments: z
		.array(z.looseObject({...when, text: Text, topics: z.array(z.looseObject({topic: Text}))}))
		.nullish(),
	/** How often each topic was found, zeros included. */
	summary: z.looseObject({overall: z.record(z.string(), z.number()).nullish()}).nullish(),
});
export type Topics = z.infer<typeof Topics>;

const sentimentCounts = {positive_count: count, negative_count: count, neutral_count: count};

export const Sentiment = z.looseObject({
	segments: z
		.array(
			z.looseObject({
				...when,
				...who,
				text: Text,
				/** `positive`, `neutral` or `negative`. */
				sentiment: z.string(),
				confidence: z.number().nullish(),
			}),
		)
		.nullish(),
	summary: z
		.looseObject({
			overall: z.looseObject(sentimentCounts).nullish(),
			speakers: z.array(z.looseObject({...sentimentCounts, speaker: Text.nullish()})).nullish(),
			channels: z.array(z.looseObject({...sentimentCounts, channel: Text.nullish()})).nullish(),
		})
		.nullish(),
});
export type Sentiment = z.infer<typeof Sentiment>;

export const DetectedAudioEvent = z.looseObject({
	...when,
	/** `applause`, `laughter`, `music`, or a newer one. */
	type: z.string(),
	confidence: z.number().nullish(),
	channel: Text.nullish(),
});
export type DetectedAudioEvent = z.infer<typeof DetectedAudioEvent>;

const AudioEventTotals = z.record(
	z.string(),
	z.looseObject({count, /** Seconds. */ total_duration: z.number().nullish()}),
);
export type AudioEventTotals = z.infer<typeof AudioEventTotals>;

/** A speaker with identifiers to know him or her by in another job. */
export const IdentifiedSpeaker = z.looseObject({label: Text, speaker_identifiers: z.array(z.string())});
export type IdentifiedSpeaker = z.infer<typeof IdentifiedSpeaker>;

/** An add-on whose form nobody foresaw must not cost a person the transcript. */
const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined);

export const addOnFields = {
	speakers: lenient(z.array(IdentifiedSpeaker)),
	/** By the code of the language. */
	translations: lenient(z.record(z.string(), z.array(TranslatedSentence))),
	summary: lenient(Summary),
	/** Nested in two ways: read it with `sentimentOf`. */
	sentiment_analysis: lenient(z.looseObject({})),
	topics: lenient(Topics),
	/** They follow each other without gaps. */
	chapters: lenient(z.array(Chapter)),
	audio_events: lenient(z.array(DetectedAudioEvent)),
	/** Nested in two ways: read it with `audioEventTotals`. */
	audio_event_summary: lenient(z.looseObject({})),
};

/** The sentiment of a transcript, however the service nested it; `undefined` where there is none. */
export function sentimentOf({sentiment_analysis: found}: Pick<Transcript, 'sentiment_analysis'>) {
	if (found === null || found === undefined) return undefined;
	return Sentiment.safeParse(found.sentiment_analysis ?? found).data;
}

/** How many audio events of each type there are and how long they last, over all and by channel. */
export function audioEventTotals(
	transcript: Pick<Transcript, 'audio_event_summary'>,
): {overall: AudioEventTotals; channels: Readonly<Record<string, AudioEventTotals>>} | undefined {
	const found = transcript.audio_event_summary;
	if (found === null || found === undefined) return undefined;
	const {channels, overall, ...types} = found;
	// One of the docs' examples puts the channels beside the summary instead of into it.
	const byChannel = channels ?? (transcript as Record<string, unknown>).channels;
	return {
		overall: AudioEventTotals.safeParse(overall ?? types).data ?? {},
		channels: z.record(z.string(), AudioEventTotals).safeParse(byChannel).data ?? {},
	};
}

/** Why an add-on is missing from a finished transcript. */
export interface AddOnError {
	/** Which one, such as `translation`. */
	readonly addOn: string;
	/** Such as `unsupported_translation_pair`. */
	readonly type: string;
	readonly message: string;
}

const ErrorRow = z.object({type: z.string().catch(''), message: Text.catch('')});

/**
 * The add-ons that failed. They never fail the job: its transcript comes without them, and its metadata say why, in
 * lists named `translation_errors`, `summarization_errors` and so on.
 */
export function addOnErrors({metadata}: Pick<Transcript, 'metadata'>): AddOnError[] {
	return Object.entries(metadata).flatMap(([name, rows]) => {
		const addOn = /^(.+)_errors$/.exec(name)?.[1];
		if (addOn === undefined || !Array.isArray(rows)) return [];
		return rows.flatMap((row) => {
			const {data} = ErrorRow.safeParse(row);
			return data === undefined ? [] : [{addOn, ...data}];
		});
	});
}
