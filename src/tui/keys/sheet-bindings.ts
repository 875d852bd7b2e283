import type {OptionSheet} from '../controllers/option-sheet.ts';
import type {Target} from '../screens/screen.ts';
import type {Binding} from './bindings.ts';
import {movement} from './movement.ts';

/** @param page rows of one page */
export function sheetBindings(sheet: OptionSheet, page: number): Binding[] {
	if (sheet.store.getState().editing) return typingBindings(sheet);
	const row = sheet.selected;
	const locked = () => (row === undefined ? 'there is nothing to change' : row.locked);
	const hasChoices = (row?.choices.length ?? 0) > 0;
	const noChoices = () => locked() ?? (hasChoices ? undefined : 'it is typed, after Enter');
	const isUnset = () => locked() ?? (row?.value === undefined ? 'it is not set' : row.kept);
	return [
		{
			keys: ['enter', 'space'],
			label: hasChoices ? 'next' : 'change',
			description: 'Change it: the next choice, or by typing',
			inFooter: true,
			disabled: locked,
			run: () => sheet.edit(),
		},
		{
			keys: ['right', 'l'],
			label: 'next choice',
			description: 'The next of the choices',
			disabled: noChoices,
			run: () => void sheet.choose(1),
		},
		{
			keys: ['left', 'h'],
			label: 'choice before',
			description: 'The choice before',
			disabled: noChoices,
			run: () => void sheet.choose(-1),
		},
		{
			keys: ['x', 'backspace', 'delete'],
			label: 'take away',
			description: 'Back to what counts without it',
			inFooter: true,
			disabled: isUnset,
			run: () => void sheet.unset(),
		},
		{
			keys: ['}', 'n'],
			label: 'next group',
			description: 'To the next group',
			moves: true,
			run: () => sheet.moveGroup(1),
		},
		{
			keys: ['{', 'N'],
			label: 'group before',
			description: 'To the group before',
			moves: true,
			run: () => sheet.moveGroup(-1),
		},
		...movement('option', page, {
			by: (rows) => sheet.moveTo((cursor) => cursor + rows),
			toStart: () => sheet.moveTo(() => 0),
			toEnd: () => sheet.moveTo((_cursor, last) => last),
		}),
	];
}

function typingBindings(sheet: OptionSheet): Binding[] {
	return [
		{
			keys: ['enter'],
			label: 'take it',
			description: 'Take what was typed',
			inFooter: true,
			run: () => void sheet.commit(),
		},
		{
			keys: ['escape', 'ctrl+c'],
			label: 'as before',
			description: 'Leave it as it was',
			inFooter: true,
			run: () => sheet.cancel(),
		},
	];
}

/** A click chooses; another one on the same option changes it. @param options by the row of the screen */
export function sheetTargets(sheet: OptionSheet, options: ReadonlyMap<number, number>, above = 0): Target[] {
	return [...options].map(([row, index]) => ({
		row: row + above,
		run: () => {
			if (sheet.store.getState().cursor === index) sheet.edit();
			else sheet.moveTo(() => index);
		},
	}));
}
