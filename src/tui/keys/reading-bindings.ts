import type {BatchController} from '../controllers/batch-controller.ts';
import type {ReExport} from '../controllers/re-export.ts';
import {detailsRows, lastTop} from '../presentation/details-screen.ts';
import type {BodySize} from '../screens/screen.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** While what is known of a recording is read in the whole body. */
export function readingBindings(batch: BatchController, body: BodySize): BindingGroup {
	const row = () => batch.table.row(batch.reader.store.getState().reading?.file ?? '');
	const needsTranscript = () => (row()?.state === 'done' ? undefined : 'it has no transcript');
	const scroll = scrolling(batch, body);
	return {
		title: 'Details',
		bindings: [
			...reExportBindings(batch.reExport),
			{
				keys: [...(batch.reExport.isRunning ? [] : ['escape']), 'i', 'h', 'left', 'backspace'],
				label: 'back',
				description: 'Back to the table',
				inFooter: true,
				run: () => batch.reader.close(),
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
					const state = row()?.state ?? 'done';
					return ['failed', 'cancelled', 'left'].includes(state) ? undefined : 'there is no need';
				},
				run: () => void batch.retry([row()].filter((one) => one !== undefined)),
			},
			...jobBindings(batch),
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
			...movement('line', detailsRows(body.rows), scroll),
		],
	};
}

/** While the details stand beside the table, whose own keys come after these. */
export function paneBindings(batch: BatchController, body: BodySize): BindingGroup {
	const {by} = scrolling(batch, body);
	return {
		title: 'Details',
		bindings: [
			...reExportBindings(batch.reExport),
			{
				keys: ['i', ...(batch.reExport.isRunning ? [] : ['escape'])],
				label: 'close details',
				description: 'Put the details away',
				inFooter: true,
				run: () => batch.reader.close(),
			},
			...jobBindings(batch),
			{keys: ['J'], label: 'down', description: 'Details: a line down', moves: true, run: () => by(1)},
			{keys: ['K'], label: 'up', description: 'Details: a line up', moves: true, run: () => by(-1)},
		],
	};
}

/** What can be done with the transcript of a recording besides what the viewer knows. */
export function recordingBindings({reader}: BatchController): Binding[] {
	return [
		{
			keys: ['i'],
			label: 'details',
			description: 'What happened, job, config, request ids',
			inFooter: true,
			run: () => reader.showDetails(),
		},
	];
}

/** While transcripts are written again. */
export function reExportBindings(reExport: ReExport): Binding[] {
	if (!reExport.isRunning) return [];
	return [
		{
			keys: ['escape'],
			label: 'stop writing',
			description: 'Write no more; what is written stays',
			inFooter: true,
			run: () => reExport.stop(),
		},
	];
}

function jobBindings({reader, table}: BatchController): Binding[] {
	const file = () => reader.store.getState().reading?.file ?? '';
	const needsJob = () => (table.row(file())?.jobId === undefined ? 'it has no job yet' : undefined);
	return [
		{
			keys: ['y'],
			label: 'copy ids',
			description: 'Copy the ids of job and requests',
			inFooter: true,
			disabled: needsJob,
			run: () => void reader.details.copyIds(file()),
		},
		{
			keys: ['U'],
			label: 'ask service',
			description: 'Ask the service how the job stands',
			inFooter: true,
			disabled: () =>
				needsJob() ?? (reader.details.store.getState().isAsking ? 'it is being asked' : undefined),
			run: () => void reader.details.ask(file()),
		},
	];
}

function scrolling({reader}: BatchController, body: BodySize) {
	const last = () => {
		const {reading} = reader.store.getState();
		return reading === undefined ? 0 : lastTop(reading, body);
	};
	return {
		by: (rows: number) => reader.scrollTo((top) => top + rows, last()),
		toStart: () => reader.scrollTo(() => 0, last()),
		toEnd: () => reader.scrollTo(() => last(), last()),
	};
}
