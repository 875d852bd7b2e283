/** ffmpeg, which only some work needs. */
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {findFfmpeg} from '../audio/ffmpeg.ts';
import type {Check, Finding} from './check.ts';

/** Runs a program to its end. @returns its stdout @throws where it cannot be run or fails */
export type RunProgram = (program: string, args: readonly string[], signal: AbortSignal) => Promise<string>;

export const runToEnd: RunProgram = async (program, args, signal) =>
	(await promisify(execFile)(program, [...args], {signal, timeout: 3000, windowsHide: true})).stdout;

export function ffmpegCheck(
	find: () => Promise<string | undefined> = findFfmpeg,
	run: RunProgram = runToEnd,
): Check {
	const look = async (signal: AbortSignal): Promise<Finding> => {
		const path = await find();
		if (path === undefined) {
			return {state: 'warn', facts: 'not found', remedy: `${INSTALL}: ${NEEDED_FOR}.`};
		}
		try {
			const [, version] = /^ffmpeg version (\S+)/.exec(await run(path, ['-version'], signal)) ?? [];
			return {state: 'ok', facts: version === undefined ? path : `${version}, ${path}`};
		} catch {
			signal.throwIfAborted();
			return {state: 'warn', facts: `${path} does not run`, remedy: `${INSTALL} again: ${NEEDED_FOR}.`};
		}
	};
	return {id: 'ffmpeg', title: 'ffmpeg', late: INSTALL, run: look};
}

const NEEDED_FOR = 'network streams and files the service does not take need it; all else works without';

const INSTALL =
	process.platform === 'darwin'
		? 'Install ffmpeg ("brew install ffmpeg")'
		: process.platform === 'win32'
			? 'Install ffmpeg ("winget install ffmpeg")'
			: 'Install ffmpeg ("sudo apt install ffmpeg", or as your system does it)';
