/** A stream from the network (a radio station, a camera, a broadcast) as a live source, by the ffmpeg the user has. */
import {type ChildProcess, spawn} from 'node:child_process';
import type {Readable} from 'node:stream';
import {ByteReader} from './byte-reader.ts';
import {findFfmpeg} from './ffmpeg.ts';
import {ffmpegReason} from './ffmpeg-reason.ts';
import {pieceBytes} from './file-source.ts';
import {concat, inPieces} from './samples.ts';
import {AudioError, type AudioSource} from './source.ts';
import {protocolsFor, shownUrl, withoutSecrets} from './stream-url.ts';

const SAMPLE_RATE = 16_000;
const SAMPLE_BYTES = 2;

/** From the start of ffmpeg to the first samples; a live playlist alone takes two segments of ten. Milliseconds. */
const OPEN_TIMEOUT = 30_000;

/** A server that says nothing for so long is gone. Seconds. */
const READ_TIMEOUT = 15;

/** ffmpeg doubles its wait up to this, then gives up. Seconds. */
const LONGEST_RECONNECT = 30;

export interface StreamOptions {
	/** Gives up the opening. An open stream is ended by `stop`. */
	readonly signal?: AbortSignal;
	/** Milliseconds to wait for the first samples. */
	readonly openTimeout?: number;
}

/**
 * Opens a stream and waits for its first samples: http(s) (mp3, aac, HLS), rtsp(s), rtmp(s), srt. Mono s16le at 16 kHz.
 * An http stream that breaks is taken up again by ffmpeg. It must be stopped.
 *
 * @throws AudioError in one sentence without the secrets of the address; the signal's reason
 */
export async function openStreamSource(
	url: string,
	{signal, openTimeout = OPEN_TIMEOUT}: StreamOptions = {},
): Promise<AudioSource> {
	const shown = shownUrl(url);
	const protocols = protocolsFor(url);
	if (protocols === undefined) throw new AudioError(`${shown}: this is no address of a stream`);
	const ffmpeg = await findFfmpeg();
	if (ffmpeg === undefined) throw new AudioError(`${shown}: streams need ffmpeg, which is not installed`);
	signal?.throwIfAborted();

	const decoder = new Decoder(
		spawn(ffmpeg, streamArguments(url, protocols), {stdio: ['ignore', 'pipe', 'pipe']}),
	);
	let late = false;
	const giveUp = () => decoder.stop();
	const timer = setTimeout(() => {
		late = true;
		decoder.stop();
	}, openTimeout);
	signal?.addEventListener('abort', giveUp, {once: true});
	const reader = new ByteReader(decoder.samples(shown));
	const head = await reader.read(SAMPLE_BYTES).finally(() => {
		clearTimeout(timer);
		signal?.removeEventListener('abort', giveUp);
	});
	if (head.length < SAMPLE_BYTES) {
		signal?.throwIfAborted();
		throw new AudioError(
			late ? `${shown}: nothing came in ${openTimeout / 1000} s` : `${shown}: there is no audio`,
		);
	}
	return {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: SAMPLE_RATE},
		live: true,
		chunks: () => inPieces(withHead(head, reader), pieceBytes(SAMPLE_RATE, SAMPLE_BYTES)),
		stop: () => decoder.stop(),
	};
}

/** The first chunk with the head it was parted from: a chunk of two bytes helps nobody. */
async function* withHead(head: Uint8Array, rest: ByteReader): AsyncGenerator<Uint8Array> {
	let before: Uint8Array | undefined = head;
	for await (const chunk of rest.upTo(Number.POSITIVE_INFINITY)) {
		yield before ? concat(before, chunk) : chunk;
		before = undefined;
	}
	if (before) yield before;
}

/** A running ffmpeg. */
class Decoder {
	readonly #output: Readable;
	readonly #kill: () => void;
	readonly #ended: Promise<number | null>;
	#complaints = '';
	#stopped = false;

	constructor(child: ChildProcess) {
		this.#output = child.stdout!;
		this.#kill = () => child.kill('SIGKILL');
		child.stderr!.on('data', (bytes: Buffer) => {
			this.#complaints = (this.#complaints + bytes.toString('utf8')).slice(-4096);
		});
		this.#ended = new Promise((settle) => {
			child.once('error', ({message}) => {
				this.#complaints = message;
				settle(null);
			});
			child.once('close', settle);
		});
	}

	/** @throws AudioError where ffmpeg fails before it is stopped */
	async *samples(shown: string): AsyncGenerator<Uint8Array, void, void> {
		try {
			for await (const bytes of this.#output) yield bytes as Uint8Array;
			const code = await this.#ended;
			if (code === 0 || this.#stopped) return;
			const reason = ffmpegReason(withoutSecrets(this.#complaints));
			throw new AudioError(
				`${shown}: ${reason.startsWith(`${shown}: `) ? reason.slice(shown.length + 2) : reason}`,
			);
		} finally {
			this.#kill();
		}
	}

	async stop(): Promise<void> {
		this.#stopped = true;
		this.#kill();
		await this.#ended;
	}
}

function streamArguments(url: string, protocols: string): string[] {
	const scheme = new URL(url).protocol;
	const microseconds = String(READ_TIMEOUT * 1_000_000);
	const input: string[] = [];
	if (scheme.startsWith('http')) {
		const longest = String(LONGEST_RECONNECT);
		input.push('-rw_timeout', microseconds);
		input.push('-reconnect', '1', '-reconnect_streamed', '1', '-reconnect_delay_max', longest);
	}
	// Over UDP a lost packet is lost sound.
	if (scheme.startsWith('rtsp')) input.push('-rtsp_transport', 'tcp', '-timeout', microseconds);
	if (scheme.startsWith('rtmp')) input.push('-rw_timeout', microseconds);
	const output = [
		'-vn',
		'-ac',
		'1',
		'-ar',
		String(SAMPLE_RATE),
		'-f',
		's16le',
		'-flush_packets',
		'1',
		'pipe:1',
	];
	const options = ['-nostdin', '-loglevel', 'error', '-protocol_whitelist', protocols];
	return [...options, ...input, '-i', url, ...output];
}
