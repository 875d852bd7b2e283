/**
 * The batch engine: carries out what the scheduler decides, and tells the ledger before anything that cannot be repeated.
 * Lives as long as the table it works for.
 */
import {AccountEstimates} from './account-estimates.ts';
import {type Active, ActiveRecordings, Ended, isCancelled} from './active-recordings.ts';
import {Alarm} from './alarm.ts';
import {failed, queued} from './engine-events.ts';
import type {EngineOptions} from './engine-options.ts';
import {JobFinder} from './job-finder.ts';
import type {Outcome} from './job-outcome.ts';
import {JobSteps} from './job-steps.ts';
import {attempt} from './ledger/attempt.ts';
import {Heartbeat} from './ledger/heartbeat.ts';
import type {Order, RecordingRecord} from './ledger/records.ts';
import {type Limits, Scheduler} from './scheduler.ts';
import {type Step, StepResults} from './step-results.ts';

export type {EngineOptions} from './engine-options.ts';

/** Milliseconds. */
const SETTLE_TIME = 2000;

export class BatchEngine {
	readonly #options: EngineOptions;
	readonly #scheduler: Scheduler;
	readonly #active: ActiveRecordings;
	readonly #results: StepResults;
	readonly #orders = new Map<string, Order>();
	readonly #finder: JobFinder;
	readonly #closed = new AbortController();
	readonly #estimates: AccountEstimates;
	readonly #alarm: Alarm;
	readonly #heartbeat: Heartbeat;
	#idle: Array<() => void> = [];
	/** Steps, and deletions of jobs. */
	#underWay = 0;
	#stopped = false;

	constructor(options: EngineOptions) {
		this.#options = options;
		const {limits, rates, random = Math.random} = options;
		this.#scheduler = new Scheduler({
			limits,
			submissionsPerSecond: rates.submissions,
			readsPerSecond: rates.reads,
			random,
		});
		this.#active = new ActiveRecordings(this.#scheduler);
		this.#results = new StepResults(options, this.#active, this.#scheduler);
		this.#estimates = new AccountEstimates(options.ledger);
		this.#alarm = new Alarm(options.clock, () => this.#work());
		this.#heartbeat = new Heartbeat(options.ledger);
		this.#finder = new JobFinder(options.client, this.#closed.signal, options.wallClock ?? Date.now);
	}

	/** Recordings that wait or are under way. */
	get unfinished(): number {
		return this.#active.size;
	}

	get limits(): Limits {
		return this.#scheduler.limits;
	}

	set limits(limits: Limits) {
		this.#scheduler.limits = limits;
		this.#work();
	}

	/** While paused nothing new is sent; what the service has is fetched. */
	get paused(): boolean {
		return this.#scheduler.paused;
	}

	set paused(paused: boolean) {
		this.#scheduler.paused = paused;
		this.#work();
	}

	/**
	 * Puts recordings into the table; those that wait or are under way are left as they are.
	 *
	 * @param options.force make new jobs although there are transcripts
	 * @throws LedgerError, or the database's error, where the ledger cannot be written
	 */
	add(orders: readonly Order[], {force = false}: {force?: boolean} = {}): void {
		const fresh = this.#active.freshOf(orders);
		for (const [index, wanted] of this.#options.ledger.recordings.want(fresh).entries()) {
			const order = fresh[index]!;
			this.#orders.set(order.file, order);
			if (wanted === undefined) {
				this.#options.emit(queued(order));
				this.#options.emit(failed(order.file, 'another speechdeck is working at it', 'input'));
				continue;
			}
			this.#begin(
				{...order, ...wanted, state: 'pending', reason: undefined},
				{force, wasDone: wanted.wasDone},
			);
		}
		this.#work();
	}

	/** Reports what the user named and cannot be sent. */
	refuse(file: string, reason: string): void {
		this.#options.emit(failed(file, reason, 'input'));
	}

	/** Goes on with recordings that an earlier run left undone. */
	resume(recordings: readonly RecordingRecord[]): void {
		for (const recording of recordings) {
			this.#orders.set(recording.file, recording);
			if (this.#active.freshOf([recording]).length > 0) {
				this.#begin(recording, {force: false, wasDone: false});
			}
		}
		this.#work();
	}

	/** Puts a recording into the table again, after a failure; what was paid for is not paid for again. */
	retry(file: string, options: {force?: boolean} = {}): void {
		const order = this.#orders.get(file);
		if (order !== undefined) this.add([order], options);
	}

	/** Takes a recording out, and deletes the job it may have at the service. */
	cancel(file: string): void {
		const active = this.#active.withFile(file);
		if (active === undefined) return;
		active.end.abort(new Ended('cancelled'));
		attempt(() => this.#options.ledger.recordings.settle(active.recording.id, 'cancelled'));
		this.#options.emit({type: 'cancelled', file, ...(active.jobId !== undefined && {jobId: active.jobId})});
		if (this.#active.followersOf(active).length === 0) void this.#abandon(active);
		this.#active.drop(active);
		this.#work();
	}

	/** Deletes the job of a recording that was cancelled, once it is known whether there is one. */
	async #abandon(active: Active): Promise<void> {
		this.#underWay += 1;
		try {
			// A step may be in the middle of beginning.
			await Promise.resolve();
			await active.step;
			await active.steps.abandon();
		} catch {
			// It stays until the service forgets it.
		} finally {
			this.#underWay -= 1;
			this.#active.letGo(active);
			this.#work();
		}
	}

	/** Sends nothing more. Jobs that were made go on at the service; the next run goes on with them. */
	stop(): void {
		this.#stopped = true;
		for (const active of this.#active.all()) {
			active.end.abort(new Ended('interrupted'));
			this.#options.emit(failed(active.recording.file, 'interrupted', 'interrupted', active.jobId));
			this.#active.drop(active);
		}
		this.#closed.abort(new Ended('interrupted'));
		this.#work();
	}

	/** Resolves when nothing waits and nothing is under way: the ledger is then no longer needed. */
	async settled(): Promise<void> {
		if (this.unfinished > 0 || this.#underWay > 0)
			await new Promise<void>((resolve) => this.#idle.push(resolve));
	}

	#begin(recording: RecordingRecord, {force, wasDone}: {force: boolean; wasDone: boolean}): void {
		this.#options.emit(queued(recording));
		if (this.#stopped) {
			this.#options.emit(failed(recording.file, 'interrupted', 'interrupted'));
			return;
		}
		const end = new AbortController();
		const steps = new JobSteps(recording, {
			...this.#options,
			// What was ended has its last event behind it.
			emit: (event) => {
				if (!end.signal.aborted) this.#options.emit(event);
			},
			finder: this.#finder,
			settleTime: this.#options.settleTime ?? SETTLE_TIME,
			wallClock: this.#options.wallClock ?? Date.now,
			estimates: this.#estimates.of(recording.account),
			signal: end.signal,
			isForced: force,
			wasDone,
			onJob: (jobId) => {
				active.jobId = jobId;
			},
			onRequest: () => this.#scheduler.alsoRead(this.#options.clock.now()),
			closed: this.#closed.signal,
		});
		const active: Active = {recording, end, steps};
		this.#active.add(active);
	}

	/** Does what the scheduler decides until it says to rest. */
	#work(): void {
		if (this.#active.size === 0) {
			this.#alarm.set(undefined);
			this.#heartbeat.stop();
			if (this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
			return;
		}
		this.#heartbeat.start();
		for (;;) {
			const decision = this.#scheduler.next(this.#options.clock.now());
			if (decision.do === 'rest') {
				this.#alarm.set(decision.until);
				return;
			}
			const active = this.#active.withId(decision.id);
			if (active === undefined) this.#scheduler.remove(decision.id);
			else active.step = this.#carryOut(active, decision);
		}
	}

	async #carryOut(active: Active, step: Step): Promise<void> {
		const {end} = active;
		this.#underWay += 1;
		try {
			const outcome = await this.#outcomeOf(active, step);
			if (end.signal.aborted) return;
			this.#results.take(active, step.do, outcome);
		} catch (error) {
			if (end.signal.aborted) return;
			this.#results.takeFailure(active, error);
		} finally {
			this.#underWay -= 1;
			active.step = undefined;
			// Who is cancelled is let go when its job is deleted.
			if (!this.#active.has(active) && !isCancelled(active)) this.#active.letGo(active);
			this.#work();
		}
	}

	async #outcomeOf({steps, recording, end}: Active, step: Step): Promise<Outcome> {
		switch (step.do) {
			case 'prepare': {
				const base = await steps.identify();
				// Who was ended meanwhile must not lead: nobody would take that back.
				end.signal.throwIfAborted();
				if (!this.#active.sharing.lead(base, recording.id)) return {is: 'following', base};
				return steps.prepare();
			}
			case 'submit':
				return steps.submit();
			case 'read':
				return steps.read(step.wait);
		}
	}
}
