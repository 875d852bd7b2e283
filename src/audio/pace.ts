import type {Clock} from '../speechmatics/clock.ts';

/**
 * Lets chunks through at the speed of the audio itself, so that a file streams like a microphone would.
 *
 * @param bytesPerSecond of the audio
 * @param signal aborting ends the waiting, and with it the chunks
 */
export async function* paced(
	chunks: AsyncIterable<Uint8Array>,
	bytesPerSecond: number,
	clock: Clock,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	const start = clock.now();
	let bytes = 0;
	for await (const chunk of chunks) {
		bytes += chunk.byteLength;
		// A chunk exists only once its last sample was spoken.
		const due = start + (bytes / bytesPerSecond) * 1000;
		const early = due - clock.now();
		if (early > 0) await clock.sleep(early, signal).catch(() => {});
		if (signal.aborted) return;
		yield chunk;
	}
}
