import {centred, EMPTY, type Line, span} from './line.ts';

/**
 * A question in the middle of the screen.
 *
 * @param what is at stake
 * @param consequences of a yes, in sentences
 */
export function questionLines(
	what: string,
	question: string,
	consequences: readonly string[],
	rows: number,
	columns: number,
): Line[] {
	const lines: Line[] = [
		[span(what, 'strong')],
		EMPTY,
		...consequences.map((sentence): Line => [span(sentence, 'muted')]),
		...(consequences.length === 0 ? [] : [EMPTY]),
		[span(`${question}  `), span('y', 'key'), span(' yes   '), span('n', 'key'), span(' no')],
	];
	return centred(lines, rows, columns);
}
