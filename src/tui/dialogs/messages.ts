import {localClockSeconds} from '../../platform/local-time.ts';
import {wrap} from '../../platform/width.ts';
import type {AppController} from '../controllers/app-controller.ts';
import type {LoggedNotice} from '../controllers/notices.ts';
import {centred, EMPTY, type Line, span} from '../presentation/line.ts';
import type {Dialog} from '../screens/screen.ts';
import {Scroll} from './scroll.ts';

/** The heading, and what parts it from the messages. */
const ABOVE = 2;

/** All that was told since the start, the newest first. */
export function messagesDialog(app: AppController): Dialog {
	const scroll = new Scroll();
	const {log} = app.notices;
	const linesOf = (columns: number) => log.toReversed().flatMap((notice) => noticeLines(notice, columns));
	return {
		stores: [scroll.store],
		lines({rows, columns}) {
			if (log.length === 0) return centred([[span('Nothing has been told yet', 'strong')]], rows, columns);
			return [
				[span(' Messages', 'strong'), span('  the newest first', 'muted')],
				EMPTY,
				...scroll.shown(linesOf(columns), rows - ABOVE),
			];
		},
		bindings({rows, columns}) {
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
						...scroll.bindings(linesOf(columns).length, rows - ABOVE),
					],
				},
			];
		},
	};
}

const TIME = 11;

function noticeLines({text, kind, at}: LoggedNotice, columns: number): Line[] {
	const time = localClockSeconds(at);
	return wrap(text, columns - TIME - 1).map((row, index) => [
		span(index === 0 ? ` ${time}  ` : ' '.repeat(TIME), 'muted'),
		span(row, kind === 'problem' ? 'error' : 'plain'),
	]);
}
