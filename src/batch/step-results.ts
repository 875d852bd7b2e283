/** What the end of a step means: what comes next for its recording, and for those that wait for the same transcript. */
import {messageOf} from '../platform/message-of.ts';
import {JobRejectedError, ResponseError} from '../speechmatics/errors.ts';
import {type Active, type ActiveRecordings, Ended} from './active-recordings.ts';
import {failed} from './engine-events.ts';
import type {EngineOptions} from './engine-options.ts';
import type {Outcome} from './job-outcome.ts';
import {attempt} from './ledger/attempt.ts';
import {isForAll, isWorthAnotherTry} from './patience.ts';
import type {Decision, Scheduler, Setback} from './scheduler.ts';
import {causeOf, setbackOf} from './setback.ts';

/** What the scheduler decided to do for a recording. */
export type Step = Exclude<Decision, {do: 'rest'}>;

/** How soon a recording is looked at again that another process works at. */
const ELSEWHERE_PAUSE = 3000;

export class StepResults {
	readonly #options: Pick<EngineOptions, 'ledger' | 'emit' | 'clock'>;
	readonly #active: ActiveRecordings;
	readonly #scheduler: Scheduler;
	#hasAnswered = false;

	constructor(
		options: Pick<EngineOptions, 'ledger' | 'emit' | 'clock'>,
		active: ActiveRecordings,
		scheduler: Scheduler,
	) {
		this.#options = options;
		this.#active = active;
		this.#scheduler = scheduler;
	}

	/**
	 * Takes what came of a step.
	 *
	 * @param step what it was
	 */
	take(active: Active, step: Step['do'], outcome: Outcome): void {
		// Preparing asks the service nothing, but for looking up what may be there.
		this.#hasAnswered ||= step !== 'prepare' || outcome.is === 'look again';
		const {recording} = active;
		const {id} = recording;
		const now = this.#options.clock.now();
		switch (outcome.is) {
			case 'ready':
				this.#scheduler.prepared(id);
				this.#options.emit({type: 'waiting', file: recording.file});
				break;
			case 'running':
				this.#scheduler.submitted(id, now, outcome.expectedMilliseconds);
				break;
			case 'unfinished':
				this.#scheduler.unfinished(id, now, outcome.wasHeld);
				break;
			case 'following':
				// Another recording with the same content is under way: its transcript will do for both.
				this.#options.emit({type: 'waiting', file: recording.file});
				if (this.#active.sharing.follow(outcome.base, id)) this.#scheduler.remove(id);
				else this.#scheduler.postpone(id, now);
				break;
			case 'elsewhere':
				this.#scheduler.postpone(id, now + ELSEWHERE_PAUSE);
				break;
			case 'look again':
				this.#scheduler.postpone(id, now + outcome.inMilliseconds);
				break;
			case 'left':
				this.#options.ledger.recordings.settle(id, 'submitted');
				this.#options.emit({type: 'left', file: recording.file, jobId: outcome.jobId});
				for (const follower of this.#active.followersOf(active)) follower.steps.share();
				this.#active.drop(active);
				break;
			case 'done':
				this.#options.emit(outcome.event);
				for (const follower of this.#active.followersOf(active)) follower.steps.share();
				this.#active.drop(active);
				break;
		}
	}

	/** Takes what a step failed with: it is tried again, or it is the end of its recording, or of all. */
	takeFailure(active: Active, error: unknown): void {
		const setback = setbackOf(error);
		if (error instanceof ResponseError && error.status < 500) {
			this.#hasAnswered = true;
			this.#scheduler.answered();
		}
		if (setback !== undefined && this.#triesAgain(active, error, setback)) return;
		// What the service cannot transcribe, it cannot under another name.
		const alike = error instanceof JobRejectedError ? this.#active.followersOf(active) : [];
		const all = isForAll(error, setback, this.#hasAnswered) ? [...this.#active.all()] : [...alike, active];
		for (const each of all) {
			if (each !== active) each.end.abort(new Ended('interrupted'));
			this.#fail(each, error);
			if (alike.includes(each)) attempt(() => this.#shareRejection(active, each));
			this.#active.drop(each);
		}
	}

	#triesAgain({recording: {id, file}}: Active, error: unknown, setback: Setback): boolean {
		const {clock, emit} = this.#options;
		const {times, since, until} = this.#scheduler.failed(id, clock.now(), setback);
		const trouble = {
			times,
			lasting: clock.now() - since,
			outages: this.#scheduler.outages,
			hasAnswered: this.#hasAnswered,
		};
		if (!isWorthAnotherTry(setback, trouble)) return false;
		const inSeconds = Math.max(0, until - clock.now()) / 1000;
		emit({type: 'retrying', file, reason: messageOf(error), times, inSeconds});
		return true;
	}

	#fail({recording: {id, file}, jobId}: Active, error: unknown): void {
		const reason = messageOf(error);
		const cause = causeOf(error);
		attempt(() => this.#options.ledger.recordings.settle(id, 'failed', {reason, cause}));
		this.#options.emit(failed(file, reason, cause, jobId));
	}

	#shareRejection(from: Active, to: Active): void {
		const {reference} = this.#options.ledger.recordings.withId(from.recording.id) ?? {};
		if (reference !== undefined) this.#options.ledger.recordings.assign(to.recording.id, reference);
	}
}
