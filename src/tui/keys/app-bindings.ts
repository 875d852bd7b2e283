import type {AppController} from '../controllers/app-controller.ts';
import {helpDialog} from '../dialogs/help.ts';
import {messagesDialog} from '../dialogs/messages.ts';
import {paletteDialog} from '../dialogs/palette.ts';
import type {Binding, BindingGroup} from './bindings.ts';

/** Keys that work on every tab. */
export function globalBindings(app: AppController): BindingGroup {
	return {
		title: 'Everywhere',
		bindings: [
			...app.places.map(({tab, title}, index) => ({
				keys: [String(index + 1)],
				label: title.toLowerCase(),
				description: `Show the tab ${title}`,
				run: () => app.show(tab),
			})),
			{
				keys: ['tab', ']'],
				label: 'next tab',
				description: 'The next tab; what runs goes on',
				run: () => app.switchTab(1),
			},
			{
				keys: ['shift+tab', '['],
				label: 'previous tab',
				description: 'The tab before',
				run: () => app.switchTab(-1),
			},
			{
				keys: [':', 'ctrl+p'],
				label: 'commands',
				description: 'Find a command by a word of it',
				inFooter: true,
				run: () => app.open(paletteDialog(app)),
			},
			{
				keys: [],
				label: 'messages',
				description: 'Messages: read again what was told',
				run: () => app.open(messagesDialog(app)),
			},
			{
				keys: [],
				label: 'mouse',
				description: 'Leave the mouse to the terminal, or take it',
				disabled: () => (app.mouse === undefined ? 'there is none' : undefined),
				run: () => app.mouse?.toggle(),
			},
			{
				keys: ['q', 'ctrl+c'],
				label: 'quit',
				description: 'Quit; asks if something is running',
				inFooter: true,
				run: () => app.quit(),
			},
			suspendBinding(app),
			{
				keys: ['?'],
				label: 'help',
				description: 'Show these keys',
				inFooter: true,
				run: () => app.open(helpDialog(app)),
			},
		],
	};
}

/** Also where something is typed or lies over the tab: the shell is wanted at once. */
export function suspendBinding(app: AppController): Binding {
	return {
		keys: ['ctrl+z'],
		label: 'suspend',
		description: 'Back to the shell; fg returns',
		run: () => app.suspend(),
	};
}

/** While a problem is told: it stays until it has been read. */
export function noticeBindings(app: AppController): BindingGroup {
	return {
		title: 'Message',
		bindings: [
			{
				keys: ['escape'],
				label: 'seen',
				description: 'Put the message away',
				inFooter: true,
				run: () => app.notices.next(),
			},
		],
	};
}
