/** A file of SQLite: its statements, each prepared once, and its transactions. */
import {DatabaseSync, type StatementSync} from 'node:sqlite';

export type Value = string | number | null;
export type Row = Record<string, unknown>;

/** Milliseconds for which another process that writes is waited for. */
const PATIENCE = 10_000;

export class SqliteFile {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();
	#isTogether = false;

	/**
	 * @param path of the file, which is made where there is none, or `:memory:` for one that ends with the process
	 * @param synchronous `full`: what was written outlives a loss of power. `normal`: the last of it may not.
	 * Source: sqlite.org, "PRAGMA synchronous"
	 * @throws Error where it cannot be opened
	 */
	constructor(path: string, synchronous: 'full' | 'normal') {
		this.#database = new DatabaseSync(path);
		try {
			this.execute(
				`pragma busy_timeout = ${PATIENCE}; pragma journal_mode = wal; pragma synchronous = ${synchronous}`,
			);
		} catch (error) {
			this.close();
			throw error;
		}
	}

	rows(sql: string, values: readonly Value[] = []): Row[] {
		return this.#statement(sql).all(...values) as Row[];
	}

	change(sql: string, values: readonly Value[] = []): {lastInsertRowid: number | bigint} {
		return this.#statement(sql).run(...values);
	}

	/** For what is done once, such as making a table. @param sql one statement or more */
	execute(sql: string): void {
		this.#database.exec(sql);
	}

	/** Does all of it or, when it throws, nothing. Waits for another process that writes. Inside another one it is a part of that. */
	together<Result>(work: () => Result): Result {
		if (this.#isTogether) return work();
		this.execute('begin immediate');
		this.#isTogether = true;
		try {
			const result = work();
			this.execute('commit');
			return result;
		} catch (error) {
			this.#rollBack();
			throw error;
		} finally {
			this.#isTogether = false;
		}
	}

	/** Also where it is closed already. */
	close(): void {
		this.#statements.clear();
		if (this.#database.isOpen) this.#database.close();
	}

	#rollBack(): void {
		try {
			this.execute('rollback');
		} catch {
			// Damage has ended the transaction by itself.
		}
	}

	#statement(sql: string): StatementSync {
		let statement = this.#statements.get(sql);
		if (statement === undefined) {
			statement = this.#database.prepare(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}

/** Rows of a file that is there, which is only read. @throws Error where it cannot be */
export function readRows(path: string, sql: string, values: readonly Value[] = []): Row[] {
	const database = new DatabaseSync(path, {readOnly: true});
	try {
		return database.prepare(sql).all(...values) as Row[];
	} finally {
		database.close();
	}
}
