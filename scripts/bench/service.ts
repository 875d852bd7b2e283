/** The emulator on a thread of its own, so that its work delays nothing that is measured. Jobs never end. */
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';

/** Longer than any measurement. Milliseconds. */
const PROCESSING_TIME = 600_000;

export type Addresses = Pick<Emulator, 'batchUrl' | 'realtimeUrl'>;

/** @returns where the service is, and how to end it */
export async function startService(): Promise<Addresses & Disposable> {
	const worker = new Worker(import.meta.url);
	const {promise, resolve, reject} = Promise.withResolvers<Addresses>();
	worker.onmessage = ({data}: MessageEvent<Addresses>) => resolve(data);
	worker.onerror = ({message}) => reject(new Error(message));
	return {...(await promise), [Symbol.dispose]: () => worker.terminate()};
}

if (!Bun.isMainThread) {
	const {batchUrl, realtimeUrl} = await startEmulator({processingTime: () => PROCESSING_TIME});
	postMessage({batchUrl, realtimeUrl});
}
