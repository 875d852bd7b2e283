export interface CsvRow {
	readonly cells: readonly string[];
	/** The line it begins in, counted from 1. */
	readonly line: number;
}

export class CsvError extends Error {
	override readonly name = 'CsvError';
	readonly line: number;

	constructor(message: string, line: number) {
		super(message);
		this.line = line;
	}
}

/**
 * The rows of a CSV file as RFC 4180 has it. Where its first line has semicolons and no commas, they divide the cells, as
 * spreadsheets in half of Europe write them.
 *
 * @throws CsvError for a quote that never ends
 */
export function csvRows(text: string): CsvRow[] {
	const heading = text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1);
	const divider = heading.includes(';') && !heading.includes(',') ? ';' : ',';
	const rows: CsvRow[] = [];
	let cells: string[] = [];
	let cell = '';
	let quotedFrom: number | undefined;
	let line = 1;
	let first = 1;
	const endCell = () => {
		cells.push(cell);
		cell = '';
	};
	const endRow = () => {
		endCell();
		rows.push({cells, line: first});
		cells = [];
	};
	for (let index = 0; index < text.length; index++) {
		const character = text[index]!;
		if (quotedFrom !== undefined) {
			if (character !== '"') cell += character;
			else if (text[index + 1] === '"') {
				cell += '"';
				index++;
			} else quotedFrom = undefined;
		} else if (character === '"' && cell.trim() === '') {
			cell = '';
			quotedFrom = line;
		} else if (character === divider) endCell();
		else if (character === '\n') {
			endRow();
			first = line + 1;
		} else if (character !== '\r') cell += character;
		if (character === '\n') line++;
	}
	if (quotedFrom !== undefined) throw new CsvError('the quote that begins here never ends', quotedFrom);
	if (cell !== '' || cells.length > 0) endRow();
	return rows;
}
