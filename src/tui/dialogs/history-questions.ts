/** What is asked before something of the history is gone. */
import type {Entry} from '../../history/entry.ts';
import {localTime} from '../../platform/local-time.ts';
import type {Dialog} from '../screens/screen.ts';
import {answers, questionDialog} from './question.ts';

export function deleteSessionDialog(
	{name, startedAt}: Entry,
	{close, act}: {readonly close: () => void; readonly act: () => void},
): Dialog {
	return questionDialog({
		title: 'Delete?',
		what: () => `Delete the session ${name} of ${localTime(startedAt)}`,
		question: 'Delete it?',
		consequences: () => [
			'Its transcript and what was recorded are gone for good.',
			'Files that were saved elsewhere stay.',
		],
		bindings: answers(
			close,
			{label: 'delete', description: 'Delete it from this computer', run: act},
			{label: 'keep', description: 'Keep it'},
		),
	});
}
