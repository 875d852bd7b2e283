import type {SettingsController} from '../controllers/settings-controller.ts';
import type {BindingGroup} from './bindings.ts';
import {sheetBindings} from './sheet-bindings.ts';

/** @param page rows of one page */
export function settingsBindings(settings: SettingsController, page: number): BindingGroup {
	const {sheet} = settings;
	const own = sheetBindings(sheet, page);
	if (sheet.store.getState().editing) return {title: 'Settings', bindings: own};
	return {
		title: 'Settings',
		bindings: [
			...own,
			{
				keys: ['d'],
				label: 'checkup',
				description: 'Check key, network, sound and the rest',
				inFooter: true,
				run: () => settings.examine(),
			},
			{
				keys: ['r'],
				label: 'read again',
				description: 'Read the settings and the key again',
				run: () => settings.readAgain(),
			},
		],
	};
}
