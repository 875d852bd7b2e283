import type {AppController} from '../controllers/app-controller.ts';
import {storedText} from '../presentation/stored-text.ts';
import type {Dialog} from '../screens/screen.ts';
import type {StoredSession} from '../services.ts';
import {questionDialog} from './question.ts';

/** Asked where sessions of earlier runs broke off. One at a time; what is left is asked about at the next start. */
export function recoverDialog(app: AppController, crashed: readonly StoredSession[]): Dialog | undefined {
	const [session, ...others] = crashed;
	if (session === undefined) return undefined;
	const more = others.length === 0 ? [] : [`${others.length} more broke off.`];
	return questionDialog({
		title: 'Recover?',
		what: () => 'A session of an earlier run broke off',
		question: `Recover ${storedText(session, new Date())}?`,
		consequences: () => [
			'What was final is kept. What was recorded after its last word',
			'is sent to the service once more, to become words too.',
			...more,
		],
		bindings: [
			{
				keys: ['y'],
				label: 'recover',
				description: 'Complete the session',
				inFooter: true,
				run: () => app.recover(session),
			},
			{
				keys: ['n', 'escape'],
				label: 'not now',
				description: 'Leave it as it is',
				inFooter: true,
				run: () => app.open(recoverDialog(app, others)),
			},
			{
				keys: ['q', 'ctrl+c'],
				label: 'quit',
				description: 'Quit',
				inFooter: true,
				run: () => app.quit(),
			},
		],
	});
}
