/** What this machine keeps about the job of a recording, whichever run made it. */
import {resolve} from 'node:path';
import type {Ledger} from './ledger/ledger.ts';
import type {JobRecord, RecordingRecord} from './ledger/records.ts';
import {labelled} from './reference.ts';
import type {BatchRow} from './table.ts';

export interface KeptJob {
	readonly job: JobRecord;
	/** The recording, with how its transcript is delivered. */
	readonly recording: RecordingRecord | undefined;
	/** As it was sent; it may hold secrets. */
	readonly config: unknown;
	/** Absolute paths of what was written for it. */
	readonly outputs: readonly string[];
}

/** @returns `undefined` where nothing is known: it has no job yet, or the ledger cannot be read */
export function keptJob(
	ledger: Ledger,
	account: string,
	{file, jobId}: Pick<BatchRow, 'file' | 'jobId'>,
): KeptJob | undefined {
	if (jobId === undefined) return undefined;
	try {
		const job = ledger.jobs.withId(account, jobId);
		if (job === undefined) return undefined;
		const {reference} = job;
		const recording = recordingOf(ledger, job, file);
		return {
			job,
			recording,
			config: recording && labelled(recording.config, reference, recording.name),
			outputs: recording === undefined ? [] : [...ledger.recordings.outputsOf(recording.id).keys()],
		};
	} catch {
		return undefined;
	}
}

function recordingOf(
	{recordings}: Ledger,
	{account, reference, configHash}: JobRecord,
	file: string,
): RecordingRecord | undefined {
	const found = recordings.ofSource(account, resolve(file), configHash);
	if (found?.reference === reference && found.file === file) return found;
	// What is no file has another name in the ledger; looking through all of them takes its time.
	return recordings.ofJob(account, reference).find((one) => one.file === file);
}
