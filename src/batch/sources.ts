/** What the user named, as recordings to send. */
import {stat} from 'node:fs/promises';
import {isAbsolute, relative, resolve} from 'node:path';
import {findFfmpeg} from '../audio/ffmpeg.ts';
import {addressSource, isAddress, mayDiffer, withoutSecrets} from './addresses.ts';
import {isPattern, matches} from './glob.ts';
import {explain, inspectFile} from './inspect.ts';
import {hasMediaEnding} from './media-kinds.ts';
import {inShard, type Shard} from './shard.ts';
import {readList} from './source-list.ts';
import {filesBelow} from './walk.ts';

/** A recording on this machine. */
export interface FileSource {
	readonly kind: 'file';
	/** Tells the rows apart and is shown to the user: the path as it was given, or found below a folder that was. */
	readonly file: string;
	readonly path: string;
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** Length of the audio, where the head of the file tells. */
	readonly seconds: number | undefined;
	/** To be converted before it is sent. */
	readonly transcode: boolean;
	/** The same on every machine that has the same folder: the path below the folder that was named, or as given. */
	readonly shardKey: string;
}

/** A recording the service fetches. */
export interface UrlSource {
	readonly kind: 'url';
	/** The address without query, fragment and credentials: tells the rows apart and is safe to show. */
	readonly file: string;
	/** The whole address: whoever has it can fetch the recording, so it is not shown. */
	readonly url: string;
	/** The last segment of the address, decoded: may have any character in it. */
	readonly name: string;
	readonly shardKey: string;
}

export type Source = FileSource | UrlSource;

/** Something the user named that cannot be sent, and why, in one sentence with the remedy. */
export interface Unusable {
	readonly path: string;
	readonly reason: string;
}

export interface FindOptions {
	/** Convert with ffmpeg what the service does not take, and take the sound only out of films. */
	readonly transcode?: boolean;
	/** Whether ffmpeg is there; looked for when left out. */
	readonly ffmpeg?: boolean;
	/** What `-` among the names reads a list from. */
	readonly stdin?: AsyncIterable<Uint8Array>;
	/** Only the recordings of this shard, so that each machine opens its own alone. */
	readonly shard?: Shard;
	readonly signal?: AbortSignal;
}

export interface Found {
	readonly sources: Source[];
	readonly unusable: Unusable[];
	/** Addresses taken for one recording although their queries differ in more than a signature: worth a warning. */
	readonly merged: string[];
}

/** Open files at once: a folder of thousands would run out of file descriptors. */
const INSPECTED_AT_ONCE = 32;

/** Something to look at, or the result where there is nothing more to look at. */
type Candidate =
	| {readonly path: string; readonly shardKey: string}
	| {readonly source: UrlSource}
	| {readonly unusable: Unusable};

/**
 * Finds the recordings in what the user named: files, folders with all that lies below them, patterns, addresses, and
 * `-` for a list of these on stdin. A recording named twice is taken once. Order: as named, inside a folder by name.
 *
 * @throws ConfigurationError when the list cannot be read, or the signal's reason
 */
export async function findSources(named: readonly string[], options: FindOptions = {}): Promise<Found> {
	const {stdin, signal} = options;
	const names: string[] = [];
	for (const name of named) {
		if (name !== '-' || stdin === undefined) names.push(name);
		else for (const listed of await readList(stdin)) names.push(listed);
	}
	const candidates: Candidate[] = [];
	for (const name of names) {
		signal?.throwIfAborted();
		for (const candidate of await expand(name, signal)) candidates.push(candidate);
	}
	// Repeats first: named in two ways, a recording would have two keys and be taken by two shards.
	const {unique, merged} = withoutRepeats(candidates);
	const wanted = unique.filter((candidate) => isWanted(candidate, options.shard));

	const transcode = options.transcode ?? false;
	const ffmpeg = options.ffmpeg ?? (transcode && (await findFfmpeg()) !== undefined);
	const results: Array<Source | Unusable> = new Array(wanted.length);
	const next = wanted.entries();
	const work = async () => {
		for (const [index, candidate] of next) {
			signal?.throwIfAborted();
			if ('source' in candidate) results[index] = candidate.source;
			else if ('unusable' in candidate) results[index] = candidate.unusable;
			else results[index] = await inspectFile(candidate.path, {transcode, ffmpeg}, candidate.shardKey);
		}
	};
	await Promise.all(Array.from({length: INSPECTED_AT_ONCE}, work));
	return {
		sources: results.filter((result) => 'kind' in result),
		unusable: results.filter((result) => 'reason' in result),
		merged,
	};
}

/** What cannot be sent is told in every shard. */
function isWanted(candidate: Candidate, shard: Shard | undefined): boolean {
	if (shard === undefined || 'unusable' in candidate) return true;
	return inShard('source' in candidate ? candidate.source : candidate, shard);
}

async function expand(name: string, signal: AbortSignal | undefined): Promise<Candidate[]> {
	if (isAddress(name)) return expandAddress(name, signal);
	const info = await stat(name).catch((error: NodeJS.ErrnoException) => error);
	if (info instanceof Error) {
		// A file that has these characters in its real name was found above.
		if (isPattern(name)) return expandPattern(name, signal);
		return [{unusable: {path: name, reason: explain(info)}}];
	}
	return info.isDirectory() ? expandFolder(name, signal) : [{path: name, shardKey: portable(name)}];
}

async function expandAddress(address: string, signal: AbortSignal | undefined): Promise<Candidate[]> {
	const source = addressSource(address);
	if ('path' in source) return expand(source.path, signal);
	if ('reason' in source) return [{unusable: {path: withoutSecrets(address), reason: source.reason}}];
	return [{source}];
}

async function expandPattern(pattern: string, signal: AbortSignal | undefined): Promise<Candidate[]> {
	const found = await matches(pattern);
	if (found.length === 0) {
		const reason = 'nothing is there that matches this pattern: check the name of the folder and the ending';
		return [{unusable: {path: pattern, reason}}];
	}
	const expanded: Candidate[] = [];
	for (const path of found) {
		const info = await stat(path).catch(() => undefined);
		// A folder without audio is worth a word only where it was named itself.
		if (info?.isDirectory()) expanded.push(...(await expandFolder(path, signal)).filter(isFound));
		else expanded.push({path, shardKey: portable(path)});
	}
	return expanded;
}

const isFound = (candidate: Candidate) => !('unusable' in candidate);

async function expandFolder(folder: string, signal: AbortSignal | undefined): Promise<Candidate[]> {
	const below = await filesBelow(folder, hasMediaEnding, signal).catch((error: NodeJS.ErrnoException) => {
		signal?.throwIfAborted();
		return {files: [], unreadable: [{folder, error}]};
	});
	const candidates: Candidate[] = [
		...below.files.map((path) => ({path, shardKey: portable(relative(folder, path))})),
		...below.unreadable.map(({folder, error}) => ({unusable: {path: folder, reason: explain(error)}})),
	];
	if (candidates.length > 0) return candidates;
	const reason = 'there is no audio in this folder (wav, mp3, aac, ogg, mpeg, amr, m4a, mp4 or flac)';
	return [{unusable: {path: folder, reason}}];
}

/** The first of those that are one file, or one address but for its query. */
function withoutRepeats(candidates: readonly Candidate[]): {unique: Candidate[]; merged: string[]} {
	const first = new Map<string, Candidate>();
	const merged = new Set<string>();
	for (const candidate of candidates) {
		const key = keyOf(candidate);
		const before = first.get(key);
		if (before === undefined) first.set(key, candidate);
		else if (
			'source' in before &&
			'source' in candidate &&
			mayDiffer(before.source.url, candidate.source.url)
		)
			merged.add(candidate.source.file);
	}
	return {unique: [...first.values()], merged: [...merged]};
}

function keyOf(candidate: Candidate): string {
	if ('source' in candidate) return candidate.source.file;
	const path = 'unusable' in candidate ? candidate.unusable.path : candidate.path;
	return isAddress(path) ? path : resolve(path);
}

/** A path as it is written on every system; file systems differ in how they keep accents. */
function portable(path: string): string {
	const forward = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
	return (isAbsolute(path) ? forward : forward.replace(/^(\.\/)+/, '')).normalize('NFC');
}
