/** What is asked of both services, so that neither has more to do than the other. Pure. */
import type {SessionStart} from '../realtime/session.ts';
import type {BuiltJob, BuiltSession} from '../settings/job-config.ts';
import type {JobConfig} from '../speechmatics/config.ts';

/**
 * The words and who said them: add-ons, which one of the two may not have, are left out. Where nobody said how voices are
 * told apart, they are told apart by neither: it takes batch up to half as long again (docs, "Diarization"), and realtime
 * does not do so by default.
 */
export function sameRequests(
	job: Pick<BuiltJob, 'config' | 'origins'>,
	session: Pick<BuiltSession, 'start'>,
): {readonly job: JobConfig; readonly start: SessionStart} {
	const {transcription_config: config, language_identification_config} = job.config;
	const isUnsaid = job.origins.get('diarization')?.kind === 'default';
	return {
		job: {
			type: 'transcription',
			transcription_config: {...config, ...(isUnsaid && {diarization: 'none'})},
			...(language_identification_config && {language_identification_config}),
		},
		start: {transcriptionConfig: session.start.transcriptionConfig},
	};
}
