/** What has to be done for a recording: whether there is a job for it already, and how that one stands. */
import {stat} from 'node:fs/promises';
import {sha256OfFile} from '../platform/hash.ts';
import {allExist} from './delivery.ts';
import type {Ledger} from './ledger/ledger.ts';
import type {JobRecord, RecordingRecord} from './ledger/records.ts';
import {addressHash, baseReference, referenceOf} from './reference.ts';
import type {SavedTranscripts} from './saved-transcripts.ts';

export type Preparation =
	/** Its outputs are there. */
	| {readonly is: 'done'; readonly job: JobRecord; readonly outputs: readonly string[]}
	/** The transcript is saved here; outputs are to be written. */
	| {readonly is: 'saved'; readonly job: JobRecord}
	/** The service works on it, or has finished. */
	| {readonly is: 'submitted'; readonly job: JobRecord; readonly jobId: string}
	/** It was sent, and nobody knows whether it arrived. */
	| {readonly is: 'unclear'; readonly job: JobRecord}
	/** Another process works at it. */
	| {readonly is: 'elsewhere'}
	/** It has to be sent. */
	| {readonly is: 'new'; readonly job: NewJob};

export type NewJob = Pick<JobRecord, 'reference' | 'base' | 'attempt' | 'content'>;

export interface Identity {
	/** Hash of the recording's bytes, or of its address. */
	readonly content: string;
	/** The same for equal content and config: the reference of their first job. */
	readonly base: string;
}

/** The recording is no longer what it was. Its message is one sentence. */
export class InputError extends Error {
	override readonly name = 'InputError';
}

/**
 * @param isForced whether a new job is wanted although there is one
 * @param wasDone whether its outputs, as asked for now, were written before
 */
export async function preparationOf(
	{account, id, kind, reference}: RecordingRecord,
	{base, content}: Identity,
	{ledger, transcripts}: {ledger: Ledger; transcripts: SavedTranscripts},
	{isForced, wasDone}: {isForced: boolean; wasDone: boolean},
): Promise<Preparation> {
	const job = ledger.jobs.latest(account, base);
	const next = (attempt: number): Preparation => {
		if (kind === 'job')
			throw new InputError('its job is no longer at the service, and the recording is elsewhere');
		return {is: 'new', job: {reference: referenceOf(base, attempt), base, attempt, content}};
	};
	if (job === undefined) return next(1);
	if (ledger.jobs.isElsewhere(job)) return {is: 'elsewhere'};
	const isOver = job.state === 'rejected' || job.state === 'gone';
	if (isOver || (isForced && job.state === 'fetched')) return next(job.attempt + 1);
	if (job.state === 'submitting') return {is: 'unclear', job};
	if (job.state === 'fetched') {
		const outputs = [...ledger.recordings.outputsOf(id).keys()];
		const isSame = wasDone && reference === job.reference && outputs.length > 0;
		if (isSame && (await allExist(outputs))) return {is: 'done', job, outputs};
		if (await transcripts.has(job.reference)) return {is: 'saved', job};
	}
	return {is: 'submitted', job, jobId: job.jobId!};
}

/**
 * What the recording holds: reads it, unless it was read before and has not changed since.
 *
 * @throws InputError where it is gone or empty; the signal's reason
 */
export async function identify(
	recording: RecordingRecord,
	ledger: Ledger,
	signal: AbortSignal,
): Promise<Identity> {
	if (recording.kind === 'job') return {content: '', base: recording.source.slice('job:'.length)};
	const content = await contentOf(recording, ledger, signal);
	return {content, base: baseReference(content, recording.configHash)};
}

async function contentOf(
	{kind, source}: RecordingRecord,
	ledger: Ledger,
	signal: AbortSignal,
): Promise<string> {
	if (kind === 'url') return addressHash(source);
	try {
		const {size, mtimeMs} = await stat(source);
		if (size === 0) throw new InputError('the file has become empty');
		const known = ledger.contents.known(source, size, mtimeMs);
		if (known !== undefined) return known;
		const hash = await sha256OfFile(source, signal);
		ledger.contents.keep(source, size, mtimeMs, hash);
		return hash;
	} catch (error) {
		if (error instanceof InputError || signal.aborted) throw error;
		throw new InputError(`the file cannot be read any more: ${(error as Error).message}`);
	}
}
