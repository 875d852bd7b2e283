import type {CompareController} from '../controllers/compare-controller.ts';
import type {BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** @param report rows of the report, and of the window in which it is shown */
export function compareBindings(
	compare: CompareController,
	{rows, visible}: {readonly rows: number; readonly visible: number},
	demo: boolean,
): BindingGroup {
	const whileRunning = () => (compare.running ? 'stop the comparison first' : undefined);
	const last = Math.max(0, rows - visible);
	const {path} = compare.store.getState();
	return {
		title: 'Compare',
		bindings: [
			{
				keys: ['a', 'f'],
				label: 'pick a file',
				description: 'Pick a recording, and send it both ways',
				inFooter: true,
				disabled: whileRunning,
				run: () => void compare.pick(),
			},
			...(demo
				? [
						{
							keys: ['s'],
							label: 'sample',
							description: 'Compare with the bundled sample',
							inFooter: true,
							disabled: whileRunning,
							run: () => compare.compareSample(),
						},
					]
				: []),
			{
				keys: ['t'],
				label: 'what was said',
				description: 'Name a text that both are judged by',
				inFooter: true,
				disabled: whileRunning,
				run: () => void compare.askForReference(),
			},
			{
				keys: ['r'],
				label: 'again',
				description: 'The same recording once more',
				inFooter: true,
				disabled: () => whileRunning() ?? (path === undefined ? 'nothing was compared yet' : undefined),
				run: () => compare.again(),
			},
			{
				keys: ['x', 'space'],
				label: 'stop',
				description: 'Stop both; the job goes on at the service',
				inFooter: true,
				disabled: () => (compare.running ? undefined : 'nothing is running'),
				run: () => compare.stop(),
			},
			...movement('line', visible, {
				by: (by) => compare.scrollTo((top) => top + by, last),
				toStart: () => compare.scrollTo(() => 0, last),
				toEnd: () => compare.scrollTo(() => last, last),
			}),
		],
	};
}
