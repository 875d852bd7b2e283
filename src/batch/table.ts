import {basename} from 'node:path';
import type {BatchEvent, FailureCause} from './events.ts';

export type RowState = 'queued' | 'uploading' | 'transcribing' | 'saving' | 'done' | 'failed' | 'cancelled';

/** One recording as a table shows it. Times are milliseconds by the clock given to `apply`. */
export interface BatchRow {
	readonly file: string;
	readonly name: string;
	/** Absent for a file that could not even be looked at. */
	readonly bytes?: number;
	readonly state: RowState;
	readonly sentBytes: number;
	readonly startedAt?: number;
	/** When the upload was over. */
	readonly submittedAt?: number;
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
	#version = 0;

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

	count(...states: readonly RowState[]): number {
		return states.reduce((sum, state) => sum + (this.#counts.get(state) ?? 0), 0);
	}

	/** Rows that wait or are under way. */
	get unfinished(): number {
		return this.count('queued', 'uploading', 'transcribing', 'saving');
	}

	/** @param now milliseconds from an arbitrary start */
	apply(event: BatchEvent, now: number): void {
		if (event.type === 'finished') return;
		this.#version += 1;
		const {file} = event;
		const row = this.row(file) ?? {file, name: basename(file), state: 'queued', sentBytes: 0, outputs: []};
		this.#put(changed(row, event, now));
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
	switch (event.type) {
		case 'queued': {
			const {file, name, bytes} = event;
			return {file, name, bytes, state: 'queued', sentBytes: 0, outputs: []};
		}
		case 'uploading':
			return {
				...row,
				state: 'uploading',
				sentBytes: event.sentBytes,
				startedAt: row.state === 'uploading' ? row.startedAt! : now,
			};
		case 'submitted': {
			const {jobId, requestId} = event;
			return {...row, state: 'transcribing', jobId, requestId, submittedAt: now};
		}
		case 'saving':
			return {...row, state: 'saving'};
		case 'done':
			return {...row, state: 'done', outputs: event.outputs, endedAt: now};
		case 'failed': {
			const {reason, cause} = event;
			return {...row, state: 'failed', reason, cause, endedAt: now};
		}
		case 'cancelled':
			return {...row, state: 'cancelled', endedAt: now};
	}
}
