import {createStore} from 'zustand/vanilla';
import {printable} from '../../platform/printable.ts';
import {wrap} from '../../platform/width.ts';
import {OptionSheet} from '../controllers/option-sheet.ts';
import {movement} from '../keys/movement.ts';
import {sheetBindings} from '../keys/sheet-bindings.ts';
import {clipLine, EMPTY, filled, type Line, lineWidth, span} from '../presentation/line.ts';
import {sheetContent} from '../presentation/sheet-lines.ts';
import type {BodySize, Dialog} from '../screens/screen.ts';
import type {JobOptionServices} from '../services.ts';
import type {Look} from '../theme/look.tsx';

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
	const view = createStore(() => ({sending: false, top: 0}));
	let top = 0;

	function optionLines({rows, columns}: BodySize, {glyphs}: Look): readonly Line[] {
		const content = sheetContent(sheet, top, glyphs, {rows, columns});
		top = content.top;
		return content.lines;
	}

	return {
		stores: [sheet.store, sheet.field.store, view],
		typing: () => (sheet.store.getState().editing ? sheet.field : undefined),
		lines(size, look) {
			const {rows, columns} = size;
			const title = clipLine(TITLE, columns);
			const body = {rows: rows - 1, columns};
			if (view.getState().sending) {
				const lines = sendingLines(services, columns);
				return [title, ...lines.slice(view.getState().top)];
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
				run: () => view.setState({sending: !sending, top: 0}),
			};
			if (sheet.store.getState().editing) {
				return [{title: 'Options of the next jobs', bindings: sheetBindings(sheet, rows)}];
			}
			const last = Math.max(0, sendingLines(services, columns).length - (rows - 1));
			const scroll = (place: (top: number) => number) =>
				view.setState(({top}) => ({top: Math.max(0, Math.min(last, place(top)))}));
			const scrolling = movement('line', rows - 1, {
				by: (by) => scroll((top) => top + by),
				toStart: () => scroll(() => 0),
				toEnd: () => scroll(() => last),
			});
			return [
				{
					title: 'Options of the next jobs',
					bindings: sending
						? [back, toggle, ...scrolling]
						: [...sheetBindings(sheet, rows - 4), toggle, back],
				},
			];
		},
	};
}

/** As it is sent, and as a command. */
function sendingLines(services: JobOptionServices, columns: number): Line[] {
	const json = JSON.stringify(services.request(), undefined, 2)
		.split('\n')
		.flatMap((line) => wrapped(line, columns - 2));
	const command = wrapped(services.commandLine(), columns - 2);
	return [
		EMPTY,
		[span(' As a command', 'strong')],
		...command.map((line): Line => [span(` ${line}`, 'accent')]),
		EMPTY,
		[span(' As it is sent', 'strong')],
		...json.map((line): Line => [span(` ${line}`)]),
	];
}

/** Indented as it was. */
function wrapped(text: string, columns: number): string[] {
	const indent = /^ */.exec(text)![0];
	const rows = wrap(printable(text.trimStart()), Math.max(10, columns - indent.length));
	return rows.map((row) => indent + row);
}
