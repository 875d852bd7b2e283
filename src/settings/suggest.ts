/** How many letters may differ for one name to be taken for another. */
const MAX_DISTANCE = 3;

/** The name that somebody who wrote `name` may have meant, or undefined where none is near. */
export function suggestion(name: string, names: Iterable<string>): string | undefined {
	let best: string | undefined;
	let least = Math.min(MAX_DISTANCE, Math.ceil(name.length / 2)) + 1;
	for (const other of names) {
		const distance = editDistance(name.toLowerCase(), other.toLowerCase());
		if (distance < least) {
			least = distance;
			best = other;
		}
	}
	return best;
}

/** How many letters must be put in, left out or exchanged (Levenshtein). */
function editDistance(from: string, to: string): number {
	let row = Array.from({length: to.length + 1}, (_, index) => index);
	for (const [y, letter] of [...from].entries()) {
		const next = [y + 1];
		for (const [x, other] of [...to].entries()) {
			next.push(Math.min(next[x]! + 1, row[x + 1]! + 1, row[x]! + (letter === other ? 0 : 1)));
		}
		row = next;
	}
	return row[to.length]!;
}
