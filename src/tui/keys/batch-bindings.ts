import {isOver} from '../../batch/row-state.ts';
import type {BatchRow} from '../../batch/table.ts';
import type {BatchController} from '../controllers/batch-controller.ts';
import {listBindings, wholeListBinding} from './batch-list-bindings.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';
import {reExportBindings} from './reading-bindings.ts';

/** @param page rows of one page */
export function batchBindings(batch: BatchController, page: number, demo: boolean): BindingGroup {
	return {
		title: 'Batch',
		bindings: [
			...escapeBindings(batch),
			...addBindings(batch, demo),
			...rowBindings(batch),
			...listBindings(batch.list),
			...engineBindings(batch),
			...movement('recording', page, {
				by: (rows) => batch.list.moveTo((cursor) => cursor + rows),
				toStart: () => batch.list.moveTo(() => 0),
				toEnd: () => batch.list.moveTo((_cursor, last) => last),
			}),
		],
	};
}

/** What Esc ends; where details stand beside the table, it puts those away. */
function escapeBindings({reader, reExport, list}: BatchController): Binding[] {
	if (reader.store.getState().reading !== undefined) return [];
	return reExport.isRunning ? reExportBindings(reExport) : [wholeListBinding(list)];
}

function addBindings(batch: BatchController, demo: boolean): Binding[] {
	const sample: Binding = {
		keys: ['s'],
		label: 'sample',
		description: 'Add the bundled sample',
		inFooter: true,
		run: () => void batch.addSample(),
	};
	return [
		{
			keys: ['a'],
			label: 'add files',
			description: 'Pick recordings and folders',
			inFooter: true,
			run: () => void batch.pick(),
		},
		...(demo ? [sample] : []),
		{
			keys: ['u'],
			label: 'address',
			description: 'Add an http(s) address, or a path',
			run: () => void batch.askForAddress(),
		},
		{
			keys: ['c'],
			label: 'options',
			description: 'Language, model, add-ons, formats, …',
			inFooter: true,
			run: () => batch.showOptions(),
		},
	];
}

function rowBindings(batch: BatchController): Binding[] {
	const {list} = batch;
	const none = () => (batch.table.rows.length === 0 ? 'there is no recording yet' : 'nothing is shown');
	const needsRow = () => (list.selected === undefined ? none() : undefined);
	// What is marked need not be shown.
	const needs = (fits: (row: BatchRow) => boolean, otherwise: string) => () =>
		list.chosen.length === 0 ? none() : list.chosen.some(fits) ? undefined : otherwise;
	const needsTranscript = () =>
		needsRow() ?? (list.selected!.state === 'done' ? undefined : 'it has no transcript yet');
	return [
		{
			keys: ['enter', 'l', 'right'],
			label: list.selected?.state === 'done' ? 'read' : 'details',
			description: 'Read the text, or why there is none',
			inFooter: true,
			disabled: needsRow,
			run: () => void batch.reader.read(),
		},
		{
			keys: ['r'],
			label: 'retry',
			description: 'Try again; nothing is paid twice',
			inFooter: true,
			disabled: needs(isOver, 'it is under way'),
			run: () => void batch.retry(),
		},
		{
			keys: ['x'],
			label: 'cancel',
			description: 'Cancel it, at the service too',
			inFooter: true,
			disabled: needs((row) => !isOver(row), 'it is not under way'),
			run: () => batch.cancel(),
		},
		{
			keys: ['o'],
			label: 'pager',
			description: 'Open the transcript in $PAGER',
			disabled: needsTranscript,
			run: () => void batch.reader.openWith('pager'),
		},
		{
			keys: ['e'],
			label: 'editor',
			description: 'Open the transcript in $EDITOR',
			disabled: needsTranscript,
			run: () => void batch.reader.openWith('editor'),
		},
		{
			keys: ['i'],
			label: 'details',
			description: 'What happened, job, config, request ids',
			disabled: needsRow,
			run: () => batch.reader.showDetails(),
		},
		{
			keys: ['X'],
			label: 'save as',
			description: 'Write it again in formats you choose',
			inFooter: list.store.getState().marked.size > 0,
			disabled: () =>
				needs(({state}) => state === 'done', 'it has no transcript yet')() ?? batch.reExport.whyNot,
			run: () => batch.reExport.ask(list.chosen),
		},
		{
			keys: ['F'],
			label: 'folder',
			description: 'Show the folder of its files',
			disabled: needsRow,
			run: () => void batch.openFolder(),
		},
		{
			keys: ['N'],
			label: 'new job',
			description: 'Transcribe anew; asks, since it costs',
			disabled: needs(isOver, 'it is under way'),
			run: () => batch.newJob(),
		},
		{
			keys: ['D'],
			label: 'delete',
			description: 'Delete what the service keeps; asks first',
			disabled: needs((row) => isOver(row) && row.jobId !== undefined, 'it has no job, or is under way'),
			run: () => batch.deleteJobs(),
		},
	];
}

function engineBindings(batch: BatchController): Binding[] {
	const isEmpty = () => (batch.table.rows.length === 0 ? 'there is no recording yet' : undefined);
	const hasNoFailure = () => (batch.table.count('failed') === 0 ? 'nothing has failed' : undefined);
	return [
		{
			keys: ['p'],
			label: batch.paused ? 'go on' : 'pause',
			description: batch.paused ? 'Send again' : 'Send nothing more for now',
			inFooter: true,
			disabled: () => (batch.paused || batch.table.unfinished > 0 ? undefined : 'nothing is under way'),
			run: () => batch.togglePause(),
		},
		{
			keys: ['f'],
			label: 'next failure',
			description: 'To the next one that failed',
			disabled: hasNoFailure,
			run: () => batch.list.moveToFailure(),
		},
		{
			keys: ['R'],
			label: 'retry failed',
			description: 'Try all again that failed',
			inFooter: true,
			disabled: hasNoFailure,
			run: () => void batch.retryFailed(),
		},
		{
			keys: ['+', '='],
			label: 'more uploads',
			description: 'More uploads at once',
			disabled: isEmpty,
			run: () => batch.changeLimit('uploads', 1),
		},
		{
			keys: ['-', '_'],
			label: 'fewer uploads',
			description: 'Fewer uploads at once',
			disabled: isEmpty,
			run: () => batch.changeLimit('uploads', -1),
		},
		{
			keys: ['>', '.'],
			label: 'more jobs',
			description: 'More jobs at once',
			disabled: isEmpty,
			run: () => batch.changeLimit('running', 1),
		},
		{
			keys: ['<', ','],
			label: 'fewer jobs',
			description: 'Fewer jobs at once',
			disabled: isEmpty,
			run: () => batch.changeLimit('running', -1),
		},
	];
}
