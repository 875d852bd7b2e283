import {createStore} from 'zustand/vanilla';
import type {AppController} from '../controllers/app-controller.ts';
import {bindingsBelow} from '../keys/active-bindings.ts';
import {movement} from '../keys/movement.ts';
import {helpHeight, helpLines} from '../presentation/help-lines.ts';
import type {Dialog} from '../screens/screen.ts';

/** Every key of the place one is in. */
export function helpDialog(app: AppController): Dialog {
	const store = createStore(() => ({top: 0}));
	return {
		stores: [store],
		lines: (size) => helpLines(bindingsBelow(app, size), size.columns).slice(store.getState().top),
		bindings(size) {
			const last = Math.max(0, helpHeight(bindingsBelow(app, size)) - size.rows);
			const scroll = (place: (top: number) => number) =>
				store.setState(({top}) => ({top: Math.max(0, Math.min(last, place(top)))}));
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
						...movement('line', size.rows, {
							by: (rows) => scroll((top) => top + rows),
							toStart: () => scroll(() => 0),
							toEnd: () => scroll(() => last),
						}),
					],
				},
			];
		},
	};
}
