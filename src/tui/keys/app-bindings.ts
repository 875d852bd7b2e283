import type {AppController} from '../controllers/app-controller.ts';
import {helpHeight} from '../presentation/help-lines.ts';
import type {BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** Keys that work on every tab. */
export function globalBindings(app: AppController): BindingGroup {
	return {
		title: 'Everywhere',
		bindings: [
			{
				keys: ['1'],
				label: 'batch',
				description: 'Show the batch tab',
				run: () => app.show('batch'),
			},
			{
				keys: ['2'],
				label: 'realtime',
				description: 'Show the realtime tab',
				run: () => app.show('realtime'),
			},
			{
				keys: ['tab', 'shift+tab', '[', ']'],
				label: 'switch',
				description: 'Switch tabs; what runs goes on',
				inFooter: true,
				run: () => app.switchTab(),
			},
			{
				keys: ['q', 'ctrl+c'],
				label: 'quit',
				description: 'Quit; asks if something is running',
				inFooter: true,
				run: () => app.quit(),
			},
			{
				keys: ['ctrl+z'],
				label: 'suspend',
				description: 'Back to the shell; fg returns',
				run: () => app.suspend(),
			},
			{
				keys: ['?'],
				label: 'help',
				description: 'Show these keys',
				inFooter: true,
				run: () => app.openHelp(),
			},
		],
	};
}

/**
 * Keys of what lies over the screen. They hide all others.
 *
 * @param help the groups that the help shows
 */
export function overlayBindings(
	app: AppController,
	body: {readonly rows: number},
	help: readonly BindingGroup[],
): BindingGroup {
	const last = Math.max(0, helpHeight(help) - body.rows);
	if (app.store.getState().overlay === 'help') {
		return {
			title: 'Help',
			bindings: [
				{
					keys: ['escape', '?', 'q', 'enter', 'ctrl+c'],
					label: 'close',
					description: 'Close the help',
					inFooter: true,
					run: () => app.closeOverlay(),
				},
				...movement('line', body.rows, {
					by: (rows) => app.scrollHelp((top) => top + rows, last),
					toStart: () => app.scrollHelp(() => 0, last),
					toEnd: () => app.scrollHelp(() => last, last),
				}),
			],
		};
	}
	if (app.store.getState().overlay === 'recover') return recoverBindings(app);
	return {
		title: 'Quit?',
		bindings: [
			{
				keys: ['y', 'enter', 'ctrl+c'],
				label: 'quit',
				description: 'Stop what is running, and quit',
				inFooter: true,
				run: () => void app.leave(),
			},
			{
				keys: ['n', 'escape', 'q'],
				label: 'stay',
				description: 'Stay',
				inFooter: true,
				run: () => app.closeOverlay(),
			},
		],
	};
}

/** While it is asked whether a session that broke off shall be completed. */
function recoverBindings(app: AppController): BindingGroup {
	return {
		title: 'Recover?',
		bindings: [
			{
				keys: ['y'],
				label: 'recover',
				description: 'Complete the session',
				inFooter: true,
				run: () => app.answerRecover(true),
			},
			{
				keys: ['n', 'escape'],
				label: 'not now',
				description: 'Leave it as it is',
				inFooter: true,
				run: () => app.answerRecover(false),
			},
			{
				keys: ['q', 'ctrl+c'],
				label: 'quit',
				description: 'Quit',
				inFooter: true,
				run: () => app.quit(),
			},
		],
	};
}
