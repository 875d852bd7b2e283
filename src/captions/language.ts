import type {Transcript} from '../speechmatics/jobs.ts';
import {languageOf} from '../speechmatics/transcript.ts';

/** Configurations that leave the language to the service. */
const UNDECIDED = new Set(['auto', 'multi']);

/** Code of the language of a transcript: as it was asked for, else as the first of its words says. */
export function transcriptLanguage({
	metadata,
	results,
}: Pick<Transcript, 'metadata' | 'results'>): string | undefined {
	const asked = metadata.transcription_config?.language;
	if (typeof asked === 'string' && !UNDECIDED.has(asked)) return asked;
	for (const result of results) {
		const language = languageOf(result);
		if (language !== undefined) return language;
	}
	return undefined;
}
