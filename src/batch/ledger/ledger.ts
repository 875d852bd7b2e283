/**
 * What was asked of the service and what became of it, on disk before each step that cannot be repeated. Whatever ends
 * this process, the next one reads here which recordings are still to be done and which jobs exist already.
 */
import {ContentLedger} from './content-ledger.ts';
import {LedgerDatabase} from './database.ts';
import {JobLedger} from './job-ledger.ts';
import {RecordingLedger} from './recording-ledger.ts';

export class Ledger implements Disposable {
	readonly recordings: RecordingLedger;
	readonly jobs: JobLedger;
	readonly contents: ContentLedger;
	readonly #database: LedgerDatabase;

	/**
	 * @param path of the file, or `:memory:` for one that ends with the process
	 * @param wallClock milliseconds since 1970
	 * @throws LedgerError where it cannot be opened, or a newer program made it
	 */
	constructor(path: string, wallClock: () => number = Date.now) {
		this.#database = new LedgerDatabase(path, wallClock);
		this.recordings = new RecordingLedger(this.#database);
		this.jobs = new JobLedger(this.#database);
		this.contents = new ContentLedger(this.#database);
	}

	/** Takes down that this process is alive; to be called at least every twenty seconds. */
	beat(): void {
		this.#database.beat();
	}

	/** Notes all that `work` notes in one write to the disk, or, when it throws, nothing. */
	together<Result>(work: () => Result): Result {
		return this.#database.together(work);
	}

	/** Gives what this process holds back to whoever comes next. */
	close(): void {
		this.#database.close();
	}

	[Symbol.dispose](): void {
		this.close();
	}
}
