/** What is sent for a recording, and the sending. */
import {transcode} from '../audio/transcode.ts';
import type {RecordingRecord} from './ledger/records.ts';
import {MAX_UPLOAD_BYTES} from './media-kinds.ts';
import {InputError, identify, type NewJob} from './preparation.ts';
import {labelled} from './reference.ts';
import {isClearRefusal} from './setback.ts';
import type {StepOptions} from './step-options.ts';

const TOO_BIG_EVEN_SO =
	'it is larger than 1 GB even when converted, which the service does not take: split it, or give an address to fetch it from';

/** Away when it is disposed of, where it was made for this. */
export interface Upload extends AsyncDisposable {
	/** `undefined` for an address, which the service fetches itself. */
	readonly path: string | undefined;
	/** Bytes; unknown for an address. */
	readonly size: number | undefined;
}

/**
 * Converts a recording where that has to be.
 *
 * @throws InputError where it is no longer what `job` is for
 */
export async function uploadOf(
	recording: RecordingRecord,
	job: NewJob,
	{
		emit,
		ledger,
		signal,
		temporaryFolder,
	}: Pick<StepOptions, 'emit' | 'ledger' | 'signal' | 'temporaryFolder'>,
): Promise<Upload> {
	const {file, kind, size, source} = recording;
	const {base} = await identify(recording, ledger, signal);
	if (base !== job.base) throw new InputError('the file has changed while it waited: add it again');
	if (!recording.transcode) {
		return {path: kind === 'url' ? undefined : source, size, [Symbol.asyncDispose]: async () => {}};
	}
	emit({type: 'converting', file});
	return transcode(source, {signal, folder: temporaryFolder});
}

/** @throws InputError where the service would not take it */
export function assertFits({size}: Upload): void {
	if (size !== undefined && size >= MAX_UPLOAD_BYTES) throw new InputError(TOO_BIG_EVEN_SO);
}

/**
 * Makes the job. Sent once only; whether it arrived, where that is unclear, is to be looked up before a second try.
 *
 * @param options.onPossiblyMade called when the job was made, or may have been
 * @throws what the client throws
 */
export async function send(
	{path, size}: Upload,
	{account, config, file, name}: RecordingRecord,
	reference: string,
	options: Pick<StepOptions, 'client' | 'emit' | 'ledger' | 'signal'> & {readonly onPossiblyMade: () => void},
): Promise<{readonly id: string; readonly requestId: string | undefined}> {
	const {client, emit, ledger, signal, onPossiblyMade} = options;
	emit({type: 'uploading', file, sentBytes: 0, totalBytes: size ?? 0});
	let isSent = false;
	let told = 0;
	const onUploadProgress = (sentBytes: number, totalBytes: number) => {
		isSent = sentBytes === totalBytes;
		// The frame around the recording goes out in pieces of its own.
		if (sentBytes === told) return;
		told = sentBytes;
		emit({type: 'uploading', file, sentBytes, totalBytes});
	};
	try {
		const {id, requestId} = await client.submitJob(path, {
			config: labelled(config, reference, name),
			signal,
			onUploadProgress,
		});
		onPossiblyMade();
		ledger.jobs.submitted(account, reference, id, requestId);
		return {id, requestId};
	} catch (error) {
		if (isClearRefusal(error, isSent)) ledger.jobs.notSubmitted(account, reference);
		else onPossiblyMade();
		throw error;
	}
}
