import {ChunkQueue} from '../../src/audio/chunk-queue.ts';
import type {Microphone} from '../../src/audio/microphone.ts';

/** A microphone that a test speaks into. */
export class FakeMicrophone implements Microphone {
	readonly format;
	readonly live = true;
	readonly device: string;
	killed = false;
	stopped = false;
	readonly #queue = new ChunkQueue();
	#bytes = 0;

	constructor(device = 'Fake', sampleRate = 16_000) {
		this.device = device;
		this.format = {type: 'raw', encoding: 'pcm_s16le', sample_rate: sampleRate} as const;
	}

	/** 100 ms of one value. */
	say(value: number): void {
		const samples = new Int16Array(this.format.sample_rate / 10).fill(value);
		this.#bytes += samples.byteLength;
		this.#queue.push(new Uint8Array(samples.buffer));
	}

	/** Ends as a capture process that died. */
	die(reason: string): void {
		this.#queue.end(new Error(reason));
	}

	chunks() {
		return this.#queue.read();
	}

	capturedSamples(): number {
		return this.#bytes / 2;
	}

	async stop(): Promise<void> {
		this.stopped = true;
		this.#queue.end();
	}

	async kill(): Promise<void> {
		this.killed = true;
		this.#queue.end(new Error('The capture process died (SIGKILL).'));
	}
}
