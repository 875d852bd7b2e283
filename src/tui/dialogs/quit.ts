import type {AppController} from '../controllers/app-controller.ts';
import type {Dialog} from '../screens/screen.ts';
import {questionDialog} from './question.ts';

/** Asked where something would be cut off. */
export function quitDialog(app: AppController): Dialog {
	return questionDialog({
		title: 'Quit?',
		question: 'Quit?',
		what: () =>
			app.running.length === 0
				? 'Nothing is running any more'
				: `Still running: ${app.running.join(' and ')}`,
		consequences: () => app.consequences,
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
				run: () => app.closeDialog(),
			},
		],
	});
}
