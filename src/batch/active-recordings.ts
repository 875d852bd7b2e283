/** The recordings that wait or are under way, each once, whatever it is called; and who of them waits for whom. */
import type {JobSteps} from './job-steps.ts';
import {attempt} from './ledger/attempt.ts';
import type {Order, RecordingRecord} from './ledger/records.ts';
import type {Scheduler} from './scheduler.ts';
import {Sharing} from './sharing.ts';

/** Why the work at a recording was ended from outside. */
export class Ended extends Error {
	readonly outcome: 'cancelled' | 'interrupted';

	constructor(outcome: Ended['outcome']) {
		super(outcome);
		this.outcome = outcome;
	}
}

export interface Active {
	readonly recording: RecordingRecord;
	readonly end: AbortController;
	/** What has to be known from one step to the next. */
	readonly steps: JobSteps;
	jobId?: string;
	/** The step that is under way; it never fails. */
	step?: Promise<void> | undefined;
}

export const isCancelled = ({end}: Active) =>
	end.signal.reason instanceof Ended && end.signal.reason.outcome === 'cancelled';

export class ActiveRecordings {
	readonly sharing = new Sharing();
	readonly #scheduler: Scheduler;
	readonly #active = new Map<number, Active>();
	readonly #files = new Map<string, Active>();
	/** What the ledger knows them by: one recording can be named in two ways. */
	readonly #keys = new Set<string>();

	/** @param scheduler decides whose turn it is */
	constructor(scheduler: Scheduler) {
		this.#scheduler = scheduler;
	}

	get size(): number {
		return this.#active.size;
	}

	/** Who is removed while this is gone through is passed over. */
	all(): IterableIterator<Active> {
		return this.#active.values();
	}

	withId(id: number): Active | undefined {
		return this.#active.get(id);
	}

	withFile(file: string): Active | undefined {
		return this.#files.get(file);
	}

	has(active: Active): boolean {
		return this.#active.get(active.recording.id) === active;
	}

	add(active: Active): void {
		const {recording} = active;
		this.#active.set(recording.id, active);
		this.#files.set(recording.file, active);
		this.#keys.add(keyOf(recording));
		this.#scheduler.add(recording.id, recording.priority);
	}

	/** Who waits for its transcript. */
	followersOf({steps: {base}, recording: {id}}: Active): Active[] {
		const ids = base === undefined ? [] : this.sharing.followersOf(base, id);
		return ids.flatMap((follower) => this.withId(follower) ?? []);
	}

	/** It is done with, however it ended; who waited for it goes on without it. */
	drop(active: Active): void {
		const {recording} = active;
		const {id} = recording;
		this.#active.delete(id);
		this.#files.delete(recording.file);
		this.#keys.delete(keyOf(recording));
		this.#scheduler.remove(id);
		const {base} = active.steps;
		for (const follower of base === undefined ? [] : this.sharing.leave(base, id)) {
			const waiting = this.withId(follower);
			if (waiting !== undefined) this.#scheduler.add(follower, waiting.recording.priority);
		}
		// A step that is under way lets go by itself.
		if (active.step === undefined && !isCancelled(active)) this.letGo(active);
	}

	/** Gives a job back to other processes, unless it is in the hands of another recording of this one. */
	letGo({steps}: Active): void {
		if (steps.base === undefined || this.sharing.isLed(steps.base)) return;
		attempt(() => steps.close());
	}

	/** Those that are not here yet, each once. */
	freshOf<Wished extends Order>(orders: readonly Wished[]): Wished[] {
		const keys = new Set(this.#keys);
		return orders.filter((order) => {
			const isFresh = !this.#files.has(order.file) && !keys.has(keyOf(order));
			keys.add(keyOf(order));
			return isFresh;
		});
	}
}

const keyOf = ({account, source, configHash}: Order) => JSON.stringify([account, source, configHash]);
