/** The recordings that a scheduler decides about, and how many are in which phase. */

export type Phase = 'waiting' | 'preparing' | 'ready' | 'submitting' | 'running' | 'reading';

export interface Task {
	phase: Phase;
	readonly priority: number;
	/** Failures in a row. */
	setbacks: number;
	/** When the first of them was. */
	troubledSince: number;
	/** When the job was made. */
	since: number;
	/** How often it was asked after without being held. */
	polls: number;
	/** Tells entries of the queues that are out of date from those that count. Given once only. */
	ticket: number;
}

export class Tasks {
	readonly #tasks = new Map<number, Task>();
	readonly #counts: Record<Phase, number> = {
		waiting: 0,
		preparing: 0,
		ready: 0,
		submitting: 0,
		running: 0,
		reading: 0,
	};
	#tickets = 0;

	get all(): ReadonlyMap<number, Task> {
		return this.#tasks;
	}

	get counts(): Readonly<Record<Phase, number>> {
		return this.#counts;
	}

	/** One that is new. */
	add(id: number, priority: number): Task {
		const task: Task = {
			phase: 'waiting',
			priority,
			setbacks: 0,
			troubledSince: 0,
			since: 0,
			polls: 0,
			ticket: this.#tickets++,
		};
		this.#tasks.set(id, task);
		this.#counts.waiting += 1;
		return task;
	}

	/** @returns `undefined` where it was removed meanwhile */
	enter(id: number, phase: Phase): Task | undefined {
		const task = this.#tasks.get(id);
		if (task === undefined) return undefined;
		this.#counts[task.phase] -= 1;
		this.#counts[phase] += 1;
		task.phase = phase;
		task.ticket = this.#tickets++;
		return task;
	}

	remove(id: number): void {
		const task = this.#tasks.get(id);
		if (task === undefined) return;
		this.#counts[task.phase] -= 1;
		this.#tasks.delete(id);
	}
}
