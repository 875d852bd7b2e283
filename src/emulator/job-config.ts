/** The config of a batch job, from the text of its part to what is trusted. */
import type {z} from 'zod';
import {AlignmentJobConfig, JobConfig} from '../speechmatics/config.ts';
import {Refusal} from './answers.ts';
import {languageRefusal} from './language.ts';
import {phraseOf} from './phrases.ts';

export interface AskedConfig {
	/** How the recording is to be heard. */
	readonly config: JobConfig;
	/** What was asked, where a text is to be aligned with what is heard. */
	readonly alignment?: AlignmentJobConfig;
}

/** Reads the config of either kind of job. @throws Refusal with the service's words for what is wrong */
export function configOf(text: string | undefined): AskedConfig {
	if (text === undefined) throw invalid();
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw invalid();
	}
	if ((value as {type?: unknown} | null)?.type === 'alignment') {
		const alignment = checked(AlignmentJobConfig, value);
		const {type, alignment_config, fetch_text, ...shared} = alignment;
		// Words can only be timed by listening, so that it is a transcription in all that comes before the answer.
		const {language} = alignment_config;
		return {config: {...shared, type: 'transcription', transcription_config: {language}}, alignment};
	}
	const config = checked(JobConfig, value);
	const refused = languageRefusal(config);
	if (refused !== undefined) throw invalid(refused);
	return {config};
}

function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
	const config = schema.safeParse(value, {reportInput: true});
	if (!config.success) {
		const issue = config.error.issues[0];
		throw invalid(issue === undefined ? undefined : phraseOf(issue, 'body'));
	}
	return config.data;
}

function invalid(why?: string): Refusal {
	const detail = `Job config JSON is invalid${why === undefined ? '' : `. Error: ${why}`}`;
	return new Refusal(400, 'Job rejected', detail);
}
