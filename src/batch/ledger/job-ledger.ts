/** Which jobs were asked of the service, noted before they are asked for, and what became of them. */
import {attemptOf, baseOf} from '../reference.ts';
import type {LedgerDatabase} from './database.ts';
import {type IntendedJob, type JobRecord, jobRecord, type Order} from './records.ts';

export class JobLedger {
	readonly #database: LedgerDatabase;

	constructor(database: LedgerDatabase) {
		this.#database = database;
	}

	/** The latest job for a content and a config. */
	latest(account: string, base: string): JobRecord | undefined {
		const rows = this.#database.rows(
			'select * from jobs where account = ? and base = ? order by attempt desc limit 1',
			[account, base],
		);
		return rows.map(jobRecord)[0];
	}

	withReference(account: string, reference: string): JobRecord | undefined {
		return this.#database
			.rows('select * from jobs where account = ? and reference = ?', [account, reference])
			.map(jobRecord)[0];
	}

	/** A job by the service's own name for it. */
	withId(account: string, jobId: string): JobRecord | undefined {
		return this.#database
			.rows('select * from jobs where account = ? and job_id = ?', [account, jobId])
			.map(jobRecord)[0];
	}

	/** Whether a job is in the hands of another process that is alive. */
	isElsewhere({run}: JobRecord): boolean {
		return this.#database.isElsewhere(run);
	}

	/**
	 * Notes that a job is about to be asked for, before anything is sent.
	 *
	 * @returns false where another process has just done the same
	 */
	submitting(job: IntendedJob): boolean {
		return this.#database.together(() => {
			const known = this.withReference(job.account, job.reference);
			if (known !== undefined && this.isElsewhere(known)) return false;
			this.#database.change(
				`insert into jobs (account, reference, base, attempt, content, config_hash, size, state, tries, model, language,
					audio_seconds, run, submitting_at)
				values (?, ?, ?, ?, ?, ?, ?, 'submitting', 1, ?, ?, ?, ?, ?)
				on conflict (account, reference) do update set state = 'submitting', tries = tries + 1, run = excluded.run,
					submitting_at = excluded.submitting_at`,
				[
					job.account,
					job.reference,
					job.base,
					job.attempt,
					job.content,
					job.configHash,
					job.size ?? null,
					job.model ?? null,
					job.language ?? null,
					job.audioSeconds ?? null,
					this.#database.run,
					this.#database.now(),
				],
			);
			return true;
		});
	}

	/** Notes a job that another machine has made. */
	adopt({account, configHash, config, seconds}: Order, reference: string, jobId: string): void {
		const {model, language} = config.transcription_config;
		this.#database.change(
			`insert or ignore into jobs (account, reference, base, attempt, content, config_hash, state, job_id, model,
				language, audio_seconds, submitting_at, submitted_at)
			values (?, ?, ?, ?, '', ?, 'submitted', ?, ?, ?, ?, ?, ?)`,
			[
				account,
				reference,
				baseOf(reference),
				attemptOf(reference),
				configHash,
				jobId,
				model ?? null,
				language,
				seconds ?? null,
				this.#database.now(),
				this.#database.now(),
			],
		);
	}

	/** Takes a job into this process's hands. @returns false where another process has it */
	claim(account: string, reference: string): boolean {
		return this.#database.together(() => {
			const known = this.withReference(account, reference);
			if (known === undefined || this.isElsewhere(known)) return false;
			this.#database.change('update jobs set run = ? where account = ? and reference = ?', [
				this.#database.run,
				account,
				reference,
			]);
			return true;
		});
	}

	/** Notes that the service refused to make the job; where it was not tried before, there is none. */
	notSubmitted(account: string, reference: string): void {
		this.#database.change(
			`delete from jobs where account = ? and reference = ? and state = 'submitting' and tries = 1`,
			[account, reference],
		);
	}

	submitted(account: string, reference: string, jobId: string, requestId?: string): void {
		this.#database.change(
			`update jobs set state = 'submitted', job_id = ?, submitted_at = ?,
				request_ids = json_insert(request_ids, '$[#]', ?) where account = ? and reference = ?`,
			[jobId, this.#database.now(), requestId ?? null, account, reference],
		);
	}

	/**
	 * Notes that the transcript is saved here.
	 *
	 * @param measured seconds of audio as the service counts them, and seconds it took
	 */
	fetched(
		account: string,
		reference: string,
		measured: {audioSeconds: number | undefined; processingSeconds: number | undefined},
	): void {
		this.#database.change(
			`update jobs set state = 'fetched', fetched_at = ?, audio_seconds = coalesce(?, audio_seconds),
				processing_seconds = coalesce(?, processing_seconds), run = null where account = ? and reference = ?`,
			[
				this.#database.now(),
				measured.audioSeconds ?? null,
				measured.processingSeconds ?? null,
				account,
				reference,
			],
		);
	}

	/** Notes that nothing will come of a job. */
	ended(account: string, reference: string, state: 'rejected' | 'gone'): void {
		this.#database.change('update jobs set state = ?, run = null where account = ? and reference = ?', [
			state,
			account,
			reference,
		]);
	}

	/** Lets go of a job that goes on at the service. */
	release(account: string, reference: string): void {
		this.#database.change('update jobs set run = null where account = ? and reference = ?', [
			account,
			reference,
		]);
	}

	/** What earlier jobs took, newest first, for estimates. */
	measured(account: string, limit: number): JobRecord[] {
		return this.#database
			.rows(
				`select * from jobs where account = ? and processing_seconds is not null and audio_seconds > 0
			order by fetched_at desc limit ?`,
				[account, limit],
			)
			.map(jobRecord);
	}
}
