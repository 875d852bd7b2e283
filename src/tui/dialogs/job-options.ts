import {createStore} from 'zustand/vanilla';
import {printable} from '../../platform/printable.ts';
import {wrap} from '../../platform/width.ts';
import {OptionSheet} from '../controllers/option-sheet.ts';
import {sheetBindings, sheetTargets} from '../keys/sheet-bindings.ts';
import {jsonRows} from '../presentation/json-rows.ts';
import {clipLine, EMPTY, filled, type Line, lineWidth, span} from '../presentation/line.ts';
import {sheetContent} from '../presentation/sheet-lines.ts';
import type {BodySize, Dialog} from '../screens/screen.ts';
import type {JobOptionServices} from '../services.ts';
import type {Look} from '../theme/look.tsx';
import {Scroll} from './scroll.ts';

/** From so many columns on what is sent stands beside the options. */
const BOTH_FROM = 132;
const OPTIONS = 80;
const TITLE: Line = [
	span(' Options of the next jobs', 'strong'),
	span('  of this run; Settings keeps some for good', 'muted'),
];

/** What is asked of the next jobs: as options, as it is sent, and as a command. */
export function jobOptionsDialog(services: JobOptionServices, close: () => void): Dialog {
	const sheet = new OptionSheet(services);
	const view = createStore(() => ({sending: false}));
	const scroll = new Scroll();
	let top = 0;
	let shown: ReadonlyMap<number, number> = new Map();

	function optionLines({rows, columns}: BodySize, {glyphs}: Look): readonly Line[] {
		const content = sheetContent(sheet, top, glyphs, {rows, columns});
		top = content.top;
		shown = content.options;
		return content.lines;
	}

	return {
		stores: [sheet.store, sheet.field.store, view, scroll.store],
		typing: () => (sheet.store.getState().editing ? sheet.field : undefined),
		lines(size, look) {
			const {rows, columns} = size;
			const title = clipLine(TITLE, columns);
			const body = {rows: rows - 1, columns};
			if (view.getState().sending) {
				return [title, ...scroll.shown(sendingLines(services, columns), body.rows)];
			}
			if (columns < BOTH_FROM) return [title, ...optionLines(body, look)];
			const left = optionLines({...body, columns: OPTIONS}, look);
			const right = filled(sendingLines(services, columns - OPTIONS - 3), body.rows);
			return [
				title,
				...left.map((line, index): Line => {
					const gap = ' '.repeat(Math.max(0, OPTIONS - lineWidth(line)));
					return [...line, span(gap), span(` ${look.glyphs.separator} `, 'muted'), ...right[index]!];
				}),
			];
		},
		status({rows, columns}) {
			const total = view.getState().sending ? sendingLines(services, columns).length : 0;
			const first = scroll.top(total, rows - 1);
			const last = Math.min(total, first + rows - 1);
			return total < rows ? EMPTY : [span(` ${first + 1}–${last} of ${total}`, 'muted')];
		},
		targets: () => (view.getState().sending ? [] : sheetTargets(sheet, shown, 1)),
		bindings({rows, columns}) {
			const back = {
				keys: ['escape', 'q', 'ctrl+c'],
				label: 'done',
				description: 'Back to the table',
				inFooter: true,
				run: close,
			};
			const sending = view.getState().sending;
			const toggle = {
				keys: ['v'],
				label: sending ? 'options' : 'what is sent',
				description: 'Show what is sent, and the command for it',
				inFooter: true,
				run() {
					scroll.toStart();
					view.setState({sending: !sending});
				},
			};
			if (sheet.store.getState().editing) {
				return [{title: 'Options of the next jobs', bindings: sheetBindings(sheet, rows)}];
			}
			return [
				{
					title: 'Options of the next jobs',
					bindings: sending
						? [back, toggle, ...scroll.bindings(sendingLines(services, columns).length, rows - 1)]
						: [...sheetBindings(sheet, rows - 4), toggle, back],
				},
			];
		},
	};
}

/** As it is sent, and as a command. */
function sendingLines(services: JobOptionServices, columns: number): Line[] {
	const json = jsonRows(services.request(), columns - 2);
	const command = wrap(printable(services.commandLine()), columns - 2);
	return [
		EMPTY,
		[span(' As a command', 'strong')],
		...command.map((line): Line => [span(` ${line}`, 'accent')]),
		EMPTY,
		[span(' As it is sent', 'strong')],
		...json.map((line): Line => [span(` ${line}`)]),
	];
}
