import type {RowState} from '../../batch/table.ts';
import type {BatchController} from '../controllers/batch-controller.ts';
import {readingRows} from '../presentation/batch-lines.ts';
import {transcriptLines} from '../presentation/speech-lines.ts';
import type {BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** @param page rows of one page */
export function batchBindings(batch: BatchController, page: number, demo: boolean): BindingGroup {
	const needsRow = () => (batch.selected === undefined ? 'there is no recording yet' : undefined);
	const needs = (states: readonly RowState[], otherwise: string) => () => {
		const reason = needsRow();
		return reason ?? (states.includes(batch.selected!.state) ? undefined : otherwise);
	};
	const needsTranscript = needs(['done'], 'it has no transcript yet');
	return {
		title: 'Batch',
		bindings: [
			{
				keys: ['a'],
				label: 'add files',
				description: 'Pick recordings and folders',
				inFooter: true,
				run: () => void batch.pick(),
			},
			...(demo
				? [
						{
							keys: ['s'],
							label: 'sample',
							description: 'Add the bundled sample',
							inFooter: true,
							run: () => void batch.addSample(),
						},
					]
				: []),
			{
				keys: ['enter', 'l', 'right'],
				label: 'read',
				description: 'Read the text, or why it failed',
				inFooter: true,
				disabled: needs(['done', 'failed'], 'it has no transcript yet'),
				run: () => void batch.read(),
			},
			{
				keys: ['r'],
				label: 'retry',
				description: 'Transcribe it again',
				inFooter: true,
				disabled: needs(['failed', 'cancelled', 'done'], 'it is under way'),
				run: () => batch.retry(),
			},
			{
				keys: ['x'],
				label: 'cancel',
				description: 'Cancel it, at the service too',
				inFooter: true,
				disabled: needs(['queued', 'uploading', 'transcribing'], 'it is not under way'),
				run: () => batch.cancel(),
			},
			{
				keys: ['o'],
				label: 'pager',
				description: 'Open the transcript in $PAGER',
				inFooter: true,
				disabled: needsTranscript,
				run: () => void batch.openWith('pager'),
			},
			{
				keys: ['e'],
				label: 'editor',
				description: 'Open the transcript in $EDITOR',
				inFooter: true,
				disabled: needsTranscript,
				run: () => void batch.openWith('editor'),
			},
			...movement('recording', page, {
				by: (rows) => batch.moveTo((cursor) => cursor + rows),
				toStart: () => batch.moveTo(() => 0),
				toEnd: () => batch.moveTo((_cursor, last) => last),
			}),
		],
	};
}

/** While a transcript is read. */
export function readingBindings(
	batch: BatchController,
	body: {readonly rows: number; readonly columns: number},
): BindingGroup {
	const page = readingRows(body.rows);
	const last = () => {
		const {reading} = batch.store.getState();
		return reading === undefined ? 0 : transcriptLines(reading.lines, body.columns).length - page;
	};
	return {
		title: 'Transcript',
		bindings: [
			{
				keys: ['escape', 'h', 'left', 'backspace'],
				label: 'back',
				description: 'Back to the table',
				inFooter: true,
				run: () => batch.closeReading(),
			},
			{
				keys: ['o'],
				label: 'pager',
				description: 'Open it in $PAGER',
				inFooter: true,
				disabled: () => (batch.selected?.state === 'done' ? undefined : 'it has no transcript'),
				run: () => void batch.openWith('pager'),
			},
			{
				keys: ['e'],
				label: 'editor',
				description: 'Open it in $EDITOR',
				inFooter: true,
				disabled: () => (batch.selected?.state === 'done' ? undefined : 'it has no transcript'),
				run: () => void batch.openWith('editor'),
			},
			...movement('line', page, {
				by: (rows) => batch.scrollTo((top) => top + rows, last()),
				toStart: () => batch.scrollTo(() => 0, last()),
				toEnd: () => batch.scrollTo(() => last(), last()),
			}),
		],
	};
}
