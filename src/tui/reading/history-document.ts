/** An entry of the history as the viewer shows it. */
import {basename, dirname, extname} from 'node:path';
import type {Entry} from '../../history/entry.ts';
import type {ReadSource} from '../../history/reading.ts';
import type {Hit} from '../../history/search.ts';
import {localTime} from '../../platform/local-time.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import type {ViewedDocument} from './viewed-document.ts';

/** A session that was never connected has marks and no words. */
const WORDLESS: Transcript = {format: '', metadata: {}, results: []};

/**
 * @param at seconds: where it opens
 * @param isThere whether a file is
 * @param outputDir where files are written, unless others of it are somewhere else
 */
export function historyDocument(
	{entry, transcript = WORDLESS, lines}: ReadSource,
	at: number | undefined,
	isThere: (path: string) => boolean,
	outputDir: string | undefined,
): ViewedDocument {
	const {name, seconds, kind, paths, startedAt} = entry;
	// Seconds of a session with several parts are none of any part.
	const recordings = kind === 'live' && paths.audio.length > 1 ? [] : paths.audio;
	return {
		// The source alone is the same for nearly all.
		title: kind === 'live' ? `${name}, ${localTime(startedAt)}` : name,
		transcript,
		lines: kind === 'live' ? lines : undefined,
		// Nothing of the demo is in the history.
		simulated: false,
		seconds,
		audioPath: recordings.find(isThere),
		at,
		place: placeOf(entry, isThere, outputDir),
		savedPath: savedPath(entry, isThere),
	};
}

/** What was written for the user and is still there, a text before anything else. */
export function savedPath({paths}: Entry, isThere: (path: string) => boolean): string | undefined {
	const found = paths.outputs.filter(isThere);
	return found.find((path) => extname(path) === '.txt') ?? found[0];
}

/** The file or folder that a person would look for. */
export function pathOf(entry: Entry, isThere: (path: string) => boolean): string {
	return (
		savedPath(entry, isThere) ??
		entry.paths.folder ??
		entry.paths.audio.find(isThere) ??
		entry.paths.transcript
	);
}

/** What was found there, as the viewer looks for it. */
export function foundText({text, marks}: Hit): string {
	const [start = 0, end = 0] = marks[0] ?? [];
	return text.slice(start, end).toLowerCase();
}

function placeOf(
	entry: Entry,
	isThere: (path: string) => boolean,
	outputDir: string | undefined,
): NonNullable<ViewedDocument['place']> {
	const {name, paths, sessionId} = entry;
	const saved = savedPath(entry, isThere);
	if (saved !== undefined) return {folder: dirname(saved), stem: basename(saved, extname(saved))};
	const stem = sessionId ?? basename(name, extname(name));
	if (outputDir !== undefined) return {folder: outputDir, stem};
	if (paths.folder !== undefined) return {folder: paths.folder, stem: 'transcript', isPrivate: true};
	const recording = paths.audio.find(isThere);
	return {folder: recording === undefined ? process.cwd() : dirname(recording), stem};
}
