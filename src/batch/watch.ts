/** A folder that is watched for recordings. Looks again and again: network drives tell nobody what changes on them. */
import {stat} from 'node:fs/promises';
import {type Clock, systemClock} from '../speechmatics/clock.ts';
import {explain} from './inspect.ts';
import {hasMediaEnding} from './media-kinds.ts';
import {filesBelow, isHidden} from './walk.ts';
import {afterLook, type Glimpse, isDue, QUIET, type Seen} from './watch-look.ts';

export type WatchEvent<Inspected> =
	| {readonly type: 'recording'; readonly path: string; readonly inspected: Inspected}
	/** The folder, or one below it, cannot be read; told once until it can be again. Watching goes on. */
	| {readonly type: 'unreadable'; readonly folder: string; readonly reason: string}
	| {readonly type: 'readable'; readonly folder: string};

export interface WatchOptions<Inspected> {
	/** Ends watching: the generator then ends without an error. */
	readonly signal: AbortSignal;
	/** Looks at a recording that has stopped growing, such as `inspectFile`. */
	readonly inspect: (path: string) => Promise<Inspected>;
	readonly clock?: Clock;
}

/** Looking shall take at most this part of the time, however slow the drive is. */
const SHARE_OF_TIME = 0.1;
/** Files asked for at once. */
const AT_ONCE = 32;

/**
 * Hands out each recording below a folder once it has stopped growing: also those that lie there at the start, and again
 * those whose content changes later. Names of unfinished copies (hidden, `~…`, `.part`, `.crdownload`) are left alone.
 */
export async function* watchFolder<Inspected>(
	folder: string,
	{signal, inspect, clock = systemClock}: WatchOptions<Inspected>,
): AsyncGenerator<WatchEvent<Inspected>, void, void> {
	let seen = new Map<string, Seen>();
	let unreadable = new Set<string>();
	while (!signal.aborted) {
		const started = clock.now();
		const below = await filesBelow(folder, isRecordingName).catch((error: NodeJS.ErrnoException) => ({
			files: [],
			unreadable: [{folder, error}],
		}));
		const troubled = new Set(below.unreadable.map((trouble) => trouble.folder));
		for (const {folder, error} of below.unreadable) {
			if (!unreadable.has(folder)) yield {type: 'unreadable', folder, reason: explain(error)};
		}
		for (const folder of unreadable) {
			if (!troubled.has(folder)) yield {type: 'readable', folder};
		}
		unreadable = troubled;

		const listing = await glimpses(below.files, seen, clock.now());
		// What lies where nothing can be read is not gone.
		for (const path of seen.keys()) {
			if ([...troubled].some((folder) => isBelow(folder, path))) listing.set(path, undefined);
		}
		const look = afterLook(seen, listing, clock.now());
		seen = look.seen;
		const took = clock.now() - started;
		for (const path of look.finished) {
			if (signal.aborted) return;
			yield {type: 'recording', path, inspected: await inspect(path)};
		}
		await clock.sleep(Math.max(QUIET, took / SHARE_OF_TIME), signal).catch(() => {});
	}
}

/** Whether a name is one of a finished recording. */
function isRecordingName(name: string): boolean {
	return hasMediaEnding(name) && !isHidden(name) && !name.startsWith('~');
}

async function glimpses(
	paths: readonly string[],
	seen: ReadonlyMap<string, Seen>,
	now: number,
): Promise<Map<string, Glimpse | undefined>> {
	const listing = new Map<string, Glimpse | undefined>(paths.map((path) => [path, undefined]));
	const due = paths.filter((path) => isDue(seen.get(path), now)).values();
	const work = async () => {
		for (const path of due) {
			const info = await stat(path).catch(() => undefined);
			if (info?.isFile()) listing.set(path, {size: info.size, modified: info.mtimeMs});
			else listing.delete(path);
		}
	};
	await Promise.all(Array.from({length: AT_ONCE}, work));
	return listing;
}

function isBelow(folder: string, path: string): boolean {
	return path.startsWith(folder) && /[\\/]/.test(path.charAt(folder.length));
}
