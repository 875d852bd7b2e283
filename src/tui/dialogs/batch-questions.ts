/** What is asked before something of a batch is lost, or costs again. */
import type {BatchRow} from '../../batch/table.ts';
import type {Dialog} from '../screens/screen.ts';
import {answers, questionDialog} from './question.ts';

interface Acts {
	readonly close: () => void;
	readonly act: () => void;
}

export function newJobDialog(rows: readonly BatchRow[], {close, act}: Acts): Dialog {
	return questionDialog({
		title: 'A new job?',
		what: () => `A new job for ${named(rows)}`,
		question: 'Make it?',
		consequences: () => [
			'The service transcribes it anew, and that costs again.',
			'r would try again without.',
		],
		bindings: answers(
			close,
			{label: 'make it', description: 'Make a new job, which costs again', run: act},
			{label: 'leave it', description: 'Leave it as it is'},
		),
	});
}

export function cancelDialog(rows: readonly BatchRow[], {close, act}: Acts): Dialog {
	return questionDialog({
		title: 'Cancel?',
		what: () => `Cancel ${named(rows)}`,
		question: 'Cancel them?',
		consequences: () => ['What was sent of them is lost. r would begin again.'],
		bindings: answers(
			close,
			{label: 'cancel them', description: 'Cancel them, at the service too', run: act},
			{label: 'go on', description: 'Let them go on'},
		),
	});
}

export function deleteJobsDialog(rows: readonly BatchRow[], {close, act}: Acts): Dialog {
	return questionDialog({
		title: 'Delete?',
		what: () => `Delete what the service keeps of ${named(rows)}`,
		question: 'Delete it?',
		consequences: () => [
			'Audio and transcript are gone there for good.',
			'Recordings and transcripts on this computer stay.',
		],
		bindings: answers(
			close,
			{label: 'delete', description: 'Delete it at the service', run: act},
			{label: 'keep', description: 'Keep it'},
		),
	});
}

/** What a question is about. */
export function named(rows: readonly BatchRow[]): string {
	return rows.length === 1 ? rows[0]!.name : `${rows.length} recordings`;
}
