import {printable} from '../platform/printable.ts';
import {BYTES_PER_SAMPLE} from '../speechmatics/config.ts';
import {type CaptureCommand, type CaptureListener, captureCommand, startCapture} from './capture-child.ts';
import type {Device} from './capture-messages.ts';
import {ChunkQueue} from './chunk-queue.ts';
import {pieceBytes} from './file-source.ts';
import {inPieces} from './samples.ts';
import {AudioError, type AudioSource} from './source.ts';

const ENCODING = 'pcm_s16le';
const SAMPLE_BYTES = BYTES_PER_SAMPLE[ENCODING];

/** The rate that speech recognition is made for. Samples a second. */
const SAMPLE_RATE = 16_000;

/** Captured audio that may wait for its reader. A network that is away for longer must not fill the memory. Seconds. */
const MAXIMUM_WAITING = 60;

/** From the start of the capture process to its first samples; a PulseAudio monitor alone takes two. Milliseconds. */
const FIRST_CHUNK_TIMEOUT = 10_000;

/** From the wish to stop to the end of the capture process. Milliseconds. */
const STOP_TIMEOUT = 3_000;

/** A driver that hangs must not hang the program. Milliseconds. */
const LISTING_TIMEOUT = 10_000;

/** A live microphone: mono s16le in chunks of at most 100 ms. */
export interface Microphone extends AudioSource {
	/** The device's name, as its driver gives it. */
	readonly device: string;
	/** Samples captured, as the capture process counted them at its end; until then, those that have arrived. */
	capturedSamples(): number;
	/** Ends it at once, without waiting for what it has captured. Where it hangs, asking takes too long. */
	kill(): Promise<void>;
}

export interface MicrophoneOptions {
	/** `default`, a number from `listDevices`, a name, or a part of one name. */
	readonly device?: string;
	/** How to start a capture process; this program itself by default. */
	readonly command?: CaptureCommand;
	/** Milliseconds to wait for the first samples. */
	readonly firstChunkTimeout?: number;
	/** Variables that the capture process gets beside those of this one. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Gives up the opening. An open microphone is ended by `stop`. */
	readonly signal?: AbortSignal;
}

/**
 * Opens a microphone in a process of its own and waits for its first samples. It must be stopped.
 *
 * @throws AudioError where it cannot be opened, or no samples come in time; the signal's reason
 */
export async function openMicrophone(options: MicrophoneOptions = {}): Promise<Microphone> {
	const {
		device: wanted = 'default',
		command = captureCommand,
		firstChunkTimeout = FIRST_CHUNK_TIMEOUT,
		environment,
		signal,
	} = options;
	signal?.throwIfAborted();
	const queue = new ChunkQueue();
	let device = wanted;
	let sampleRate = SAMPLE_RATE;
	let opened = false;
	let receivedBytes = 0;
	let capturedSamples: number | undefined;
	const firstSamples = Promise.withResolvers<void>();
	// Samples and status come by two ways, so either may be first.
	const announceFirst = () => {
		if (opened && receivedBytes > 0) firstSamples.resolve();
	};

	const listener: CaptureListener = {
		onStatus(status) {
			if (status.type === 'opened') {
				({device, sampleRate} = status);
				opened = true;
				announceFirst();
			}
			if (status.type === 'stopped') capturedSamples = status.samples;
		},
		onSamples(bytes) {
			receivedBytes += bytes.length;
			queue.push(bytes);
			announceFirst();
			if (queue.waitingBytes <= MAXIMUM_WAITING * sampleRate * SAMPLE_BYTES) return;
			queue.end(new AudioError(`The recording ended: its audio was not taken for ${MAXIMUM_WAITING} s.`));
			capture.kill();
		},
	};
	const started = command(['capture', '--device', wanted, '--rate', String(SAMPLE_RATE)]);
	const capture = startCapture(started, listener, environment);
	const ended = capture.ended.then((failure) => {
		const complete = capturedSamples !== undefined && capturedSamples * SAMPLE_BYTES === receivedBytes;
		const cause = failure ?? (complete ? undefined : new AudioError('Captured audio was lost on its way.'));
		queue.end(cause);
		firstSamples.reject(cause ?? new AudioError('The microphone ended before any audio came.'));
	});
	const stop = async () => {
		capture.stop();
		const stuck = setTimeout(() => capture.kill(), STOP_TIMEOUT);
		await ended;
		clearTimeout(stuck);
	};

	const giveUp = () => {
		firstSamples.reject(signal?.reason);
		capture.kill();
	};
	signal?.addEventListener('abort', giveUp, {once: true});
	const silent = setTimeout(() => {
		const seconds = firstChunkTimeout / 1000;
		firstSamples.reject(
			new AudioError(`No audio came from the microphone "${printable(device)}" in ${seconds} s.`),
		);
		capture.kill();
	}, firstChunkTimeout);
	try {
		await firstSamples.promise;
	} finally {
		clearTimeout(silent);
		signal?.removeEventListener('abort', giveUp);
	}

	return {
		device,
		format: {type: 'raw', encoding: ENCODING, sample_rate: sampleRate},
		live: true,
		capturedSamples: () => capturedSamples ?? receivedBytes / SAMPLE_BYTES,
		chunks: () => inPieces(queue.read(), pieceBytes(sampleRate, SAMPLE_BYTES)),
		stop,
		async kill() {
			capture.kill();
			await ended;
		},
	};
}

/**
 * The devices that audio can be captured from, as a capture process sees them; none is no error.
 *
 * @param command how to start a capture process; this program itself by default
 * @throws AudioError where they cannot be asked for
 */
export async function listDevices(command: CaptureCommand = captureCommand): Promise<readonly Device[]> {
	let devices: readonly Device[] | undefined;
	const capture = startCapture(command(['devices']), {
		onStatus(status) {
			if (status.type === 'devices') devices = status.devices;
		},
		onSamples() {},
	});
	const stuck = setTimeout(() => capture.kill(), LISTING_TIMEOUT);
	const failure = await capture.ended;
	clearTimeout(stuck);
	if (!devices) throw failure ?? new AudioError('The audio devices could not be listed.');
	return devices;
}
