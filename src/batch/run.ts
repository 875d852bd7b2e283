/** A whole batch, from its recordings to its end. */
import {sweepHalfFiles} from '../platform/files.ts';
import {BatchEngine, type EngineOptions} from './engine.ts';
import type {BatchEvent} from './events.ts';
import type {Order, RecordingRecord} from './ledger/records.ts';

export interface BatchOptions extends EngineOptions {
	readonly orders: readonly Order[];
	/** What an earlier run left undone. */
	readonly resumed?: readonly RecordingRecord[];
	/** Named by the user and not usable: reported as failed, in the same events. */
	readonly unusable: ReadonlyArray<{readonly file: string; readonly reason: string}>;
	/** Make new jobs although there are transcripts. */
	readonly force?: boolean;
	/** Aborting sends nothing more; jobs that were made already go on at the service. */
	readonly signal: AbortSignal;
	/** Recordings that come while the batch runs; it lasts until they end. */
	readonly more?: (engine: BatchEngine) => Promise<void>;
}

/** Transcribes recordings. @returns how it ended, which is also the last event */
export async function runBatch(options: BatchOptions): Promise<Extract<BatchEvent, {type: 'finished'}>> {
	const {orders, resumed = [], unusable, signal, clock, force = false} = options;
	const started = clock.now();
	const count = {done: 0, fromBefore: 0, left: 0, failed: 0};
	const emit = (event: BatchEvent) => {
		if (event.type === 'done' || event.type === 'failed' || event.type === 'left') count[event.type] += 1;
		if (event.type === 'done' && event.isFromBefore) count.fromBefore += 1;
		options.emit(event);
	};
	void sweepFolders([...orders, ...resumed]);
	const engine = new BatchEngine({...options, emit});
	const stop = () => engine.stop();
	signal.addEventListener('abort', stop, {once: true});
	if (signal.aborted) stop();
	for (const {file, reason} of unusable) engine.refuse(file, reason);
	// What is asked for now wins over what an earlier run was asked for.
	engine.add(orders, {force});
	engine.resume(resumed);
	await options.more?.(engine);
	await engine.settled();
	signal.removeEventListener('abort', stop);

	const finished = {
		type: 'finished',
		...count,
		interrupted: signal.aborted,
		seconds: (clock.now() - started) / 1000,
	} as const;
	options.emit(finished);
	return finished;
}

/** What earlier processes were writing when they were killed goes away. */
async function sweepFolders(orders: readonly Order[]): Promise<void> {
	const folders = new Set(
		orders.map(({delivery}) => (delivery.to === 'files' ? delivery.folder : undefined)),
	);
	for (const folder of folders) if (folder !== undefined) await sweepHalfFiles(folder).catch(() => {});
}
