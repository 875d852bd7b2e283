/** What a second pass asks of the service. Pure. */
import type {JobConfig, RealtimeTranscriptionConfig} from '../speechmatics/config.ts';

type LiveConfig = Pick<RealtimeTranscriptionConfig, 'language'> &
	Partial<Pick<RealtimeTranscriptionConfig, 'additional_vocab'>>;

/**
 * The words and who said them, with the best model unless told otherwise: the language and the dictionary of what was
 * live, the rest as the user has it for batch. Add-ons, and what is about another recording, are left out.
 *
 * @param base what is asked for batch jobs
 */
export function secondPassConfig(
	live: LiveConfig,
	base: JobConfig,
	{
		model = 'enhanced',
		diarization = 'speaker',
	}: Pick<Partial<JobConfig['transcription_config']>, 'model' | 'diarization'> = {},
): JobConfig {
	const words = live.additional_vocab?.map((word) => (typeof word === 'string' ? {content: word} : word));
	return {
		type: 'transcription',
		transcription_config: {
			...base.transcription_config,
			...(words !== undefined && {additional_vocab: words}),
			language: live.language,
			model,
			diarization,
		},
	};
}
