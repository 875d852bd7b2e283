/** Hashes of files as they were when last read, so that an unchanged file is not read again. */
import type {LedgerDatabase} from './database.ts';

export class ContentLedger {
	readonly #database: LedgerDatabase;

	constructor(database: LedgerDatabase) {
		this.#database = database;
	}

	/** The hash of a file, where it was read before and has not changed since. */
	known(path: string, size: number, changedAt: number): string | undefined {
		const [row] = this.#database.rows(
			'select hash from contents where path = ? and size = ? and changed_at = ?',
			[path, size, changedAt],
		);
		return row?.hash as string | undefined;
	}

	keep(path: string, size: number, changedAt: number, hash: string): void {
		this.#database.change(
			'insert or replace into contents (path, size, changed_at, hash) values (?, ?, ?, ?)',
			[path, size, changedAt, hash],
		);
	}
}
