import type {RowState} from '../../batch/table.ts';
import type {BatchController} from '../controllers/batch-controller.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

const UNDER_WAY: readonly RowState[] = [
	'queued',
	'checking',
	'converting',
	'uploading',
	'transcribing',
	'saving',
];

/** @param page rows of one page */
export function batchBindings(batch: BatchController, page: number, demo: boolean): BindingGroup {
	return {
		title: 'Batch',
		bindings: [
			...addBindings(batch, demo),
			...rowBindings(batch),
			...engineBindings(batch),
			...movement('recording', page, {
				by: (rows) => batch.moveTo((cursor) => cursor + rows),
				toStart: () => batch.moveTo(() => 0),
				toEnd: () => batch.moveTo((_cursor, last) => last),
			}),
		],
	};
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
	];
}

function rowBindings(batch: BatchController): Binding[] {
	const needsRow = () => (batch.selected === undefined ? 'there is no recording yet' : undefined);
	const needs = (states: readonly RowState[], otherwise: string) => () =>
		needsRow() ?? (states.includes(batch.selected!.state) ? undefined : otherwise);
	const needsTranscript = needs(['done'], 'it has no transcript yet');
	return [
		{
			keys: ['enter', 'l', 'right'],
			label: batch.selected?.state === 'done' ? 'read' : 'details',
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
			disabled: needs(['failed', 'cancelled', 'done', 'left'], 'it is under way'),
			run: () => void batch.retry(),
		},
		{
			keys: ['x'],
			label: 'cancel',
			description: 'Cancel it, at the service too',
			inFooter: true,
			disabled: needs(UNDER_WAY, 'it is not under way'),
			run: () => batch.cancel(),
		},
		{
			keys: ['o'],
			label: 'pager',
			description: 'Open the transcript in $PAGER',
			inFooter: true,
			disabled: needsTranscript,
			run: () => void batch.reader.openWith('pager'),
		},
		{
			keys: ['e'],
			label: 'editor',
			description: 'Open the transcript in $EDITOR',
			inFooter: true,
			disabled: needsTranscript,
			run: () => void batch.reader.openWith('editor'),
		},
		{
			keys: ['i'],
			label: 'details',
			description: 'Show job, request, files and speed',
			disabled: needsRow,
			run: () => batch.reader.showDetails(),
		},
		{
			keys: ['N'],
			label: 'new job',
			description: 'Transcribe anew; asks, since it costs',
			disabled: needs(['done', 'failed', 'cancelled', 'left'], 'it is under way'),
			run: () => batch.newJob(),
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
			run: () => batch.moveToFailure(),
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
			run: () => batch.changeUploads(1),
		},
		{
			keys: ['-', '_'],
			label: 'fewer uploads',
			description: 'Fewer uploads at once',
			disabled: isEmpty,
			run: () => batch.changeUploads(-1),
		},
		{
			keys: ['>', '.'],
			label: 'more jobs',
			description: 'More jobs at once',
			disabled: isEmpty,
			run: () => batch.changeRunning(1),
		},
		{
			keys: ['<', ','],
			label: 'fewer jobs',
			description: 'Fewer jobs at once',
			disabled: isEmpty,
			run: () => batch.changeRunning(-1),
		},
	];
}

/** While it is asked whether a new job shall be made. */
export function newJobBindings(batch: BatchController): BindingGroup {
	return {
		title: 'A new job?',
		bindings: [
			{
				keys: ['y'],
				label: 'make it',
				description: 'Make a new job, which costs again',
				inFooter: true,
				run: () => batch.answerNewJob(true),
			},
			{
				keys: ['n', 'escape', 'q', 'ctrl+c'],
				label: 'leave it',
				description: 'Leave it as it is',
				inFooter: true,
				run: () => batch.answerNewJob(false),
			},
		],
	};
}
