import type {RealtimeController} from '../controllers/realtime-controller.ts';
import type {BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** @param window what is visible of the transcript, in rows and columns */
export function realtimeBindings(
	realtime: RealtimeController,
	window: {readonly rows: number; readonly columns: number},
	demo: boolean,
): BindingGroup {
	const {view} = realtime;
	const whileRunning = () => (view.isRunning ? 'stop the session first' : undefined);
	return {
		title: 'Realtime',
		bindings: [
			{
				keys: ['space'],
				label: view.isRunning ? 'stop' : 'start',
				description: 'Start, or stop and keep every word',
				inFooter: true,
				disabled: () => (view.state === 'finishing' ? 'the last words are on their way' : undefined),
				run: () => realtime.toggle(),
			},
			{
				keys: ['f'],
				label: 'stream a file',
				description: 'Stream a recording at its own speed',
				inFooter: true,
				disabled: whileRunning,
				run: () => void realtime.askForFile(),
			},
			...(demo
				? [
						{
							keys: ['s'],
							label: 'sample',
							description: 'Stream the bundled sample',
							inFooter: true,
							disabled: whileRunning,
							run: () => realtime.streamSample(),
						},
					]
				: []),
			{
				keys: ['d'],
				label: 'device',
				description: 'Choose the microphone',
				inFooter: true,
				disabled: whileRunning,
				run: () => void realtime.chooseDevice(),
			},
			...movement('row', window.rows, {
				by: (rows) => realtime.scroll(rows, window),
				toStart: () => realtime.scroll(Number.NEGATIVE_INFINITY, window),
				toEnd: () => realtime.follow(),
			}),
		],
	};
}
