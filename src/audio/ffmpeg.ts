/** Audio out of any container, by the ffmpeg the user has. */
import {spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {programPath} from '../platform/programs.ts';
import {ffmpegReason} from './ffmpeg-reason.ts';
import {AudioError} from './source.ts';

const found = new Map<string, string | undefined>();

/** Where ffmpeg is on the PATH, or `undefined`. Looked for once. */
export async function findFfmpeg(): Promise<string | undefined> {
	const path = process.env.PATH ?? '';
	if (!found.has(path)) found.set(path, programPath('ffmpeg', path));
	return found.get(path);
}

export interface DecodedAudio {
	/** Mono s16le. Can be read once; throws an `AudioError` when ffmpeg cannot decode the file. */
	readonly samples: AsyncIterable<Uint8Array>;
	/** Ends decoding; `samples` then ends without an error. */
	stop(): void;
}

/**
 * Decodes a file to mono s16le. ffmpeg starts with the first read of `samples`, and waits while nobody reads.
 *
 * @param options.sampleRate samples a second of what comes out
 * @param options.signal ends decoding as `stop` does
 */
export function decodeWithFfmpeg(
	path: string,
	{sampleRate = 16_000, signal}: {readonly sampleRate?: number; readonly signal?: AbortSignal} = {},
): DecodedAudio {
	const stopping = new AbortController();
	const stopped = signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]);
	return {samples: decode(path, sampleRate, stopped), stop: () => stopping.abort()};
}

async function* decode(path: string, sampleRate: number, stopped: AbortSignal) {
	const ffmpeg = await findFfmpeg();
	if (ffmpeg === undefined) throw new AudioError('ffmpeg is not installed');
	if (stopped.aborted) return;
	const child = spawn(ffmpeg, decodeArguments(path, sampleRate), {stdio: ['ignore', 'pipe', 'pipe']});
	const stop = () => child.kill('SIGKILL');
	stopped.addEventListener('abort', stop, {once: true});
	let complaints = '';
	child.stderr.on('data', (bytes: Buffer) => {
		complaints = (complaints + bytes.toString('utf8')).slice(-4096);
	});
	const ended = new Promise<number | null>((settle) => {
		child.once('error', (error) => {
			complaints = error.message;
			settle(null);
		});
		child.once('close', settle);
	});
	try {
		for await (const bytes of child.stdout) yield bytes as Uint8Array;
		const code = await ended;
		if (code !== 0 && !stopped.aborted)
			throw new AudioError(`ffmpeg cannot decode it: ${ffmpegReason(complaints)}`);
	} finally {
		stopped.removeEventListener('abort', stop);
		stop();
	}
}

/**
 * An absolute path behind `file:` is never taken for an option, a protocol or a device; the whitelist keeps a
 * playlist from reaching into the network.
 */
function decodeArguments(path: string, sampleRate: number): string[] {
	const input = ['-protocol_whitelist', 'file', '-i', `file:${resolve(path)}`];
	const output = ['-vn', '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', 'pipe:1'];
	return ['-nostdin', '-loglevel', 'error', ...input, ...output];
}
