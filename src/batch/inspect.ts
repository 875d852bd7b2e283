import {stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {type Probe, probeFile} from '../audio/probe.ts';
import {isVideo, kindProblem, sizeProblem} from './media-kinds.ts';
import type {FileSource, Unusable} from './sources.ts';

export interface InspectOptions {
	/** What the service does not take shall be converted first. */
	readonly transcode: boolean;
	/** Whether ffmpeg is there. */
	readonly ffmpeg: boolean;
}

/**
 * Looks at a file as it will be sent.
 *
 * @param shardKey what the file is called on every machine; the path as it is when left out
 */
export async function inspectFile(
	path: string,
	{transcode, ffmpeg}: InspectOptions,
	shardKey = path,
): Promise<FileSource | Unusable> {
	const probe = await probeFile(path).catch(async (error: NodeJS.ErrnoException) => {
		// A folder cannot be opened on some systems, and read on none.
		const info = await stat(path).catch(() => undefined);
		return info?.isDirectory() ? notAFile() : explain(error);
	});
	if (typeof probe === 'string') return {path, reason: probe};
	if (!probe.isFile) return {path, reason: notAFile()};

	const problem = sizeProblem(probe.size) ?? kindProblem(path, probe.type) ?? silence(probe);
	const helps = transcode && (problem?.converts ?? isVideo(probe.type));
	// A film can be sent as it is; without ffmpeg it only takes longer.
	if (problem !== undefined && !(helps && ffmpeg)) {
		const reason = helps
			? `${problem.reason} (ffmpeg, which --transcode needs, is not installed)`
			: problem.reason;
		return {path, reason};
	}
	return {
		kind: 'file',
		file: path,
		path,
		name: basename(path),
		size: probe.size,
		seconds: probe.seconds,
		transcode: helps && ffmpeg,
		shardKey,
	};
}

const notAFile = () => 'this is neither a file nor a folder that can be read';

function silence({seconds}: Probe) {
	if (seconds !== 0) return undefined;
	return {reason: 'there is a header but no sound in it: record or copy it again', converts: false};
}

/** Why a file cannot be had, in one sentence without its name. */
export function explain(error: NodeJS.ErrnoException): string {
	if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
		return 'there is no such file or folder: check the name, or whether it was moved meanwhile';
	if (error.code === 'EACCES' || error.code === 'EPERM')
		return 'it cannot be read: permission denied; ask its owner, or change its permissions';
	return `it cannot be read: ${error.message}`;
}
