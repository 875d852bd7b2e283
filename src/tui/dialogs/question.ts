import {wrap} from '../../platform/width.ts';
import type {Binding} from '../keys/bindings.ts';
import {questionLines} from '../presentation/question-lines.ts';
import type {Dialog} from '../screens/screen.ts';

/** Rows of a question beside its sentences. */
const AROUND = 4;

export interface Question {
	/** What is at stake; asked for anew with each frame where it may change. */
	readonly what: () => string;
	readonly question: string;
	/** What a yes means, in sentences. */
	readonly consequences: () => readonly string[];
	readonly title: string;
	readonly bindings: readonly Binding[];
}

/** A question that hides the screen until it is answered. */
export function questionDialog({what, question, consequences, title, bindings}: Question): Dialog {
	return {
		stores: [],
		bindings: () => [{title, bindings}],
		lines({rows, columns}) {
			const sentences = consequences();
			const wrapped = sentences.flatMap((sentence) => wrap(sentence, columns - 2));
			// The question itself must be seen.
			const shown = wrapped.length + AROUND <= rows ? wrapped : sentences;
			return questionLines(what(), question, shown, rows, columns);
		},
	};
}

/** The two answers; each closes the question first. */
export function answers(
	close: () => void,
	yes: {readonly label: string; readonly description: string; readonly run: () => void},
	no: {readonly label: string; readonly description: string; readonly run?: () => void},
): Binding[] {
	return [
		{
			...yes,
			keys: ['y'],
			inFooter: true,
			run: () => {
				close();
				yes.run();
			},
		},
		{
			...no,
			keys: ['n', 'escape', 'q', 'ctrl+c'],
			inFooter: true,
			run: () => {
				close();
				no.run?.();
			},
		},
	];
}
