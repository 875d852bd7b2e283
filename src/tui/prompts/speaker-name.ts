import {input, select} from '@inquirer/prompts';
import {printable} from '../../platform/printable.ts';
import type {LiveLine} from '../../realtime/transcript-lines.ts';
import {ask, SELECT_THEME} from './ask.ts';

/** Who was heard: what the service calls them, and how they are shown. */
export function speakersOf(lines: readonly LiveLine[]): Map<string, string> {
	const speakers = new Map<string, string>();
	for (const {label, speaker} of lines) if (label !== undefined) speakers.set(label, speaker ?? label);
	return speakers;
}

/**
 * Asks which speaker has which name.
 *
 * @param speakers of `speakersOf`; at least one
 * @param prefix of the questions
 * @returns `undefined` where the user gave none
 */
export async function askSpeakerName(
	speakers: ReadonlyMap<string, string>,
	prefix: string,
): Promise<{label: string; name: string} | undefined> {
	const label = await askWhich(speakers, prefix);
	if (label === undefined) return undefined;
	const shown = printable(speakers.get(label) ?? label);
	const answer = await ask((context) => input({message: `${prefix}Who is ${shown}?`}, context), {
		ownsScreen: true,
	});
	const name = answer.type === 'given' ? answer.value.trim() : '';
	return name === '' ? undefined : {label, name};
}

async function askWhich(speakers: ReadonlyMap<string, string>, prefix: string): Promise<string | undefined> {
	if (speakers.size === 1) return [...speakers.keys()][0];
	const choices = [...speakers].map(([value, shown]) => ({
		value,
		name: printable(shown === value ? value : `${shown} (${value})`),
	}));
	const answer = await ask(
		(context) =>
			select({message: `${prefix}Which speaker?`, choices, loop: false, theme: SELECT_THEME}, context),
		{ownsScreen: true},
	);
	return answer.type === 'given' ? answer.value : undefined;
}
