/** Jobs that go through a scheduler in a time of their own: as fast as they can be computed. */
import {Heap} from '../../src/batch/heap.ts';
import {type Decision, type Limits, Scheduler, type Setback} from '../../src/batch/scheduler.ts';

export type Act = Exclude<Decision, {do: 'rest'}>;

/** What the service answers to a request, and after how many milliseconds. */
export type Answer =
	| {readonly is: 'good'; readonly after: number}
	| {readonly is: 'bad'; readonly after: number; readonly setback: Setback};

export interface SimulationOptions {
	readonly limits: Limits;
	readonly submissionsPerSecond?: number;
	readonly readsPerSecond?: number;
	/** Milliseconds that a job takes. */
	readonly processing: (id: number) => number;
	/** What the scheduler is told that it will take. */
	readonly expected?: (id: number) => number | undefined;
	/** By default everything works, within 50 ms. */
	readonly answer?: (act: Act, now: number) => Answer;
}

/** Numbers from 0 to 1, the same in every run. */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

export class Simulation {
	readonly scheduler: Scheduler;
	/** When what was decided, in order; preparations left out. */
	readonly requests: Array<{readonly at: number; readonly act: Act}> = [];
	readonly done: number[] = [];
	readonly most = {submitting: 0, running: 0, held: 0};
	decisions = 0;
	now = 0;
	readonly #options: SimulationOptions;
	readonly #events = new Heap<() => void>();
	readonly #jobs = new Map<number, number>();
	readonly #submitting = new Set<number>();
	readonly #held = new Set<number>();
	#alarm: number | undefined;

	constructor(options: SimulationOptions) {
		this.#options = options;
		const {limits, submissionsPerSecond = 10, readsPerSecond = 50} = options;
		this.scheduler = new Scheduler({limits, submissionsPerSecond, readsPerSecond, random: seeded(3)});
	}

	/** Jobs at the service, those included that are being sent. */
	get running(): number {
		return this.#jobs.size + this.#submitting.size;
	}

	at(moment: number, work: () => void): void {
		this.#events.push(work, moment);
	}

	/** Lets time go by until nothing is left to happen, or until a moment. */
	run(until = Number.POSITIVE_INFINITY): void {
		this.#decide();
		for (;;) {
			const next = Math.min(this.#events.first?.key ?? Number.POSITIVE_INFINITY, this.#alarm ?? Infinity);
			if (next > until || next === Number.POSITIVE_INFINITY) break;
			this.now = Math.max(this.now, next);
			if (this.#alarm !== undefined && this.#alarm <= this.now) this.#alarm = undefined;
			while ((this.#events.first?.key ?? Number.POSITIVE_INFINITY) <= this.now) {
				this.#events.pop()!();
				this.#decide();
			}
			this.#decide();
		}
		if (until !== Number.POSITIVE_INFINITY) this.now = until;
	}

	cancel(id: number): void {
		this.scheduler.remove(id);
		this.#jobs.delete(id);
	}

	#decide(): void {
		for (;;) {
			this.decisions += 1;
			const decision = this.scheduler.next(this.now);
			if (decision.do === 'rest') {
				this.#alarm = decision.until;
				return;
			}
			this.#begin(decision);
			this.most.submitting = Math.max(this.most.submitting, this.#submitting.size);
			this.most.running = Math.max(this.most.running, this.running);
			this.most.held = Math.max(this.most.held, this.#held.size);
		}
	}

	#begin(act: Act): void {
		const {id} = act;
		if (act.do === 'prepare') {
			this.at(this.now + 1, () => this.scheduler.prepared(id));
			return;
		}
		this.requests.push({at: this.now, act});
		const answer = this.#options.answer?.(act, this.now) ?? {is: 'good', after: 50};
		if (act.do === 'submit') this.#submitting.add(id);
		const isHeld = act.do === 'read' && act.wait > 0 && answer.is === 'good';
		if (isHeld) this.#held.add(id);
		const left = (this.#jobs.get(id) ?? 0) - this.now;
		const after = isHeld ? Math.max(answer.after, Math.min(left, act.wait * 1000)) : answer.after;
		this.at(this.now + after, () => {
			this.#submitting.delete(id);
			this.#held.delete(id);
			if (this.scheduler.has(id)) this.#end(act, answer, isHeld);
		});
	}

	#end(act: Act, answer: Answer, wasHeld: boolean): void {
		const {id} = act;
		if (answer.is === 'bad') {
			this.scheduler.failed(id, this.now, answer.setback);
		} else if (act.do === 'submit') {
			this.#jobs.set(id, this.now + this.#options.processing(id));
			this.scheduler.submitted(id, this.now, this.#options.expected?.(id));
		} else if (this.#jobs.get(id)! <= this.now) {
			this.#jobs.delete(id);
			this.done.push(id);
			this.scheduler.remove(id);
		} else {
			this.scheduler.unfinished(id, this.now, wasHeld);
		}
	}
}

/** The most moments within any `window` milliseconds. */
export function mostWithin(moments: readonly number[], window: number): number {
	let first = 0;
	let most = 0;
	for (const [index, moment] of moments.entries()) {
		while (moments[first]! <= moment - window) first += 1;
		most = Math.max(most, index - first + 1);
	}
	return most;
}
