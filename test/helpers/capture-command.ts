import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {CaptureCommand} from '../../src/audio/capture-child.ts';

const ENTRY = fileURLToPath(new URL('./capture-entry.ts', import.meta.url));

/** A real capture process that leaves its number in a file. */
export function captureEntry(pidFile: string): CaptureCommand {
	return (args) => shell('exec "$@"', pidFile, process.execPath, ENTRY, ...args);
}

/**
 * A stand-in for a capture process, to show what the real one cannot be made to do: a shell script that answers on
 * descriptor 4 and sends samples on descriptor 3.
 */
export function fakeCapture(script: string, pidFile = '/dev/null'): CaptureCommand {
	return () => shell(script, pidFile);
}

function shell(script: string, pidFile: string, ...args: string[]) {
	return {command: 'sh', args: ['-c', `echo $$ >"$0"; ${script}`, pidFile, ...args]};
}

/** True while the process whose number is in the file lives (a zombie does not). */
export function isAlive(pidFile: string): boolean {
	const pid = Number(readFileSync(pidFile, 'utf8'));
	try {
		process.kill(pid, 0);
		return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}
