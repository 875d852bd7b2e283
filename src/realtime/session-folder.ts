/** The folder of a session that runs: its journal, its recording, and at the end its outputs. */
import {closeSync, fsyncSync, mkdirSync, openSync, rmSync} from 'node:fs';
import {basename, extname, join} from 'node:path';
import {recordingLength} from '../audio/recording-parts.ts';
import {folder as folderOf, makeFolder} from '../platform/folders.ts';
import {localDay, twoDigits} from '../platform/local-time.ts';
import type {AudioFormat} from '../speechmatics/config.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {EndReason, RealtimeEvent} from './events.ts';
import {Journal, type JournalDisk} from './journal.ts';
import {SESSION_FORMATS, writeOutputs} from './outputs.ts';
import type {Recorder} from './producer.ts';
import {type AskedSession, readSessionInfo, type SessionInfo, writeSessionInfo} from './session-info.ts';
import {takeLock} from './session-lock.ts';
import {SessionRecorder} from './session-recorder.ts';

/** What a running session needs of where it is kept. */
export interface KeptSession {
	/** For `SessionOptions.emit`: keeps an event, then shows it. */
	readonly emit: (event: RealtimeEvent) => void;
	/** For `SessionOptions.recorder`. It records only what `startRecording` has begun. */
	readonly recorder: Recorder | undefined;
	/** For `SessionOptions.spillTo`. */
	readonly spillTo: string | undefined;
	/** Absent where nothing is kept. */
	readonly path?: string;
	/** Begins the recording of a source, and says so. To be called once the source is open, before its first sample. */
	startRecording(format: AudioFormat): void;
	/**
	 * Writes the outputs after the session has ended, says so, and closes. A session without a word leaves nothing behind.
	 *
	 * @returns the files
	 * @throws the file system's error, or a sentence where the disk is full
	 */
	finish(transcript: Transcript | undefined): Promise<string[]>;
}

export interface KeepOptions {
	readonly show: (event: RealtimeEvent) => void;
	readonly startedAt?: Date;
	/** Where all sessions are; for tests. */
	readonly root?: string;
	readonly disk?: JournalDisk;
}

/** Milliseconds between two syncs of the journal where a file is streamed: it can be streamed again. */
const FILE_SYNC = 1000;

/** Where all sessions are. */
export const sessionsFolder = () => join(folderOf('data'), 'sessions');

export const journalIn = (folder: string) => join(folder, 'journal.ndjson');
export const lockIn = (folder: string) => join(folder, 'lock');

/**
 * Makes a folder for a session that is about to begin. What the demo makes is not kept among the user's data: it is only
 * written where the user named a folder for it. Where no folder can be made, the session goes on without.
 */
export function keepSession(asked: AskedSession, options: KeepOptions): KeptSession {
	if (asked.simulated) return new UnkeptSession(asked, options);
	try {
		return SessionFolder.create(asked, options);
	} catch (error) {
		options.show(warning(`This session is not kept: ${(error as Error).message}`));
		return new UnkeptSession(asked, options);
	}
}

export class SessionFolder implements KeptSession {
	readonly path: string;
	readonly info: SessionInfo;
	readonly recorder: SessionRecorder;
	readonly #lock: Disposable;
	readonly #journal: Journal;
	readonly #show: (event: RealtimeEvent) => void;
	/** How it ended. One that is opened again had not ended well. */
	#reason: EndReason = 'failed';
	#isClosed = false;

	/** @throws the file system's error */
	static create(asked: AskedSession, options: KeepOptions): SessionFolder {
		const {startedAt = new Date(), root = sessionsFolder()} = options;
		const path = newFolder(makeFolder(root), localName(startedAt));
		// First of all, so that nobody takes it for one that broke off.
		const lock = takeLock(lockIn(path));
		try {
			return new SessionFolder(path, writeSessionInfo(path, asked, startedAt), lock, options);
		} catch (error) {
			lock[Symbol.dispose]();
			rmSync(path, {recursive: true, force: true});
			throw error;
		}
	}

	/**
	 * Opens the folder of a session that has ended or broken off, to go on with it.
	 *
	 * @throws SessionBusyError where another process works at it, or the file system's error
	 */
	static open(path: string, options: Pick<KeepOptions, 'show' | 'disk'>): SessionFolder {
		const info = readSessionInfo(path);
		if (info === undefined) throw new Error(`${path} is no session's folder`);
		const lock = takeLock(lockIn(path));
		try {
			return new SessionFolder(path, info, lock, options);
		} catch (error) {
			lock[Symbol.dispose]();
			throw error;
		}
	}

	private constructor(
		path: string,
		info: SessionInfo,
		lock: Disposable,
		{show, disk}: Pick<KeepOptions, 'show' | 'disk'>,
	) {
		this.path = path;
		this.info = info;
		this.#show = show;
		this.#lock = lock;
		this.#journal = new Journal(journalIn(path), {
			...(disk && {disk}),
			syncEvery: info.file === undefined ? 0 : FILE_SYNC,
			onTrouble: (reason) =>
				show(warning(`What is said does not reach the disk for now, only the screen: ${reason}`)),
		});
		rmSync(this.spillTo, {force: true});
		syncFolder(path);
		this.recorder = new SessionRecorder(path, (reason) =>
			show(warning(`The recording does not reach the disk for now: ${reason}`)),
		);
	}

	get spillTo(): string {
		return join(this.path, 'unsent.pcm');
	}

	readonly emit = (event: RealtimeEvent): void => {
		if (event.type === 'ended') this.#reason = event.reason;
		this.#journal.write(event);
		this.#show(event);
	};

	startRecording(format: AudioFormat): void {
		const path = this.recorder.start(format);
		if (path !== undefined) this.emit({type: 'recording', path});
	}

	/** @param before what was final before it was opened again */
	async finish(transcript: Transcript | undefined, before?: Transcript): Promise<string[]> {
		this.recorder.close();
		try {
			if (!hasWords(transcript)) {
				// What a session that failed has recorded can still become words.
				if (this.#reason === 'failed' && (await recordingLength(this.path)) > 0) return this.#saved([]);
				rmSync(this.path, {recursive: true, force: true});
				return [];
			}
			return this.#saved(await writeOutputs(transcript, {...placeOf(this.info, this.path), instead: before}));
		} finally {
			this.close();
		}
	}

	/** Leaves all as it is. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.recorder.close();
		this.#journal.close();
		this.#lock[Symbol.dispose]();
	}

	#saved(outputs: string[]): string[] {
		const event = {type: 'saved', outputs} as const;
		this.#journal.write(event);
		if (outputs.length > 0) this.#show(event);
		return outputs;
	}
}

class UnkeptSession implements KeptSession {
	readonly recorder = undefined;
	readonly spillTo = undefined;
	readonly emit: (event: RealtimeEvent) => void;
	readonly #asked: AskedSession;
	readonly #startedAt: Date;

	constructor(asked: AskedSession, {show, startedAt = new Date()}: KeepOptions) {
		this.#asked = asked;
		this.emit = show;
		this.#startedAt = startedAt;
	}

	startRecording(): void {}

	async finish(transcript: Transcript | undefined): Promise<string[]> {
		const {outputDir, file, formats = SESSION_FORMATS} = this.#asked;
		if (!hasWords(transcript) || outputDir === undefined) return [];
		const stem = stemOf(file, localName(this.#startedAt));
		const outputs = await writeOutputs(transcript, {folder: outputDir, stem, formats});
		this.emit({type: 'saved', outputs});
		return outputs;
	}
}

function hasWords(transcript: Transcript | undefined): transcript is Transcript {
	return transcript !== undefined && transcript.results.length > 0;
}

function placeOf({outputDir, file, formats}: SessionInfo, path: string) {
	return outputDir === undefined
		? {folder: path, stem: 'transcript', formats, isPrivate: true}
		: {folder: outputDir, stem: stemOf(file, basename(path)), formats};
}

const stemOf = (file: string | undefined, name: string) =>
	file === undefined ? `realtime-${name}` : basename(file, extname(file));

/** A folder of a name that nobody has. */
function newFolder(root: string, name: string): string {
	for (let number = 1; ; number++) {
		const path = join(root, number === 1 ? name : `${name}-${number}`);
		try {
			mkdirSync(path, {mode: 0o700});
			return path;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
}

/** Such as `2026-01-31T09-05-00`, in this machine's time zone. */
function localName(date: Date): string {
	const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join('-');
	return `${localDay(date)}T${time}`;
}

/** Makes the names in a folder outlast a loss of power. Windows has no such thing. */
function syncFolder(path: string): void {
	try {
		const file = openSync(path, 'r');
		try {
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
	} catch {
		// Nothing is lost but that certainty.
	}
}

function warning(reason: string): RealtimeEvent {
	return {type: 'warning', kind: 'session folder', reason};
}
