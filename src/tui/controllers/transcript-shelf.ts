/** Transcripts for reading: those of this session from memory, those of earlier ones from the disk, others by asking. */
import {savedTranscriptOf} from '../../batch/saved-transcript-of.ts';
import type {BatchRow} from '../../batch/table.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import type {Services} from '../services.ts';

/** Transcripts kept in memory; older ones are read from the disk again. */
const KEPT = 100;

export class TranscriptShelf {
	readonly #services: Pick<Services, 'batch' | 'batchClient'>;
	/** By the recording; the oldest first. */
	readonly #kept = new Map<string, Transcript>();

	constructor(services: Pick<Services, 'batch' | 'batchClient'>) {
		this.#services = services;
	}

	/** Keeps what has just come in. */
	keep(file: string, transcript: Transcript): void {
		this.#kept.delete(file);
		this.#kept.set(file, transcript);
		if (this.#kept.size <= KEPT) return;
		for (const oldest of this.#kept.keys()) {
			this.#kept.delete(oldest);
			return;
		}
	}

	/**
	 * @returns `undefined` for a recording that has no job
	 * @throws the client's error where only the service has it and does not give it
	 */
	async transcriptOf({file, jobId}: BatchRow): Promise<Transcript | undefined> {
		const kept = this.#kept.get(file);
		if (kept !== undefined || jobId === undefined) return kept;
		const {batch, batchClient} = this.#services;
		const saved = await savedTranscriptOf(batch.engine, batch.order.account, jobId);
		return saved ?? batchClient.getTranscript(jobId);
	}
}
