/** Which recordings the user wants, how far each is, and what was written for it. */
import type {FailureCause} from '../events.ts';
import type {LedgerDatabase} from './database.ts';
import {type Order, type RecordingRecord, recordingRecord} from './records.ts';

/** A recording that was noted. */
export interface Wanted {
	readonly id: number;
	/** Of the job it had before, if any. */
	readonly reference: string | undefined;
	/** Whether it was done before, with the same outputs asked for. */
	readonly wasDone: boolean;
}

export class RecordingLedger {
	readonly #database: LedgerDatabase;

	constructor(database: LedgerDatabase) {
		this.#database = database;
	}

	/**
	 * Notes recordings as wanted, all or none. One that was noted before for the same config is wanted again.
	 *
	 * @returns in the order of `orders`; `undefined` where another process that is alive works at it
	 */
	want(orders: readonly Order[]): Array<Wanted | undefined> {
		return this.#database.together(() => orders.map((order) => this.#want(order)));
	}

	#want(order: Order): Wanted | undefined {
		const {account, source, configHash} = order;
		const delivery = JSON.stringify(order.delivery);
		const [known] = this.#database.rows(
			'select run, state, delivery from recordings where account = ? and source = ? and config_hash = ?',
			[account, source, configHash],
		);
		if (known?.state === 'pending' && this.#database.isElsewhere(known.run)) return undefined;
		const values = {
			account,
			source,
			config_hash: configHash,
			file: order.file,
			kind: order.kind,
			name: order.name,
			size: order.size ?? null,
			seconds: order.seconds ?? null,
			transcode: order.transcode ? 1 : 0,
			config: JSON.stringify(order.config),
			delivery,
			priority: order.priority,
			run: this.#database.run,
			added_at: this.#database.now(),
		};
		const names = Object.keys(values);
		const [row] = this.#database.rows(
			`insert into recordings (${names.join(', ')}, state) values (${names.map(() => '?').join(', ')}, 'pending')
			on conflict (account, source, config_hash) do update set
				${names.map((name) => `${name} = excluded.${name}`).join(', ')},
				state = 'pending', cause = null, reason = null
			returning id, reference`,
			Object.values(values),
		);
		return {
			id: row!.id as number,
			reference: (row!.reference ?? undefined) as string | undefined,
			wasDone: known?.state === 'done' && known.delivery === delivery,
		};
	}

	/**
	 * Takes over what processes that are gone left undone: waiting recordings, jobs without their outputs, and failures that
	 * another try may mend.
	 *
	 * @param submitted whether recordings that were left at the service on purpose (`--no-wait`) are taken too
	 */
	takeOver(account: string, {submitted}: {submitted: boolean}): RecordingRecord[] {
		return this.#database.together(() => {
			const rows = this.#database
				.rows(
					`select * from recordings where account = ? and (state = 'pending'
					or (state = 'submitted' and ?)
					or (state = 'failed' and cause in ('interrupted', 'output', 'service')
						and not exists (select 1 from jobs where jobs.account = recordings.account
							and jobs.reference = recordings.reference and jobs.state in ('rejected', 'gone'))))
				order by priority desc, id`,
					[account, submitted ? 1 : 0],
				)
				.filter((row) => !this.#database.isElsewhere(row.run));
			for (const {id} of rows) {
				this.#database.change(
					`update recordings set state = 'pending', cause = null, reason = null, run = ? where id = ?`,
					[this.#database.run, id as number],
				);
			}
			return rows.map(recordingRecord);
		});
	}

	/** How many recordings `takeOver` would take. */
	countLeft(account: string): number {
		const rows = this.#database.rows(`select run from recordings where account = ? and state = 'pending'`, [
			account,
		]);
		return rows.filter(({run}) => !this.#database.isElsewhere(run)).length;
	}

	settle(
		recording: number,
		state: 'submitted' | 'done' | 'failed' | 'cancelled',
		{reason, cause}: {reason?: string; cause?: FailureCause} = {},
	): void {
		this.#database.change('update recordings set state = ?, reason = ?, cause = ?, run = null where id = ?', [
			state,
			reason ?? null,
			cause ?? null,
			recording,
		]);
	}

	/** Says which job a recording belongs to. */
	assign(recording: number, reference: string): void {
		this.#database.change('update recordings set reference = ? where id = ?', [reference, recording]);
	}

	withId(id: number): RecordingRecord | undefined {
		return this.#database.rows('select * from recordings where id = ?', [id]).map(recordingRecord)[0];
	}

	/** A recording by what it is and what is asked of it; quick, however many there are. */
	ofSource(account: string, source: string, configHash: string): RecordingRecord | undefined {
		return this.#database
			.rows('select * from recordings where account = ? and source = ? and config_hash = ?', [
				account,
				source,
				configHash,
			])
			.map(recordingRecord)[0];
	}

	/** What belongs to a job: its recordings, those of every folder it lies in. */
	ofJob(account: string, reference: string): RecordingRecord[] {
		return this.#database
			.rows('select * from recordings where account = ? and reference = ?', [account, reference])
			.map(recordingRecord);
	}

	/** @param outputs by path, the SHA-256 of what was written */
	wrote(recording: number, outputs: ReadonlyMap<string, string>): void {
		this.#database.together(() => {
			for (const [path, hash] of outputs) {
				this.#database.change('insert or replace into outputs (path, recording, hash) values (?, ?, ?)', [
					path,
					recording,
					hash,
				]);
			}
		});
	}

	/** What was written for a recording: by path, the SHA-256 it had. */
	outputsOf(recording: number): Map<string, string> {
		const rows = this.#database.rows('select path, hash from outputs where recording = ?', [recording]);
		return new Map(rows.map(({path, hash}) => [path as string, hash as string]));
	}

	/** Whether a file is known as something that was written for a recording. */
	isOutput(path: string): boolean {
		return this.#database.rows('select 1 from outputs where path = ?', [path]).length > 0;
	}

	forgetOutputs(recording: number): void {
		this.#database.change('delete from outputs where recording = ?', [recording]);
	}
}
