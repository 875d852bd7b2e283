/** Writes transcripts that are there once more, in other formats, beside what was written of them. */
import {readFile} from 'node:fs/promises';
import {dirname, extname} from 'node:path';
import type {OutputFormat} from '../captions/render.ts';
import {sha256} from '../platform/hash.ts';
import {localDay} from '../platform/local-time.ts';
import {messageOf} from '../platform/message-of.ts';
import {AuthenticationError, ConnectionError, TimeoutError} from '../speechmatics/errors.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {type Delivery, deliver} from './delivery.ts';
import {keptJob} from './kept-job.ts';
import type {Ledger} from './ledger/ledger.ts';
import type {RecordingRecord} from './ledger/records.ts';
import {DEFAULT_TEMPLATE} from './names.ts';
import type {OutputPlan} from './orders.ts';
import type {BatchRow} from './table.ts';

type FilePlan = Extract<OutputPlan, {to: 'files'}>;
type FileDelivery = Extract<Delivery, {to: 'files'}>;

export interface ReExportOptions {
	readonly ledger: Ledger;
	readonly account: string;
	/** Where files go that were only looked at before. */
	readonly plan: FilePlan;
	/** @throws with a sentence where it cannot be had */
	readonly transcriptOf: (row: BatchRow) => Promise<Transcript | undefined>;
	/** Called after each recording with how many are done with. */
	readonly onProgress: (done: number) => void;
	/** Ends it after the recording that is being written. */
	readonly signal: AbortSignal;
	/** Milliseconds since 1970. */
	readonly wallClock?: () => number;
}

/** What came of it, in files. */
export interface ReExported {
	readonly written: number;
	/** They were there, as they should be. */
	readonly there: number;
	/** Left alone, because somebody has changed them. */
	readonly changed: number;
	/** By recording, one sentence each. */
	readonly problems: ReadonlyArray<{readonly name: string; readonly reason: string}>;
	/** Recordings that were not come to: it was ended, or nobody answered. */
	readonly untried: number;
}

/** Writes one recording after the other, never over what somebody else made or changed. Throws nothing. */
export async function reExport(
	rows: readonly BatchRow[],
	formats: readonly OutputFormat[],
	options: ReExportOptions,
): Promise<ReExported> {
	const counts = {written: 0, there: 0, changed: 0};
	const problems: Array<{name: string; reason: string}> = [];
	let done = 0;
	for (const row of rows) {
		if (options.signal.aborted) break;
		try {
			for (const state of await reExportOne(row, formats, options)) counts[state] += 1;
		} catch (error) {
			problems.push({name: row.name, reason: messageOf(error)});
			// Where nobody answers, the others would only wait in vain.
			if (isForAll(error)) {
				done += 1;
				break;
			}
		}
		done += 1;
		options.onProgress(done);
	}
	return {...counts, problems, untried: rows.length - done};
}

const isForAll = (error: unknown) =>
	error instanceof ConnectionError || error instanceof TimeoutError || error instanceof AuthenticationError;

type FileState = 'written' | 'there' | 'changed';

/** @returns for each of its files what became of it */
async function reExportOne(
	row: BatchRow,
	formats: readonly OutputFormat[],
	{ledger, account, plan, transcriptOf, wallClock = Date.now}: ReExportOptions,
): Promise<FileState[]> {
	const kept = keptJob(ledger, account, row);
	const recording = kept?.recording;
	if (recording === undefined) throw new Error('this computer keeps nothing of its job');
	const transcript = await transcriptOf(row);
	if (transcript === undefined) throw new Error('it has no transcript');
	const before = ledger.recordings.outputsOf(recording.id);
	const found = await hashesOf(before.keys());
	const date = localDay(kept?.job.fetchedAt ?? wallClock());
	const written = await deliver(
		transcript,
		{...placeOf(recording, plan), formats},
		{name: recording.name, job: row.jobId!, date},
		{before, isKnown: (path) => ledger.recordings.isOutput(path)},
	);
	ledger.recordings.wrote(recording.id, written);
	return [...written].map(([path, hash]) => {
		const there = found.get(path);
		if (there === undefined) return 'written';
		if (there === hash) return 'there';
		return before.get(path) === hash ? 'changed' : 'written';
	});
}

function placeOf({delivery, kind, source, name}: RecordingRecord, plan: FilePlan): FileDelivery {
	if (delivery.to === 'files') return delivery;
	return {
		...delivery,
		to: 'files',
		folder: plan.folder ?? (kind === 'file' ? dirname(source) : process.cwd()),
		stem: name.slice(0, name.length - extname(name).length) || name,
		template: plan.template ?? DEFAULT_TEMPLATE,
	};
}

/** Of the files that are there. */
async function hashesOf(paths: Iterable<string>): Promise<Map<string, string>> {
	const hashes = new Map<string, string>();
	for (const path of paths) {
		const content = await readFile(path, 'utf8').catch(() => undefined);
		if (content !== undefined) hashes.set(path, sha256(content));
	}
	return hashes;
}
