import type {BatchEvent} from './events.ts';
import {BatchQueue, type QueueOptions} from './queue.ts';
import type {Recording, Unusable} from './recordings.ts';

export interface BatchOptions extends QueueOptions {
	readonly recordings: readonly Recording[];
	/** Named by the user and not usable: reported as failed, in the same events. */
	readonly unusable: readonly Unusable[];
	/** Aborting sends nothing more; jobs that were made already go on at the service. */
	readonly signal: AbortSignal;
}

/** Transcribes a fixed list of recordings. @returns how it ended, which is also the last event */
export async function runBatch(options: BatchOptions): Promise<Extract<BatchEvent, {type: 'finished'}>> {
	const {recordings, unusable, signal, now} = options;
	const started = now();
	const count = {done: 0, failed: 0};
	const emit = (event: BatchEvent) => {
		if (event.type === 'done' || event.type === 'failed') count[event.type] += 1;
		options.emit(event);
	};
	const queue = new BatchQueue({...options, emit});
	const stop = () => queue.stop();
	signal.addEventListener('abort', stop, {once: true});
	if (signal.aborted) stop();
	queue.add(recordings, unusable);
	await queue.settled();
	signal.removeEventListener('abort', stop);

	const finished = {
		type: 'finished',
		...count,
		interrupted: signal.aborted,
		seconds: (now() - started) / 1000,
	} as const;
	options.emit(finished);
	return finished;
}
