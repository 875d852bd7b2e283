import type {BatchController} from '../controllers/batch-controller.ts';
import {readingRows, readingText} from '../presentation/reading-lines.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** While what is known of a recording is read. */
export function readingBindings(
	batch: BatchController,
	body: {readonly rows: number; readonly columns: number},
): BindingGroup {
	const page = readingRows(body.rows);
	const last = () => {
		const {reading} = batch.reader.store.getState();
		const {now} = batch.store.getState();
		if (reading === undefined) return 0;
		return readingText(reading, batch.table, now, body.columns).length - page;
	};
	const needsTranscript = () => (batch.list.selected?.state === 'done' ? undefined : 'it has no transcript');
	return {
		title: 'Details',
		bindings: [
			{
				keys: ['escape', 'h', 'left', 'backspace'],
				label: 'back',
				description: 'Back to the table',
				inFooter: true,
				run: () => batch.reader.close(),
			},
			{
				keys: ['o'],
				label: 'pager',
				description: 'Open it in $PAGER',
				inFooter: true,
				disabled: needsTranscript,
				run: () => void batch.reader.openWith('pager'),
			},
			{
				keys: ['e'],
				label: 'editor',
				description: 'Open it in $EDITOR',
				inFooter: true,
				disabled: needsTranscript,
				run: () => void batch.reader.openWith('editor'),
			},
			{
				keys: ['enter', 'l', 'right'],
				label: 'read',
				description: 'Read the text',
				inFooter: true,
				disabled: needsTranscript,
				run: () => void batch.reader.read(),
			},
			{
				keys: ['r'],
				label: 'retry',
				description: 'Try again; nothing is paid twice',
				inFooter: true,
				disabled: () => {
					const state = batch.list.selected?.state ?? 'done';
					return ['failed', 'cancelled', 'left'].includes(state) ? undefined : 'there is no need';
				},
				run: () => void batch.retry(),
			},
			...movement('line', page, {
				by: (rows) => batch.reader.scrollTo((top) => top + rows, last()),
				toStart: () => batch.reader.scrollTo(() => 0, last()),
				toEnd: () => batch.reader.scrollTo(() => last(), last()),
			}),
		],
	};
}

/** What can be done with the transcript of a recording besides what the viewer knows. */
export function recordingBindings({reader}: BatchController): Binding[] {
	return [
		{
			keys: ['i'],
			label: 'details',
			description: 'Show job, request, files and speed',
			inFooter: true,
			run: () => reader.showDetails(),
		},
	];
}
