import {select} from '@inquirer/prompts';
import {storedText} from '../presentation/stored-text.ts';
import type {StoredSession} from '../services.ts';
import {ask, SELECT_THEME} from './ask.ts';

const SPEEDS = [1, 2, 5, 10, 20];
/** Message, keys and their surroundings. */
const LINES_AROUND = 5;

/**
 * Lets the user choose a session, and how fast it is shown.
 *
 * @param sessions at least one
 * @param prefix of the questions
 * @returns `undefined` where the user chose nothing
 */
export async function pickSession(
	sessions: readonly StoredSession[],
	prefix: string,
): Promise<{session: StoredSession; speed: number} | undefined> {
	const now = new Date();
	const session = await choose(
		`${prefix}Which session?`,
		sessions.map((value) => ({value, name: storedText(value, now)})),
	);
	if (session === undefined) return undefined;
	const speed = await choose(
		`${prefix}How fast?`,
		SPEEDS.map((value) => ({value, name: value === 1 ? 'as it was spoken' : `${value} times as fast`})),
	);
	return speed === undefined ? undefined : {session, speed};
}

async function choose<Value>(
	message: string,
	choices: ReadonlyArray<{readonly value: Value; readonly name: string}>,
): Promise<Value | undefined> {
	const pageSize = Math.max(3, (process.stdout.rows ?? 24) - LINES_AROUND);
	const answer = await ask(
		(context) => select({message, choices, loop: false, theme: SELECT_THEME, pageSize}, context),
		{ownsScreen: true},
	);
	return answer.type === 'given' ? answer.value : undefined;
}
