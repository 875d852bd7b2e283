import {basename} from 'node:path';
import type {BatchEvent, FailureCause} from './events.ts';
import {TransferMeter} from './progress.ts';
import {type Timeline, timelineAfter} from './timeline.ts';

export type RowState =
	| 'queued'
	| 'checking'
	| 'converting'
	| 'uploading'
	| 'transcribing'
	| 'saving'
	| 'done'
	| 'left'
	| 'failed'
	| 'cancelled';

/** One recording as a table shows it. Times are milliseconds by the clock given to `apply`. */
export interface BatchRow {
	readonly file: string;
	readonly name: string;
	/** Absent for a file that could not even be looked at. */
	readonly bytes?: number;
	/** Seconds of audio, where they are known. */
	readonly audioSeconds?: number;
	readonly state: RowState;
	readonly sentBytes: number;
	readonly startedAt?: number;
	/** When the upload began. */
	readonly uploadedSince?: number;
	/** When the upload was over. */
	readonly submittedAt?: number;
	/** How long the service will probably take. */
	readonly expected?: {readonly seconds: number; readonly isSure: boolean};
	/** Processing time for a second of audio. */
	readonly realTimeFactor?: number;
	/** Why it is tried again, and when: by the clock of the table. */
	readonly trouble?: {readonly reason: string; readonly times: number; readonly until: number};
	/** True where an earlier run had paid for it. */
	readonly isFromBefore?: true;
	readonly endedAt?: number;
	readonly jobId?: string;
	readonly requestId?: string | undefined;
	readonly outputs: readonly string[];
	/** Why it failed. */
	readonly reason?: string;
	readonly cause?: FailureCause;
}

/** The rows of a batch, folded from its events. An event costs the same whatever the number of rows. */
export class BatchTable {
	readonly #rows: BatchRow[] = [];
	readonly #places = new Map<string, number>();
	readonly #counts = new Map<RowState, number>();
	readonly #timelines = new Map<string, Timeline>();
	readonly #meter = new TransferMeter();
	readonly #wallClock: () => number;
	#version = 0;

	/** @param wallClock milliseconds since 1970, for the timelines */
	constructor(wallClock: () => number = Date.now) {
		this.#wallClock = wallClock;
	}

	/** Changes with every event: what a screen watches. */
	get version(): number {
		return this.#version;
	}

	/** In the order they were added. */
	get rows(): readonly BatchRow[] {
		return this.#rows;
	}

	row(file: string): BatchRow | undefined {
		return this.#rows[this.#places.get(file) ?? -1];
	}

	/** What happened to a recording since it was added, or was added again. */
	timeline(file: string): Timeline | undefined {
		return this.#timelines.get(file);
	}

	count(...states: readonly RowState[]): number {
		return states.reduce((sum, state) => sum + (this.#counts.get(state) ?? 0), 0);
	}

	/** Rows that wait or are under way. */
	get unfinished(): number {
		return this.count('queued', 'checking', 'converting', 'uploading', 'transcribing', 'saving');
	}

	/** Bytes a second that leave this machine. @param now by the clock given to `apply` */
	uploadRate(now: number): number {
		return this.#meter.perSecond(now);
	}

	/** @param now milliseconds from an arbitrary start */
	apply(event: BatchEvent, now: number): void {
		if (event.type === 'finished') return;
		this.#version += 1;
		const {file} = event;
		const row = this.row(file) ?? {file, name: basename(file), state: 'queued', sentBytes: 0, outputs: []};
		const after = changed(row, event, now);
		this.#timelines.set(file, timelineAfter(this.#timelines.get(file), event, row, this.#wallClock()));
		if (event.type === 'uploading') this.#meter.add(Math.max(0, after.sentBytes - row.sentBytes), now);
		this.#put(after);
	}

	#put(row: BatchRow): void {
		const place = this.#places.get(row.file) ?? this.#rows.length;
		const before = this.#rows[place];
		if (before !== undefined) this.#count(before.state, -1);
		this.#count(row.state, 1);
		this.#rows[place] = row;
		this.#places.set(row.file, place);
	}

	#count(state: RowState, by: number): void {
		this.#counts.set(state, (this.#counts.get(state) ?? 0) + by);
	}
}

function changed(row: BatchRow, event: Exclude<BatchEvent, {type: 'finished'}>, now: number): BatchRow {
	const {trouble: _over, ...calm} = row;
	switch (event.type) {
		case 'queued': {
			const {file, name, bytes, audioSeconds} = event;
			return {
				file,
				name,
				...(bytes !== undefined && {bytes}),
				...(audioSeconds !== undefined && {audioSeconds}),
				state: 'queued',
				sentBytes: 0,
				outputs: [],
			};
		}
		case 'waiting': {
			// The time it waits is no time it takes.
			const {startedAt: _checked, ...waiting} = calm;
			return {...waiting, state: 'queued'};
		}
		case 'checking':
		case 'converting':
			return {...calm, state: event.type, startedAt: row.startedAt ?? now};
		case 'uploading': {
			const {sentBytes, totalBytes} = event;
			const begins = row.state !== 'uploading';
			return {
				...calm,
				state: 'uploading',
				sentBytes,
				...(totalBytes > 0 && {bytes: totalBytes}),
				startedAt: row.startedAt ?? now,
				uploadedSince: begins ? now : row.uploadedSince!,
			};
		}
		case 'submitted': {
			const {jobId, requestId, expected} = event;
			return {
				...calm,
				state: 'transcribing',
				jobId,
				requestId,
				startedAt: row.startedAt ?? now,
				submittedAt: now,
				...(expected !== undefined && {expected}),
			};
		}
		case 'retrying': {
			const {reason, times, inSeconds} = event;
			const state = row.state === 'transcribing' ? 'transcribing' : 'queued';
			return {...calm, state, sentBytes: 0, trouble: {reason, times, until: now + inSeconds * 1000}};
		}
		case 'saving':
			return {...calm, state: 'saving', jobId: event.jobId};
		case 'done': {
			const {outputs, jobId, realTimeFactor, isFromBefore} = event;
			return {
				...calm,
				state: 'done',
				outputs,
				jobId,
				startedAt: row.startedAt ?? now,
				endedAt: now,
				...(realTimeFactor !== undefined && {realTimeFactor}),
				...(isFromBefore && {isFromBefore}),
			};
		}
		case 'left':
			return {...calm, state: 'left', endedAt: now};
		case 'failed': {
			const {reason, cause} = event;
			return {...calm, state: 'failed', reason, cause, endedAt: now};
		}
		case 'cancelled':
			return {...calm, state: 'cancelled', endedAt: now};
	}
}
