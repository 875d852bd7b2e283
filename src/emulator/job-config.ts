/** The config of a batch job, from the text of its part to what is trusted. */
import {JobConfig} from '../speechmatics/config.ts';
import {Refusal} from './answers.ts';
import {languageRefusal} from './language.ts';
import {phraseOf} from './phrases.ts';

/** @throws Refusal with the service's words for what is wrong */
export function configOf(text: string | undefined): JobConfig {
	if (text === undefined) throw invalid();
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw invalid();
	}
	const config = JobConfig.safeParse(value, {reportInput: true});
	if (!config.success) {
		const issue = config.error.issues[0];
		throw invalid(issue === undefined ? undefined : phraseOf(issue, 'body'));
	}
	const refused = languageRefusal(config.data);
	if (refused !== undefined) throw invalid(refused);
	return config.data;
}

function invalid(why?: string): Refusal {
	const detail = `Job config JSON is invalid${why === undefined ? '' : `. Error: ${why}`}`;
	return new Refusal(400, 'Job rejected', detail);
}
