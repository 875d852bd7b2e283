/** What a look at a watched folder means: the pure half of watching. Times are milliseconds of the same clock. */

/** A file as one look saw it. */
export interface Glimpse {
	/** Bytes. */
	readonly size: number;
	readonly modified: number;
}

/** What is remembered of a file between looks. */
export interface Seen extends Glimpse {
	/** Since when size and time of change are as they are. */
	readonly since: number;
	/** When the file was looked at last. */
	readonly looked: number;
	/** Whether it was handed out as it is now. */
	readonly told: boolean;
}

/** How long a recording must not have changed to be taken as finished. */
export const QUIET = 2000;
/** How often a file that was handed out is looked at again, to see whether another took its place. */
const SETTLED_INTERVAL = 30_000;

/** Whether a file is to be looked at now; thousands that lie there finished cost little. */
export function isDue(seen: Seen | undefined, now: number): boolean {
	return seen === undefined || !seen.told || now - seen.looked >= SETTLED_INTERVAL;
}

/**
 * Goes from one look to the next.
 *
 * @param listing every file that is there; `undefined` for those that were not due
 * @returns `seen`: what to remember, without the files that are gone; `finished`: those that have stopped growing, in
 * the order of `listing`, each once until its content changes
 */
export function afterLook(
	before: ReadonlyMap<string, Seen>,
	listing: ReadonlyMap<string, Glimpse | undefined>,
	now: number,
): {readonly seen: Map<string, Seen>; readonly finished: string[]} {
	const seen = new Map<string, Seen>();
	const finished: string[] = [];
	for (const [path, glimpse] of listing) {
		const known = before.get(path);
		const next = glimpse === undefined ? known : nextOf(known, glimpse, now);
		if (next === undefined) continue;
		if (next.told && known?.told !== true) finished.push(path);
		seen.set(path, next);
	}
	return {seen, finished};
}

function nextOf(known: Seen | undefined, {size, modified}: Glimpse, now: number): Seen {
	if (known === undefined || known.size !== size || known.modified !== modified)
		return {size, modified, since: now, looked: now, told: false};
	return {...known, looked: now, told: known.told || (size > 0 && now - known.since >= QUIET)};
}
