/** Completes a session that broke off: what was recorded after its last word is heard again, and the outputs are written. */
import {repairRecording} from '../audio/recording-parts.ts';
import type {Clock} from '../speechmatics/clock.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {Continuation} from './continuation.ts';
import type {RealtimeEvent} from './events.ts';
import type {JournalDisk} from './journal.ts';
import {readJournal} from './journal-reader.ts';
import {runSession, type SessionStart} from './session.ts';
import {journalIn, SessionFolder} from './session-folder.ts';
import {mayLackWords, readSession, type StoredSession, transcriptOf} from './stored-sessions.ts';
import {fileFrom, recordingFrom} from './tail-source.ts';

export interface RecoverOptions {
	readonly show: (event: RealtimeEvent) => void;
	/** Where the rest of the recording is sent; without it, only what was final becomes outputs. */
	readonly send?:
		| {readonly newClient: () => RealtimeClient; readonly clock: Clock; readonly stop: AbortSignal}
		| undefined;
	/** For tests. */
	readonly disk?: JournalDisk;
}

export interface Recovered {
	readonly outputs: readonly string[];
	/** Why the rest of the recording did not become words. What was final is saved all the same. */
	readonly error?: unknown;
	/** Seconds of the recording that may still hold words which are not in the transcript. */
	readonly untranscribedSeconds: number;
}

/** Seconds that are heard again before the last known word ends: recognition begins badly in the midst of sound. */
const LEAD_IN = 5;

/**
 * Recovers a session that crashed or failed. It can be repeated, also where it breaks off itself.
 *
 * @param path the session's folder
 * @throws SessionBusyError where another process works at it, or the file system's error
 */
export async function recoverSession(path: string, {show, send, disk}: RecoverOptions): Promise<Recovered> {
	const folder = SessionFolder.open(path, {show, ...(disk && {disk})});
	try {
		await repairRecording(path);
		// Read only now that nobody else can change it.
		const session = await readSession(path);
		if (session === undefined) throw new Error(`${path} is no session's folder`);
		const before = await transcriptOf(folder);
		const error = send && (await sendRest(folder, session, send));
		const {ended} = (await readSession(path))!.end;
		if (ended === undefined) folder.emit(endWithout(session));
		const outputs = await folder.finish(await transcriptOf(folder), before);
		const after = await readSession(path);
		return {
			outputs,
			...(error !== undefined && {error}),
			untranscribedSeconds: after?.untranscribedSeconds ?? 0,
		};
	} finally {
		folder.close();
	}
}

/** @returns why it did not work */
async function sendRest(
	folder: SessionFolder,
	session: StoredSession,
	{newClient, clock, stop}: NonNullable<RecoverOptions['send']>,
): Promise<unknown> {
	const {end, path, info} = session;
	const until = end.finalUntil ?? 0;
	const from = Math.max(0, until - LEAD_IN);
	const source = await restOf(session, from);
	if (source === undefined) return undefined;
	const continuation = new Continuation({until, endsWithMark: end.endsWithMark});
	const result = await runSession({
		newClient,
		openSource: async () => source,
		opening: 'opening audio',
		start: await startOf(path, info.start),
		pace: 'max',
		emit: (event) => {
			const more = continuation.add(event);
			if (more !== undefined) folder.emit(unfinished(more));
		},
		stop,
		clock,
		from,
	});
	if (result.reason === 'stopped') return stop.reason;
	return result.error;
}

async function restOf({path, info, end, untranscribedSeconds}: StoredSession, from: number) {
	if (!mayLackWords(end)) return undefined;
	const recording = await recordingFrom(path, from);
	if (recording !== undefined) return untranscribedSeconds > 0 ? recording : undefined;
	return info.file === undefined ? undefined : fileFrom(info.file, from);
}

/** Whoever stops a recovery has not heard all of it: it can be taken up again. */
function unfinished(event: RealtimeEvent): RealtimeEvent {
	return event.type === 'ended' && event.reason === 'stopped' ? {...event, reason: 'failed'} : event;
}

/** What was asked, with what was changed while it ran. */
async function startOf(path: string, start: SessionStart): Promise<SessionStart> {
	let {transcriptionConfig} = start;
	for await (const event of readJournal(journalIn(path))) {
		if (event.type === 'changed') transcriptionConfig = {...transcriptionConfig, ...event.config};
	}
	return {...start, transcriptionConfig};
}

/** Nothing was sent, but somebody has decided about it. */
function endWithout({untranscribedSeconds, info, recordedSeconds}: StoredSession): RealtimeEvent {
	const isPart = untranscribedSeconds > 0 || (recordedSeconds === undefined && info.file !== undefined);
	const reason = isPart ? 'failed' : 'source';
	return {type: 'ended', reason, sentFrames: 0, sentBytes: 0, connections: 0};
}
