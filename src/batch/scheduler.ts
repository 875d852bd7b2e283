/**
 * What a batch does next. One scheduler decides for the whole table: who is sent, who is asked after, and when to come
 * back. It does nothing itself and knows no clock: it is told what happened, and when.
 */
import {Outage} from './outage.ts';
import {
	doubled,
	FIRST_PAUSE,
	HOLD,
	LONGEST_PAUSE,
	pauseBeforeFirstRead,
	pauseBetweenPolls,
} from './pauses.ts';
import {Rate} from './rate.ts';
import {TaskQueue} from './task-queue.ts';
import {type Phase, type Task, Tasks} from './tasks.ts';

export interface Limits {
	/** Uploads at once. */
	readonly uploads: number;
	/** Jobs at once, from the start of their upload until their transcript is here. */
	readonly running: number;
}

export interface SchedulerOptions {
	readonly limits: Limits;
	/** Requests a second that make a job. */
	readonly submissionsPerSecond: number;
	/** Requests a second that ask after one. */
	readonly readsPerSecond: number;
	/** Numbers from 0 to 1, for the spread of retries. */
	readonly random: () => number;
}

export type Decision =
	/** Look at the recording: what it is, and whether there is a job for it already. */
	| {readonly do: 'prepare'; readonly id: number}
	/** Make a job of it. */
	| {readonly do: 'submit'; readonly id: number}
	/** Ask for the transcript; the service may hold the answer for `wait` seconds. */
	| {readonly do: 'read'; readonly id: number; readonly wait: number}
	/** Nothing until something happens, or until then (milliseconds). */
	| {readonly do: 'rest'; readonly until: number | undefined};

/** What kept a request from succeeding, where it is worth another try. */
export type Setback =
	| {readonly kind: 'too-many'; readonly retryAfter: number | undefined}
	| {readonly kind: 'outage'; readonly retryAfter: number | undefined};

/** More requests than these are not held at once: each is a connection. Enough for the jobs at once by default. */
const MOST_HELD = 128;
/** Requests that ask after a job at once, held or not: a slow service shall not be asked more and more. */
const MOST_READS = 2 * MOST_HELD;
/** The vendor asks for this after a 429. Source: docs, "Troubleshooting". */
const LEAST_PAUSE_AFTER_REFUSAL = 1000;

export class Scheduler {
	readonly #tasks = new Tasks();
	readonly #waiting = new TaskQueue(this.#tasks.all);
	readonly #ready = new TaskQueue(this.#tasks.all);
	/** By when they are to come back. */
	readonly #delayed = new TaskQueue(this.#tasks.all);
	/** By when they are to be asked after. */
	readonly #due = new TaskQueue(this.#tasks.all);
	readonly #outage = new Outage();
	readonly #submissions: Rate;
	readonly #reads: Rate;
	readonly #random: () => number;
	#limits: Limits;
	#paused = false;

	constructor({limits, submissionsPerSecond, readsPerSecond, random}: SchedulerOptions) {
		this.#limits = limits;
		this.#submissions = new Rate({perSecond: submissionsPerSecond});
		this.#reads = new Rate({perSecond: readsPerSecond});
		this.#random = random;
	}

	get size(): number {
		return this.#tasks.all.size;
	}

	get limits(): Limits {
		return this.#limits;
	}

	set limits(limits: Limits) {
		this.#limits = limits;
	}

	/** While paused nothing new is sent; what the service has is fetched. */
	get paused(): boolean {
		return this.#paused;
	}

	set paused(paused: boolean) {
		this.#paused = paused;
	}

	has(id: number): boolean {
		return this.#tasks.all.has(id);
	}

	/** A recording that waits for its turn. Higher priorities go first. */
	add(id: number, priority = 0): void {
		this.remove(id);
		this.#waiting.put(id, this.#tasks.add(id, priority), -priority);
	}

	/** There is no job for it yet: it is to be sent. */
	prepared(id: number): void {
		const task = this.#enter(id, 'ready');
		if (task !== undefined) this.#ready.put(id, task, -task.priority);
	}

	/** There is a job for it. @param expected milliseconds it will probably take */
	submitted(id: number, now: number, expected?: number): void {
		const task = this.#enter(id, 'running');
		if (task === undefined) return;
		this.#succeeded(task);
		task.since = now;
		task.polls = 0;
		this.#due.put(id, task, now + pauseBeforeFirstRead(expected, this.#canHold()));
	}

	/** The job was asked after and is not finished. @param held whether the service held the answer */
	unfinished(id: number, now: number, held: boolean): void {
		const task = this.#enter(id, 'running');
		if (task === undefined) return;
		this.#succeeded(task);
		this.#due.put(id, task, now + (held ? 0 : this.#pollPause(task, now)));
	}

	/** A request that asks was made beyond those that were decided here. */
	alsoRead(now: number): void {
		this.#reads.owe(now);
	}

	/** Failures in a row, of whatever recording; those that came together count once. */
	get outages(): number {
		return this.#outage.failures;
	}

	/** The service answered, whatever it said: there is no outage. */
	answered(): void {
		this.#outage.answered();
	}

	/**
	 * A request failed for a reason that may pass: it is tried again after a while.
	 *
	 * @returns how often in a row it has failed, since when, and when it is tried again
	 */
	failed(id: number, now: number, setback: Setback): {times: number; since: number; until: number} {
		const task = this.#tasks.all.get(id);
		if (task === undefined) return {times: 0, since: now, until: now};
		const wasReading = task.phase === 'reading';
		const wasSubmitting = task.phase === 'submitting';
		task.setbacks += 1;
		if (task.setbacks === 1) task.troubledSince = now;
		const asked = (setback.retryAfter ?? 0) * 1000;
		const until = now + Math.max(asked, this.#spread(doubled(FIRST_PAUSE, task.setbacks, LONGEST_PAUSE)));
		if (setback.kind === 'too-many') {
			const rate = wasSubmitting ? this.#submissions : this.#reads;
			rate.refused(now, now + Math.max(asked, LEAST_PAUSE_AFTER_REFUSAL));
			this.#outage.answered();
		} else this.#outage.failed(now, asked, (pause) => this.#spread(pause));
		if (wasReading) {
			this.#enter(id, 'running');
			this.#due.put(id, task, until);
		} else {
			this.#enter(id, 'waiting');
			this.#delayed.put(id, task, until);
		}
		return {
			times: task.setbacks,
			since: task.troubledSince,
			until: Math.max(until, this.#outage.closedUntil),
		};
	}

	/** It comes back later, and nothing was wrong (another recording with the same content is under way). */
	postpone(id: number, until: number): void {
		const task = this.#enter(id, 'waiting');
		if (task !== undefined) this.#delayed.put(id, task, until);
	}

	/** It is done with, however it ended. */
	remove(id: number): void {
		this.#tasks.remove(id);
		this.#outage.ends(id);
	}

	/** @param now milliseconds from an arbitrary start; never goes back */
	next(now: number): Decision {
		this.#wakeDelayed(now);
		const open = now >= this.#outage.closedUntil && !this.#outage.isProbed;
		const read = open ? this.#nextRead(now) : undefined;
		if (read !== undefined) return read;
		const submit = open ? this.#nextSubmission(now) : undefined;
		if (submit !== undefined) return submit;
		const prepare = this.#nextPreparation();
		if (prepare !== undefined) return prepare;
		return {do: 'rest', until: this.#nextMoment(now)};
	}

	#nextRead(now: number): Decision | undefined {
		const first = this.#due.first;
		if (first === undefined || first.key > now) return undefined;
		if (this.#tasks.counts.reading >= MOST_READS || !this.#reads.take(now)) return undefined;
		const id = this.#due.pop()!;
		this.#enter(id, 'reading');
		return {do: 'read', id, wait: this.#canHold() ? HOLD : 0};
	}

	#nextSubmission(now: number): Decision | undefined {
		if (!this.#maySubmit()) return undefined;
		const first = this.#ready.first;
		if (first === undefined || !this.#submissions.take(now)) return undefined;
		const id = this.#ready.pop()!;
		this.#enter(id, 'submitting');
		return {do: 'submit', id};
	}

	/** A few ahead of the uploads: reading files and sending them go on side by side. */
	#nextPreparation(): Decision | undefined {
		const {uploads} = this.#limits;
		if (this.#paused || this.#tasks.counts.preparing + this.#tasks.counts.ready >= 2 * uploads)
			return undefined;
		if (this.#waiting.first === undefined) return undefined;
		const id = this.#waiting.pop()!;
		this.#enter(id, 'preparing');
		return {do: 'prepare', id};
	}

	#maySubmit(): boolean {
		const {submitting, running, reading} = this.#tasks.counts;
		const {uploads, running: most} = this.#limits;
		return !this.#paused && submitting < uploads && submitting + running + reading < most;
	}

	#nextMoment(now: number): number | undefined {
		const moments: number[] = [];
		const due = this.#due.first;
		if (due !== undefined && this.#tasks.counts.reading < MOST_READS && !this.#outage.isProbed) {
			moments.push(Math.max(due.key, this.#reads.readyAt(now), this.#outage.closedUntil));
		}
		if (this.#maySubmit() && !this.#outage.isProbed && this.#ready.first !== undefined) {
			moments.push(Math.max(this.#submissions.readyAt(now), this.#outage.closedUntil));
		}
		const delayed = this.#delayed.first;
		if (delayed !== undefined) moments.push(delayed.key);
		return moments.length === 0 ? undefined : Math.min(...moments);
	}

	#wakeDelayed(now: number): void {
		for (;;) {
			const first = this.#delayed.first;
			if (first === undefined || first.key > now) return;
			const id = this.#delayed.pop()!;
			const task = this.#tasks.all.get(id)!;
			this.#waiting.put(id, task, -task.priority);
		}
	}

	#enter(id: number, phase: Phase): Task | undefined {
		const task = this.#tasks.enter(id, phase);
		if (task === undefined) return undefined;
		if (phase === 'submitting' || phase === 'reading') this.#outage.begins(id);
		else this.#outage.ends(id);
		return task;
	}

	#succeeded(task: Task): void {
		task.setbacks = 0;
		this.#outage.answered();
	}

	/** Held requests are the quickest and the fewest, but each is a connection: with many jobs they are asked in turn. */
	#canHold(): boolean {
		return this.#tasks.counts.running + this.#tasks.counts.reading <= MOST_HELD;
	}

	#pollPause(task: Task, now: number): number {
		const pause = pauseBetweenPolls(task.polls, now - task.since);
		task.polls += 1;
		return this.#spread(pause);
	}

	#spread(milliseconds: number): number {
		return milliseconds * (0.8 + 0.4 * this.#random());
	}
}
