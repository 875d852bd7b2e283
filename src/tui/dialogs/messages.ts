import {createStore} from 'zustand/vanilla';
import {wrap} from '../../platform/width.ts';
import type {AppController} from '../controllers/app-controller.ts';
import type {LoggedNotice} from '../controllers/notices.ts';
import {movement} from '../keys/movement.ts';
import {centred, EMPTY, type Line, span} from '../presentation/line.ts';
import type {Dialog} from '../screens/screen.ts';

/** All that was told since the start, the newest first. */
export function messagesDialog(app: AppController): Dialog {
	const store = createStore(() => ({top: 0}));
	const {log} = app.notices;
	const linesOf = (columns: number) => log.toReversed().flatMap((notice) => noticeLines(notice, columns));
	return {
		stores: [store],
		lines({rows, columns}) {
			if (log.length === 0) return centred([[span('Nothing has been told yet', 'strong')]], rows, columns);
			return [
				[span(' Messages', 'strong'), span('  the newest first', 'muted')],
				EMPTY,
				...linesOf(columns).slice(store.getState().top),
			];
		},
		bindings({rows, columns}) {
			const last = Math.max(0, linesOf(columns).length - (rows - 2));
			const scroll = (place: (top: number) => number) =>
				store.setState(({top}) => ({top: Math.max(0, Math.min(last, place(top)))}));
			return [
				{
					title: 'Messages',
					bindings: [
						{
							keys: ['escape', 'q', 'enter', 'ctrl+c'],
							label: 'close',
							description: 'Close the messages',
							inFooter: true,
							run: () => app.closeDialog(),
						},
						...movement('line', rows - 2, {
							by: (by) => scroll((top) => top + by),
							toStart: () => scroll(() => 0),
							toEnd: () => scroll(() => last),
						}),
					],
				},
			];
		},
	};
}

const TIME = 11;

function noticeLines({text, kind, at}: LoggedNotice, columns: number): Line[] {
	const time = at.toTimeString().slice(0, 8);
	return wrap(text, columns - TIME - 1).map((row, index) => [
		span(index === 0 ? ` ${time}  ` : ' '.repeat(TIME), 'muted'),
		span(row, kind === 'problem' ? 'error' : 'plain'),
	]);
}
