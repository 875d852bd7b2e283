/** From a sound in the microphone to its samples at the service, with a sound server of its own. */
import {exactSink, type NullSink, startNullSink} from '../../test/helpers/null-sink.ts';
import {startListeningService} from './listening-service.ts';

export const SOUNDS = 40;
const SINK = 'mic_sim';
const HERTZ = 1000;
/** Louder than this is a sound; of 32 768. */
const LOUD = 4000;
/** Milliseconds that the sound server's own recorder may hold back: it tells when a sound is there. */
const REFERENCE_LATENCY = 2;
/** Milliseconds of silence between two sounds, at least and at most: in step with nothing. */
const PAUSE = [120, 260] as const;
const PATIENCE = 5000;

/** Tells when sound begins that was silence before. */
class Onsets {
	#waiting: ((at: number) => void) | undefined;
	hasAudio = false;

	hear(bytes: Uint8Array): void {
		this.hasAudio = true;
		const samples = new Int16Array(new Uint8Array(bytes.subarray(0, bytes.length & ~1)).buffer);
		if (!samples.some((sample) => Math.abs(sample) > LOUD)) return;
		this.#waiting?.(performance.now());
		this.#waiting = undefined;
	}

	/** When sound comes next, by `performance.now()`. */
	next(): Promise<number> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error('a sound that was played did not come')), PATIENCE);
			this.#waiting = (at) => {
				clearTimeout(timer);
				resolve(at);
			};
		});
	}
}

/** @returns milliseconds, of each sound */
export async function soundToSocket(program: string, home: string): Promise<number[]> {
	const sink = await startNullSink([exactSink(SINK)]);
	const [inMicrophone, onSocket] = [new Onsets(), new Onsets()];
	const reference = record(sink, inMicrophone);
	await using service = await startListeningService((bytes) => onSocket.hear(bytes));
	const child = Bun.spawn([program, 'realtime', '--no-record', '--json', '--output-dir', home], {
		env: {
			PATH: process.env.PATH ?? '',
			HOME: home,
			...sink.environment,
			SPEECHMATICS_API_KEY: 'bench',
			SPEECHMATICS_RT_URL: service.url,
		},
		stdin: 'ignore',
		stdout: 'ignore',
		stderr: 'ignore',
	});
	try {
		await until(() => onSocket.hasAudio && inMicrophone.hasAudio);
		const delays: number[] = [];
		for (let sound = 0; sound < SOUNDS; sound++) {
			await Bun.sleep(PAUSE[0] + Math.random() * (PAUSE[1] - PAUSE[0]));
			const both = Promise.all([inMicrophone.next(), onSocket.next()]);
			const silence = sink.playExact(HERTZ, SINK);
			const [played, arrived] = await both.finally(silence);
			delays.push(arrived - played);
			// What was played before it ended is on its way.
			await Bun.sleep(250);
		}
		return delays;
	} finally {
		child.kill('SIGINT');
		await child.exited;
		reference.kill();
		await sink.stop();
	}
}

function record(sink: NullSink, onsets: Onsets) {
	const args = ['--raw', '--format=s16le', '--channels=1', '--rate=16000', `--device=${SINK}.monitor`];
	const latency = [`--latency-msec=${REFERENCE_LATENCY}`, `--process-time-msec=${REFERENCE_LATENCY}`];
	const recorder = Bun.spawn(['parec', ...args, ...latency], {
		env: {PATH: process.env.PATH ?? '', ...sink.environment},
		stdout: 'pipe',
		stderr: 'ignore',
	});
	void (async () => {
		for await (const bytes of recorder.stdout) onsets.hear(bytes);
	})();
	return recorder;
}

async function until(condition: () => boolean): Promise<void> {
	const start = performance.now();
	while (!condition()) {
		if (performance.now() - start > 2 * PATIENCE) throw new Error('no sound comes from the microphone');
		await Bun.sleep(20);
	}
}
