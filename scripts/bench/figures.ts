/** A measurement that could not be taken, in words. */
export class NotMeasured {
	readonly why: string;

	constructor(why: string) {
		this.why = why;
	}
}

/** Takes a measurement; a failure of it is a result too, so that the others are still taken. */
export async function attempt<T>(measure: () => Promise<T>): Promise<T | NotMeasured> {
	try {
		return await measure();
	} catch (error) {
		return new NotMeasured(error instanceof Error ? error.message : String(error));
	}
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The nearest rank. @param percent of the values that are no larger */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)]!;
}

/** Prints rows under their headings, the first column flush left, the figures flush right. */
export function printTable(headings: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
	const widths = headings.map((heading, column) =>
		Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
	);
	const line = (cells: readonly string[]) =>
		widths
			.map((width, column) => {
				const cell = cells[column] ?? '';
				return column === 0 ? cell.padEnd(width) : cell.padStart(width);
			})
			.join('   ')
			.trimEnd();
	console.log(line(headings));
	console.log(widths.map((width) => '─'.repeat(width)).join('   '));
	for (const row of rows) console.log(line(row));
}
