/** The ledger's file: opening it, transactions, and which process holds what. */
import {hostname, uptime} from 'node:os';
import {messageOf} from '../../platform/message-of.ts';
import {processRuns} from '../../platform/process-runs.ts';
import {type Row, readRows, SqliteFile, type Value} from '../../platform/sqlite.ts';
import {LEDGER_TABLES, LEDGER_VERSION} from './schema.ts';

/** A process on another machine that has not been seen for so long is gone. Milliseconds. */
const LOST_AFTER = 60_000;

/** The ledger cannot be opened or written. Its message is one sentence. */
export class LedgerError extends Error {
	override readonly name = 'LedgerError';
}

export class LedgerDatabase {
	/** The number of this process among those that work with the ledger. */
	readonly run: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly #file: SqliteFile;

	/**
	 * @param path of the file, or `:memory:` for one that ends with the process
	 * @throws LedgerError where it cannot be opened, or a newer program made it
	 */
	constructor(path: string, now: () => number) {
		this.now = now;
		try {
			this.#file = new SqliteFile(path, 'full');
			this.#prepareTables(path);
			this.run = Number(
				this.change('insert into runs (pid, host, seen_at) values (?, ?, ?)', [
					process.pid,
					hostname(),
					now(),
				]).lastInsertRowid,
			);
		} catch (error) {
			if (error instanceof LedgerError) throw error;
			throw new LedgerError(`The ledger ${path} cannot be opened: ${messageOf(error)}`);
		}
	}

	rows(sql: string, values: readonly Value[]): Row[] {
		return this.#file.rows(sql, values);
	}

	change(sql: string, values: readonly Value[]): {lastInsertRowid: number | bigint} {
		return this.#file.change(sql, values);
	}

	/** Does all of it or, when it throws, nothing. Inside another one it is a part of that. */
	together<Result>(work: () => Result): Result {
		return this.#file.together(work);
	}

	/** Takes down that this process is alive, for processes on other machines that share the file. */
	beat(): void {
		this.change('update runs set seen_at = ? where id = ?', [this.now(), this.run]);
	}

	/** Whether a run is another process's, and that one is alive. */
	isElsewhere(run: unknown): boolean {
		if (run === null || run === undefined || run === this.run) return false;
		const [other] = this.rows('select pid, host, seen_at from runs where id = ?', [run as number]);
		if (other === undefined) return false;
		const {pid, host, seen_at: seenAt} = other as {pid: number; host: string; seen_at: number};
		// A machine that slept makes `seen_at` old; of its own processes the system knows better.
		if (host === hostname()) return pid !== process.pid && !this.#isBeforeStart(seenAt) && processRuns(pid);
		return this.now() - seenAt < LOST_AFTER;
	}

	/** Numbers of processes are given again after the machine was started anew. */
	#isBeforeStart(seenAt: number): boolean {
		return seenAt < this.now() - uptime() * 1000 - LOST_AFTER;
	}

	/** Gives what this process holds back to whoever comes next. */
	close(): void {
		try {
			this.together(() => {
				this.change('update recordings set run = null where run = ?', [this.run]);
				this.change('update jobs set run = null where run = ?', [this.run]);
				this.change('delete from runs where id = ?', [this.run]);
			});
		} finally {
			this.#file.close();
		}
	}

	#prepareTables(path: string): void {
		this.together(() => {
			const version = Number(this.rows('pragma user_version', [])[0]?.user_version ?? 0);
			if (version > LEDGER_VERSION) {
				throw new LedgerError(
					`The ledger ${path} was made by a newer speechdeck: update this one, or move that file away`,
				);
			}
			if (version === 0) this.#file.execute(`${LEDGER_TABLES}; pragma user_version = ${LEDGER_VERSION}`);
		});
	}
}

/**
 * Rows of a ledger, for whoever is not one of those who work with it.
 *
 * @param path of a ledger that is there
 * @throws LedgerError where it cannot be read
 */
export function lookInto<Result>(
	path: string,
	sql: string,
	values: readonly Value[],
	resultOf: (row: Row) => Result,
): Result[] {
	try {
		return readRows(path, sql, values).map(resultOf);
	} catch (error) {
		throw new LedgerError(`The ledger ${path} cannot be read: ${messageOf(error)}`);
	}
}
