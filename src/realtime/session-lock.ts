/** Which process writes a session: one that is alive, or none. */

import {randomUUID} from 'node:crypto';
import {linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {hostname, uptime} from 'node:os';
// Deno's own timers are numbers, which cannot be unreferenced.
import {clearInterval, setInterval} from 'node:timers';
import {readFileIfThere} from '../platform/private-file.ts';
import {processRuns} from '../platform/process-runs.ts';

/** A process on another machine that has not been seen for so long is gone. Milliseconds. */
const LOST_AFTER = 60_000;
const BEAT = 20_000;

/** Another process works at the session. Its message is one sentence. */
export class SessionBusyError extends Error {
	override readonly name = 'SessionBusyError';
}

/** True where a process that is alive holds the lock. */
export function isLocked(path: string): boolean {
	const holder = readFileIfThere(path);
	return holder !== undefined && isAlive(path, holder);
}

/**
 * Takes a lock, also from a process that is gone.
 *
 * @throws SessionBusyError where another process has it
 */
export function takeLock(path: string): Disposable {
	const mine = JSON.stringify({pid: process.pid, born: birthOf(process.pid), host: hostname()});
	while (!create(path, mine)) {
		const holder = readFileIfThere(path);
		if (holder === undefined) continue;
		if (isAlive(path, holder)) throw new SessionBusyError('another process works at this session');
		removeIfStill(path, holder);
	}
	const beating = setInterval(() => beat(path), BEAT);
	beating.unref();
	return {
		[Symbol.dispose]() {
			clearInterval(beating);
			if (readFileIfThere(path) === mine) rmSync(path, {force: true});
		},
	};
}

function create(path: string, content: string): boolean {
	const beside = `${path}.${randomUUID()}`;
	writeFileSync(beside, content, {mode: 0o600, flag: 'wx'});
	try {
		// Nobody meets a lock that is not written yet.
		linkSync(beside, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		return createPlain(path, content);
	} finally {
		rmSync(beside, {force: true});
	}
}

/** File systems without hard links (FAT, some network shares). */
function createPlain(path: string, content: string): boolean {
	try {
		writeFileSync(path, content, {mode: 0o600, flag: 'wx'});
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Of two processes that find the lock of a third one that is gone, one may already have taken it. */
function removeIfStill(path: string, holder: string): void {
	const aside = `${path}.${randomUUID()}`;
	try {
		renameSync(path, aside);
	} catch {
		return;
	}
	if (readFileIfThere(aside) !== holder) {
		try {
			linkSync(aside, path);
		} catch {
			// A third one has it meanwhile.
		}
	}
	rmSync(aside, {force: true});
}

function beat(path: string): void {
	try {
		utimesSync(path, new Date(), new Date());
	} catch {
		// The folder was deleted: whoever did that knows.
	}
}

function isAlive(path: string, holder: string): boolean {
	const {pid, born, host} = parsed(holder);
	const seenAt = statSync(path, {throwIfNoEntry: false})?.mtimeMs;
	if (seenAt === undefined || pid === undefined) return false;
	if (host !== hostname()) return Date.now() - seenAt < LOST_AFTER;
	// Numbers of processes are given again: after the machine was started anew, and when they run out.
	if (seenAt < Date.now() - uptime() * 1000 - LOST_AFTER) return false;
	return processRuns(pid) && birthOf(pid) === born;
}

function parsed(holder: string): {pid?: number; born?: string; host?: string} {
	try {
		return JSON.parse(holder) as {pid?: number; born?: string; host?: string};
	} catch {
		return {};
	}
}

/** When a process was started, where the system tells. Source: proc(5), field 22 of `stat`. */
function birthOf(pid: number): string | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name before it may have spaces, and stands in parentheses.
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
	} catch {
		return undefined;
	}
}
