import {homedir} from 'node:os';
import {input} from '@inquirer/prompts';
import {ask} from './ask.ts';

/**
 * Asks for the path of a file or folder, `~` standing for the user's own.
 *
 * @returns undefined where the user gave none
 */
export async function askPath(message: string): Promise<string | undefined> {
	const answer = await ask((context) => input({message}, context), {ownsScreen: true});
	const path = answer.type === 'given' ? answer.value.trim() : '';
	return path === '' ? undefined : path.replace(/^~(?=\/|$)/, homedir());
}
