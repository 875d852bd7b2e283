/** Which job this process has in its hands for a recording, so that no other process works at it. */
import type {Ledger} from './ledger/ledger.ts';
import type {IntendedJob, RecordingRecord} from './ledger/records.ts';

export class JobHold {
	readonly #recording: RecordingRecord;
	readonly #ledger: Ledger;
	/** The reference of the job that the ledger has for the recording. */
	#assigned: string | undefined;
	#held: string | undefined;

	constructor(recording: RecordingRecord, ledger: Ledger) {
		this.#recording = recording;
		this.#ledger = ledger;
		this.#assigned = recording.reference;
	}

	/** Reference of the job in hand. */
	get held(): string | undefined {
		return this.#held;
	}

	/** Takes a job that is known. @returns false where another process has it */
	claim(reference: string): boolean {
		if (!this.#ledger.jobs.claim(this.#recording.account, reference)) return false;
		this.#held = reference;
		return true;
	}

	/** Takes a job that is about to be asked for. @returns false where another process has just done the same */
	begin(job: IntendedJob): boolean {
		const isOurs = this.#ledger.together(() => {
			if (!this.#ledger.jobs.submitting(job)) return false;
			this.assign(job.reference);
			return true;
		});
		if (isOurs) this.#held = job.reference;
		return isOurs;
	}

	/** Says which job the recording belongs to. */
	assign(reference: string): void {
		// Each write waits for the disk: what stands there already is not written again.
		if (reference === this.#assigned) return;
		this.#ledger.recordings.assign(this.#recording.id, reference);
		this.#assigned = reference;
	}

	/** Nothing is held any more: the ledger let go of the job itself. */
	ended(): void {
		this.#held = undefined;
	}

	/** Gives back what is held. */
	release(): void {
		if (this.#held !== undefined) this.#ledger.jobs.release(this.#recording.account, this.#held);
		this.#held = undefined;
	}
}
