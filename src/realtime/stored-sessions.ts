/** Sessions that were kept: which there are, and what became of them. */
import {existsSync, readdirSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {inspectRecording} from '../audio/recording-parts.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {type JournalEnd, journalEnd, journaledTranscript} from './journal-reader.ts';
import {journalIn, lockIn, sessionsFolder} from './session-folder.ts';
import {readSessionInfo, type SessionInfo} from './session-info.ts';
import {isLocked, takeLock} from './session-lock.ts';

export type StoredState =
	/** A process that is alive works at it. */
	| 'running'
	/** It broke off, or its outputs were never written. */
	| 'crashed'
	/** It ended with an error; what was recorded after its last word can be sent again. */
	| 'failed'
	| 'finished';

export interface StoredSession {
	/** The name of its folder. */
	readonly id: string;
	readonly path: string;
	readonly info: SessionInfo;
	readonly state: StoredState;
	readonly end: JournalEnd;
	/** Seconds of its recording; `undefined` where there is none. */
	readonly recordedSeconds: number | undefined;
	/** Seconds from its start to the end of its recording or, without one, of its last word. */
	readonly seconds: number;
	/** Seconds at the end of its recording that may hold words which are not in the transcript. */
	readonly untranscribedSeconds: number;
}

/** @returns the newest first */
export async function listSessions(root = sessionsFolder()): Promise<StoredSession[]> {
	const names = existsSync(root) ? readdirSync(root).sort().reverse() : [];
	const sessions: StoredSession[] = [];
	for (const name of names) {
		const session = await readSession(join(root, name));
		if (session !== undefined) sessions.push(session);
	}
	return sessions.sort((one, other) => Date.parse(other.info.startedAt) - Date.parse(one.info.startedAt));
}

/**
 * Sessions that broke off and hold something. Those that hold nothing are removed.
 *
 * @returns the newest first
 */
export async function crashedSessions(root = sessionsFolder()): Promise<StoredSession[]> {
	const crashed = (await listSessions(root)).filter(({state}) => state === 'crashed');
	const isEmpty = ({end, recordedSeconds = 0}: StoredSession) =>
		end.finalUntil === undefined && recordedSeconds === 0;
	for (const {path} of crashed.filter(isEmpty)) deleteSession(path);
	return crashed.filter((session) => !isEmpty(session));
}

/** @returns `undefined` where the folder is no session's */
export async function readSession(path: string): Promise<StoredSession | undefined> {
	const info = readSessionInfo(path);
	if (info === undefined) return undefined;
	const isRunning = isLocked(lockIn(path));
	const end = existsSync(journalIn(path)) ? await journalEnd(journalIn(path)) : NO_END;
	const parts = await inspectRecording(path);
	const recordedSeconds =
		parts.length === 0
			? undefined
			: parts.reduce((sum, {samples, sampleRate}) => sum + samples / sampleRate, 0);
	const state = isRunning ? 'running' : stateOf(end);
	const seconds = recordedSeconds ?? end.finalUntil ?? 0;
	return {
		id: basename(path),
		path,
		info,
		state,
		end,
		recordedSeconds,
		seconds,
		untranscribedSeconds: mayLackWords(end) ? Math.max(0, seconds - (end.finalUntil ?? 0)) : 0,
	};
}

/** All that was final in a session. @returns `undefined` where no connection ever stood */
export function transcriptOf({
	path,
	info,
}: Pick<StoredSession, 'path' | 'info'>): Promise<Transcript | undefined> {
	return journaledTranscript(journalIn(path), info.start, info.startedAt);
}

/** @throws SessionBusyError where it runs */
export function deleteSession(path: string): void {
	using _lock = takeLock(lockIn(path));
	rmSync(path, {recursive: true, force: true});
}

const NO_END: JournalEnd = {ended: undefined, isSaved: false, finalUntil: undefined, endsWithMark: false};

/** Whether it ended before all of its audio had become words. */
export function mayLackWords({ended}: JournalEnd): boolean {
	return ended === undefined || ended === 'failed';
}

function stateOf({ended, isSaved}: JournalEnd): StoredState {
	if (ended === undefined || !isSaved) return 'crashed';
	return ended === 'failed' ? 'failed' : 'finished';
}
