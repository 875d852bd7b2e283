/** What the emulator says of itself and of its languages. */
import {VERSION} from '../platform/version.ts';
import type {LanguagePackInfo} from '../speechmatics/results.ts';
import {EMULATOR_ORCHESTRATOR_PREFIX} from '../speechmatics/simulated.ts';

export const ORCHESTRATOR_VERSION = `${EMULATOR_ORCHESTRATOR_PREFIX}-${VERSION}`;

/** The version of the json-v2 form that is written here. */
export const TRANSCRIPT_FORMAT_VERSION = '2.9';

/** Whatever language is asked for, the words are English, and are spaced so. */
export function languagePackInfo(language: string): LanguagePackInfo {
	return {
		adapted: false,
		itn: true,
		language_description: language === 'en' ? 'English' : language,
		word_delimiter: ' ',
		writing_direction: 'left-to-right',
	};
}

/** By what name the service calls other servers: to fetch recordings, and to tell of jobs. */
export const CALLER = 'Speechmatics-API/2.0';
