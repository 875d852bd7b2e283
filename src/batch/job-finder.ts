/** Finds jobs by the reference they were given, after a submission of which nobody knows whether it arrived. */
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {Job} from '../speechmatics/batch-options.ts';
import {referenceIn} from './reference.ts';

/** Clocks may differ by a wrong time zone; the list is read so much further back. Milliseconds. */
const MARGIN = 26 * 3_600_000;

interface Question {
	readonly reference: string;
	/** Milliseconds since 1970. */
	readonly since: number;
	readonly answer: (job: Job | undefined) => void;
	readonly fail: (error: unknown) => void;
}

export class JobFinder {
	readonly #client: Pick<BatchClient, 'listAllJobs'>;
	readonly #signal: AbortSignal;
	readonly #wallClock: () => number;
	#questions: Question[] = [];

	/** @param wallClock milliseconds since 1970 */
	constructor(client: Pick<BatchClient, 'listAllJobs'>, signal: AbortSignal, wallClock: () => number) {
		this.#client = client;
		this.#signal = signal;
		this.#wallClock = wallClock;
	}

	/**
	 * Reads the list of jobs, newest first, once for all who ask at the same moment.
	 *
	 * @param since when the job would have been made at the earliest, milliseconds since 1970
	 * @throws what the client throws
	 */
	find(reference: string, since: number): Promise<Job | undefined> {
		return new Promise((answer, fail) => {
			this.#questions.push({reference, since, answer, fail});
			if (this.#questions.length === 1) setImmediate(() => void this.#ask());
		});
	}

	async #ask(): Promise<void> {
		const questions = this.#questions;
		this.#questions = [];
		const wanted = Map.groupBy(questions, ({reference}) => reference);
		const since = Math.min(...questions.map((question) => question.since));
		// A clock that was set back since would tell to stop too soon: the list is then read to its end.
		let earliest = since > this.#wallClock() ? undefined : since - MARGIN;
		let isFirst = true;
		try {
			for await (const job of this.#client.listAllJobs({signal: this.#signal})) {
				const isOlder = earliest !== undefined && Date.parse(job.created_at ?? '') < earliest;
				// So is a clock that was ahead, by which even the newest job looks old.
				if (isOlder && isFirst) earliest = undefined;
				else if (isOlder) break;
				isFirst = false;
				const reference = referenceIn(job) ?? '';
				for (const {answer} of wanted.get(reference) ?? []) answer(job);
				wanted.delete(reference);
				if (wanted.size === 0) return;
			}
			for (const {answer} of [...wanted.values()].flat()) answer(undefined);
		} catch (error) {
			for (const {fail} of [...wanted.values()].flat()) fail(error);
		}
	}
}
