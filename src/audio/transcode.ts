/** Recordings the service does not read, or not whole, made into ones it does, by the ffmpeg the user has. */
import {spawn} from 'node:child_process';
import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {basename, extname, join, resolve} from 'node:path';
import {fileName} from '../platform/file-name.ts';
import {folder as folderOf, makePrivateFolder} from '../platform/folders.ts';
import {findFfmpeg} from './ffmpeg.ts';
import {ffmpegReason} from './ffmpeg-reason.ts';
import {AudioError} from './source.ts';

/** What the service's models hear: more would only be uploaded. Source: docs, "Input". */
const OUTPUT = ['-ac', '1', '-ar', '16000', '-c:a', 'flac', '-f', 'flac'];
const ENDING = '.flac';
/** Each recording has a folder of its own in ours, so that it can keep its name. */
const FOLDER_PREFIX = 'audio-';
/** Milliseconds; what is older was left by a program that was killed. */
const LEFT_BEHIND = 48 * 60 * 60 * 1000;

/** A file of our own that goes with the end of its use. */
export interface Transcoded extends AsyncDisposable {
	/** Has the name of the recording, with another ending. */
	readonly path: string;
	/** Bytes; may still be more than the service takes. */
	readonly size: number;
}

/** Where transcoded recordings are until they are uploaded; private to this user. */
export function transcodeFolder(): string {
	return join(folderOf('cache'), 'transcoded');
}

/**
 * Makes 16 kHz mono FLAC out of a recording in any container ffmpeg reads.
 *
 * @param options.signal kills ffmpeg
 * @param options.folder made when missing, for this user only
 * @returns the new file; disposing removes it
 * @throws AudioError in one sentence that does not name the file, or the signal's reason; nothing is left behind
 */
export async function transcode(
	path: string,
	{signal, folder = transcodeFolder()}: {readonly signal?: AbortSignal; readonly folder?: string} = {},
): Promise<Transcoded> {
	const ffmpeg = await findFfmpeg();
	if (ffmpeg === undefined) throw new AudioError('ffmpeg, which would convert it, is not installed');
	signal?.throwIfAborted();
	const own = await ownFolder(folder);
	const output = join(own, fileName(basename(path, extname(path)), ENDING));
	const remove = () => rm(own, {recursive: true, force: true});
	try {
		await run(ffmpeg, transcodeArguments(path, output), signal);
		const {size} = await stat(output);
		return {path: output, size, [Symbol.asyncDispose]: remove};
	} catch (error) {
		await remove();
		throw error;
	}
}

/** Removes what programs that were killed have left in the folder, if that is longer ago than any transcoding takes. */
export async function sweepTranscoded(folder = transcodeFolder(), now = Date.now()): Promise<void> {
	const names = await readdir(folder).catch(() => []);
	for (const name of names.filter((name) => name.startsWith(FOLDER_PREFIX))) {
		const path = join(folder, name);
		const info = await stat(path).catch(() => undefined);
		if (info !== undefined && now - info.mtimeMs > LEFT_BEHIND)
			await rm(path, {recursive: true, force: true});
	}
}

async function ownFolder(folder: string): Promise<string> {
	try {
		return await mkdtemp(join(makePrivateFolder(folder), FOLDER_PREFIX));
	} catch (error) {
		throw new AudioError(`there is no place to convert it: ${(error as Error).message.replace(/\.$/, '')}`);
	}
}

/**
 * An absolute path behind `file:` is never taken for an option, a protocol or a device; the whitelist keeps a
 * playlist from reaching into the network. Tags of the recording do not go along.
 */
function transcodeArguments(path: string, output: string): string[] {
	const input = ['-protocol_whitelist', 'file', '-i', `file:${resolve(path)}`];
	const only = ['-map', '0:a:0', '-map_metadata', '-1', '-fflags', '+bitexact'];
	return ['-nostdin', '-loglevel', 'error', '-n', ...input, ...only, ...OUTPUT, `file:${output}`];
}

/** @throws AudioError, or the signal's reason; ffmpeg has ended by then */
async function run(ffmpeg: string, args: string[], signal: AbortSignal | undefined): Promise<void> {
	const child = spawn(ffmpeg, args, {stdio: ['ignore', 'ignore', 'pipe']});
	const kill = () => child.kill('SIGKILL');
	signal?.addEventListener('abort', kill, {once: true});
	let complaints = '';
	child.stderr.on('data', (bytes: Buffer) => {
		complaints = (complaints + bytes.toString('utf8')).slice(-4096);
	});
	try {
		const code = await new Promise<number | null>((settle) => {
			child.once('error', (error) => {
				complaints = error.message;
				settle(null);
			});
			child.once('close', settle);
		});
		signal?.throwIfAborted();
		if (code !== 0) throw new AudioError(explain(complaints));
	} finally {
		signal?.removeEventListener('abort', kill);
	}
}

function explain(complaints: string): string {
	if (/matches no streams/.test(complaints)) return 'there is no sound in it';
	if (/No space left on device/.test(complaints)) return 'there is no space left on the disk to convert it';
	return `ffmpeg cannot convert it: ${ffmpegReason(complaints)}`;
}
