import {password} from '@inquirer/prompts';
import {type Answer, ask, type PromptStreams} from './ask.ts';

/**
 * Asks for a key without showing it.
 *
 * @returns the key without spaces around it
 */
export async function askKey(message = 'API key:', streams?: PromptStreams): Promise<Answer<string>> {
	const answer = await ask(
		(context) =>
			password(
				{
					message,
					mask: '*',
					toggleMask: false,
					validate: (text) => text.trim() !== '' || 'Paste a key, or press Esc to go back.',
				},
				context,
			),
		{streams},
	);
	return answer.type === 'given' ? {type: 'given', value: answer.value.trim()} : answer;
}
