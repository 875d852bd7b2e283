/** `/v1/discovery/features`: what is understood. Nobody needs a key for it. Source: docs, feature discovery. */
import {IDENTIFIABLE_LANGUAGES} from './language.ts';
import {TRANSLATION_PAIRS} from './simulated-results.ts';

const VERSION = 'simulated';

/** Both halves in one answer: both APIs share the port. */
export function features() {
	const transcription = [
		{
			version: VERSION,
			languages: ['en'],
			locales: {en: ['en-GB', 'en-US', 'en-AU']},
			domains: {en: ['medical']},
		},
	];
	const translation = [{version: VERSION, languages: TRANSLATION_PAIRS}];
	return {
		metadata: {
			language_pack_info: {
				en: {
					language_description: 'English',
					word_delimiter: ' ',
					writing_direction: 'left-to-right',
					locales: {
						'en-GB': {name: 'British English'},
						'en-US': {name: 'American English'},
						'en-AU': {name: 'Australian English'},
					},
				},
			},
		},
		batch: {transcription, translation, languageid: IDENTIFIABLE_LANGUAGES},
		realtime: {transcription, translation},
	};
}
