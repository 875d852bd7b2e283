/**
 * The recognised items that both APIs share: a word, a punctuation mark or an entity with its times.
 * Parsing is lenient: unknown keys stay, absent optional ones are absent, and an unknown `type` passes.
 */
import {z} from 'zod';

/** A recognised text never holds control characters; one that comes all the same must not reach a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
const Text = z.string().transform((text) => text.replace(/[\u0000-\u001F\u007F-\u009F]/g, ''));

export const Alternative = z.looseObject({
	content: Text,
	confidence: z.number().nullish(),
	language: z.string().nullish(),
	/** `S1`, `S2`, …, an enrolled label, or `UU` for an unknown speaker. */
	speaker: Text.nullish(),
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
});
export type RecognitionResult = z.infer<typeof RecognitionResult>;

export const LanguagePackInfo = z.looseObject({
	language_description: z.string().nullish(),
	/** What stands between two words: a space in English, nothing in Japanese. Absent for multilingual models. */
	word_delimiter: z.string().nullish(),
	per_language_word_delimiters: z.record(z.string(), z.string()).nullish(),
	writing_direction: z.string().nullish(),
	itn: z.boolean().nullish(),
	adapted: z.boolean().nullish(),
});
export type LanguagePackInfo = z.infer<typeof LanguagePackInfo>;
