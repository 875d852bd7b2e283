import type {AppController} from '../controllers/app-controller.ts';
import {bindingsBelow} from '../keys/active-bindings.ts';
import {helpHeight, helpLines} from '../presentation/help-lines.ts';
import type {Dialog} from '../screens/screen.ts';
import {Scroll} from './scroll.ts';

/** Every key of the place one is in. */
export function helpDialog(app: AppController): Dialog {
	const scroll = new Scroll();
	return {
		stores: [scroll.store],
		lines: (size) => scroll.shown(helpLines(bindingsBelow(app, size), size.columns), size.rows),
		bindings(size) {
			return [
				{
					title: 'Help',
					bindings: [
						{
							keys: ['escape', '?', 'q', 'enter', 'ctrl+c'],
							label: 'close',
							description: 'Close the help',
							inFooter: true,
							run: () => app.closeDialog(),
						},
						...scroll.bindings(helpHeight(bindingsBelow(app, size)), size.rows),
					],
				},
			];
		},
	};
}
