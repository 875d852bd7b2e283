/** Identification of the language. Whatever is said, it is taken for English. Texts: docs, language identification. */
import {z} from 'zod';
import type {JobConfig} from '../speechmatics/config.ts';

const IDENTIFIED = 'en';
/** Languages that cannot be identified, or are none. Source: docs, language identification. */
const IDENTIFIABLE =
	'ar ba eu be bg ca cmn hr cs da nl en et fi fr gl de el he hi hu id it ja ko lv lt ms mr mn no fa pl pt ro ru sk sl es sv ta th tr uk vi cy'.split(
		' ',
	);

const Identification = z
	.looseObject({
		expected_languages: z.array(z.string()).optional(),
		low_confidence_action: z.string().optional(),
		default_language: z.string().optional(),
	})
	.catch({});

function optionsOf(config: JobConfig) {
	return Identification.parse(config.language_identification_config ?? {});
}

export const IDENTIFIABLE_LANGUAGES: readonly string[] = IDENTIFIABLE;

/** The language that words are labelled with. */
export function languageOf(config: JobConfig): string {
	const {language} = config.transcription_config;
	return language === 'auto' ? IDENTIFIED : language;
}

/** Why a config is refused at once, if it is. */
export function languageRefusal(config: JobConfig): string | undefined {
	const unknown = (optionsOf(config).expected_languages ?? []).filter((code) => !IDENTIFIABLE.includes(code));
	if (unknown.length === 0) return undefined;
	return `Language(s) [${unknown.join(' ')}] are not supported for language id`;
}

/** Why a job is rejected once it was heard, if it is. */
export function languageProblem(config: JobConfig, speech: boolean): string | undefined {
	if (config.transcription_config.language !== 'auto') return undefined;
	const {expected_languages, low_confidence_action, default_language} = optionsOf(config);
	if (!speech && default_language === undefined) return 'No speech found for language identification';
	if (expected_languages === undefined || expected_languages.length === 0) return undefined;
	if (expected_languages.includes(IDENTIFIED) || low_confidence_action === 'allow') return undefined;
	if (low_confidence_action === 'use_default_language' && default_language !== undefined) return undefined;
	return `The identified language '${IDENTIFIED}' is not one of the expected languages`;
}

/** What a transcript tells of it. */
export function identificationOf(config: JobConfig, end_time: number) {
	if (config.transcription_config.language !== 'auto') return undefined;
	if (end_time === 0) return {error: 'NO_SPEECH', message: 'No speech found for language identification'};
	return {results: [{alternatives: [{language: IDENTIFIED, confidence: 1}], start_time: 0, end_time}]};
}
