import {printable} from '../../platform/printable.ts';
import {widthOf, wrap} from '../../platform/width.ts';

/** Columns for text at least, however deep it is indented. */
const LEAST = 10;

/** A value as indented JSON. Rows that are too long are wrapped, and keep their indent. */
export function jsonRows(value: unknown, columns: number): string[] {
	return JSON.stringify(value, undefined, 2)
		.split('\n')
		.flatMap((line) => {
			if (widthOf(line) <= columns) return [line];
			const indent = /^ */.exec(line)![0];
			const rows = wrap(printable(line.trimStart()), Math.max(LEAST, columns - indent.length));
			return rows.map((row) => indent + row);
		});
}
