import {select} from '@inquirer/prompts';
import type {Device} from '../../audio/capture-messages.ts';
import {printable} from '../../platform/printable.ts';
import {clip} from '../../platform/width.ts';
import {ask, SELECT_THEME} from './ask.ts';

/** Message, keys and their surroundings. */
const LINES_AROUND = 5;
const COLUMNS_AROUND = 4;

/**
 * Lets the user choose a microphone.
 *
 * @param devices at least one
 * @param current as `findDevice` takes it
 * @returns what `findDevice` takes: `default`, a name, or a number where the name is not the only one of its kind;
 * undefined where the user chose nothing
 */
export async function pickDevice(
	devices: readonly Device[],
	current: string | undefined,
	message = 'Which microphone?',
): Promise<string | undefined> {
	const {columns = 80, rows = 24} = process.stdout;
	const standard = devices.find(({isDefault}) => isDefault);
	const choices = [
		...(standard ? [{value: 'default', name: `The system's default (${printable(standard.name)})`}] : []),
		...devices.map(({id, name, hostApi}) => {
			const hasTwin = devices.filter((device) => device.name === name).length > 1;
			const details = printable(hasTwin ? `${id}, ${hostApi}` : hostApi);
			return {value: hasTwin ? String(id) : name, name: `${printable(name)} (${details})`};
		}),
	].map(({value, name}) => ({value, name: clip(name, columns - COLUMNS_AROUND)}));
	const answer = await ask(
		(context) =>
			select(
				{
					message,
					choices,
					loop: false,
					theme: SELECT_THEME,
					pageSize: Math.max(3, rows - LINES_AROUND),
					...(current !== undefined && {default: current}),
				},
				context,
			),
		{ownsScreen: true},
	);
	return answer.type === 'given' ? answer.value : undefined;
}
