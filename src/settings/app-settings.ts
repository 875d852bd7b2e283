/** How the app behaves on its terminal. */
import {type Settings, settingOf} from './load.ts';
import type {ProgramSettingValue} from './program-settings.ts';

/** `undefined`: nobody has said anything, so the app's default counts. */
export interface AppSettings {
	readonly notify: ProgramSettingValue<'app.notify'> | undefined;
	readonly progress: boolean | undefined;
	readonly mouse: boolean | undefined;
	readonly theme: ProgramSettingValue<'app.theme'> | undefined;
	readonly animations: boolean | undefined;
}

/** @param flags.mouse false where the command line said `--no-mouse` */
export function appSettings(
	settings: Settings,
	flags: {readonly mouse?: boolean | undefined} = {},
): AppSettings {
	const noMouse = {name: '--no-mouse', value: flags.mouse === false ? false : undefined};
	return {
		notify: settingOf(settings, 'app.notify')?.value,
		progress: settingOf(settings, 'app.progress')?.value,
		mouse: settingOf(settings, 'app.mouse', noMouse)?.value,
		theme: settingOf(settings, 'app.theme')?.value,
		animations: settingOf(settings, 'app.animations')?.value,
	};
}
