/**
 * The recognised items that both APIs share: a word, a punctuation mark or an entity with its times.
 * Parsing is lenient: unknown keys stay, absent optional ones are absent, and an unknown `type` passes.
 */
import {z} from 'zod';

/** A list without the rows that are not as promised. */
export const rows = <Row extends z.ZodType>(row: Row) =>
	z.array(z.unknown()).transform((items) =>
		items.flatMap((item): z.output<Row>[] => {
			const parsed = row.safeParse(item);
			return parsed.success ? [parsed.data] : [];
		}),
	);

/** A recognised text never holds control characters; one that comes all the same must not reach a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
export const Text = z.string().transform((text) => text.replace(/[\u0000-\u001F\u007F-\u009F]/g, ''));

// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
const CONTROL_BUT_LINE_END = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g;

/** The same for prose, whose line ends mean something. */
export const Prose = z.string().transform((text) => text.replace(CONTROL_BUT_LINE_END, ''));

export const Alternative = z.looseObject({
	content: Text,
	confidence: z.number().nullish(),
	language: z.string().nullish(),
	/** `S1`, `S2`, …, an enrolled label, or `UU` for an unknown speaker. */
	speaker: Text.nullish(),
	/** `ltr` or `rtl`. */
	display: z.looseObject({direction: z.string().nullish()}).nullish(),
	/** Such as `disfluency` or `profanity`. */
	tags: z.array(z.string()).nullish(),
});

const FormPart = z.looseObject({
	type: z.string().nullish(),
	start_time: z.number().nullish(),
	end_time: z.number().nullish(),
	alternatives: z.array(Alternative).nullish(),
});

/** One recognised item. Times are seconds from the start of the audio. */
export const RecognitionResult = z.looseObject({
	type: z.string(),
	start_time: z.number(),
	end_time: z.number(),
	channel: Text.nullish(),
	alternatives: z.array(Alternative).nullish(),
	/** Which neighbour a mark is written against. Only punctuation carries it. */
	attaches_to: z.string().nullish(),
	is_eos: z.boolean().nullish(),
	/** 0–100, where audio filtering was asked for. */
	volume: z.number().nullish(),
	/** What kind of entity, such as `date` or `money`. */
	entity_class: z.string().nullish(),
	/** An entity as it was said, and as it is written. */
	spoken_form: z.array(FormPart).nullish(),
	written_form: z.array(FormPart).nullish(),
});
export type RecognitionResult = z.infer<typeof RecognitionResult>;

export const LanguagePackInfo = z.looseObject({
	language_description: z.string().nullish(),
	/** What stands between two words: a space in English, nothing in Japanese. Absent for multilingual models. */
	word_delimiter: z.string().nullish(),
	per_language_word_delimiters: z.record(z.string(), z.string()).nullish(),
	/** `left-to-right` or `right-to-left`. */
	writing_direction: z.string().nullish(),
	per_language_writing_direction: z.record(z.string(), z.string()).nullish(),
	itn: z.boolean().nullish(),
	adapted: z.boolean().nullish(),
});
export type LanguagePackInfo = z.infer<typeof LanguagePackInfo>;
