/** The file of the history's index: opened, or made anew where it is of no use. */
import {chmodSync, closeSync, openSync, rmSync} from 'node:fs';
import {dirname} from 'node:path';
import {DatabaseSync, type StatementSync} from 'node:sqlite';
import {makeFolder} from '../platform/folders.ts';
import {messageOf} from '../platform/message-of.ts';
import {isOpenToOthers} from '../platform/private-file.ts';
import {HISTORY_TABLE_NAMES, HISTORY_TABLES, HISTORY_VERSION} from './schema.ts';

/** The history cannot be read or brought up to date. Its message is one sentence. */
export class HistoryError extends Error {
	override readonly name = 'HistoryError';
}

export type Value = string | number | null;
export type Row = Record<string, unknown>;

/** SQLite's CORRUPT and NOTADB. Source: sqlite.org, "Result and Error Codes". */
const DAMAGED = [11, 26];
/** Where the runtime does not pass the number on. */
const DAMAGED_TEXT = /malformed|not a database|vtable constructor failed/;

export const isDamaged = (error: unknown) =>
	DAMAGED.includes((error as {errcode?: number}).errcode ?? 0) || DAMAGED_TEXT.test(messageOf(error));

export class HistoryDatabase {
	readonly path: string;
	#database!: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();

	/**
	 * @param onRenewed is told in a sentence why an index that was there is made anew
	 * @throws HistoryError where it cannot be made
	 */
	constructor(path: string, onRenewed: (reason: string) => void) {
		this.path = path;
		try {
			this.#open();
			this.#prepare(onRenewed);
		} catch (error) {
			if (!isDamaged(error)) throw unusable(path, error);
			onRenewed('The index of the history was damaged: it is made anew.');
			this.renew();
		}
	}

	rows(sql: string, values: readonly Value[] = []): Row[] {
		return this.#statement(sql).all(...values) as Row[];
	}

	change(sql: string, values: readonly Value[] = []): {lastInsertRowid: number | bigint} {
		return this.#statement(sql).run(...values);
	}

	/** Does all of it or, when it throws, nothing. Waits for another process that writes. */
	together<Result>(work: () => Result): Result {
		this.#database.exec('begin immediate');
		try {
			const result = work();
			this.#database.exec('commit');
			return result;
		} catch (error) {
			this.#rollBack();
			throw error;
		}
	}

	/** Throws everything away. @throws HistoryError where it cannot be made anew */
	renew(): void {
		try {
			this.together(() => this.#makeTables());
		} catch {
			// Its own file is beyond repair.
			this.close();
			try {
				for (const ending of ['', '-wal', '-shm']) rmSync(this.path + ending, {force: true});
				this.#open();
				this.together(() => this.#makeTables());
			} catch (error) {
				throw unusable(this.path, error);
			}
		}
	}

	close(): void {
		this.#statements.clear();
		try {
			this.#database?.close();
		} catch {
			// It is closed already.
		}
	}

	#open(): void {
		makeFolder(dirname(this.path));
		// The files that SQLite puts beside it get the same rights.
		closeSync(openSync(this.path, 'a', 0o600));
		if (isOpenToOthers(this.path)) chmodSync(this.path, 0o600);
		this.#database = new DatabaseSync(this.path);
		// What is lost with the power is read again.
		this.#database.exec(
			'pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = normal',
		);
	}

	#prepare(onRenewed: (reason: string) => void): void {
		this.together(() => {
			const version = Number(this.rows('pragma user_version')[0]?.user_version ?? 0);
			if (version === HISTORY_VERSION) return;
			if (version > 0) {
				onRenewed('The index of the history was made by another version of speechdeck: it is made anew.');
			}
			this.#makeTables();
		});
		// Reading it shows damage that opening does not.
		this.rows('select rowid from passages limit 1');
	}

	#makeTables(): void {
		this.#statements.clear();
		for (const table of HISTORY_TABLE_NAMES) this.#database.exec(`drop table if exists ${table}`);
		this.#database.exec(`${HISTORY_TABLES}; pragma user_version = ${HISTORY_VERSION}`);
	}

	#rollBack(): void {
		try {
			this.#database.exec('rollback');
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

const unusable = (path: string, error: unknown) =>
	error instanceof HistoryError
		? error
		: new HistoryError(
				/no such module: fts5/.test(messageOf(error))
					? 'The history cannot be searched here: the SQLite of this runtime has no full-text search (FTS5)'
					: `The index of the history, ${path}, cannot be used: ${messageOf(error)}`,
			);
