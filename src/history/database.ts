/** The file of the history's index: opened, or made anew where it is of no use. */
import {chmodSync, closeSync, openSync, rmSync} from 'node:fs';
import {dirname} from 'node:path';
import {makeFolder} from '../platform/folders.ts';
import {messageOf} from '../platform/message-of.ts';
import {isOpenToOthers} from '../platform/private-file.ts';
import {type Row, SqliteFile, type Value} from '../platform/sqlite.ts';
import {HISTORY_TABLE_NAMES, HISTORY_TABLES, HISTORY_VERSION} from './schema.ts';

/** The history cannot be read or brought up to date. Its message is one sentence. */
export class HistoryError extends Error {
	override readonly name = 'HistoryError';
}

/** SQLite's CORRUPT and NOTADB. Source: sqlite.org, "Result and Error Codes". */
const DAMAGED = [11, 26];
/** Where the runtime does not pass the number on. */
const DAMAGED_TEXT = /malformed|not a database|vtable constructor failed/;

export const isDamaged = (error: unknown) =>
	DAMAGED.includes((error as {errcode?: number}).errcode ?? 0) || DAMAGED_TEXT.test(messageOf(error));

export class HistoryDatabase {
	readonly path: string;
	#file: SqliteFile | undefined;

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
		return this.#opened.rows(sql, values);
	}

	change(sql: string, values: readonly Value[] = []): {lastInsertRowid: number | bigint} {
		return this.#opened.change(sql, values);
	}

	/** Does all of it or, when it throws, nothing. Waits for another process that writes. */
	together<Result>(work: () => Result): Result {
		return this.#opened.together(work);
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
		this.#file?.close();
	}

	get #opened(): SqliteFile {
		if (this.#file === undefined)
			throw new HistoryError(`The index of the history, ${this.path}, is not open`);
		return this.#file;
	}

	#open(): void {
		makeFolder(dirname(this.path));
		// The files that SQLite puts beside it get the same rights.
		closeSync(openSync(this.path, 'a', 0o600));
		if (isOpenToOthers(this.path)) chmodSync(this.path, 0o600);
		// What is lost with the power is read again.
		this.#file = new SqliteFile(this.path, 'normal');
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
		for (const table of HISTORY_TABLE_NAMES) this.#opened.execute(`drop table if exists ${table}`);
		this.#opened.execute(`${HISTORY_TABLES}; pragma user_version = ${HISTORY_VERSION}`);
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
