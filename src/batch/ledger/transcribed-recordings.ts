/** What the ledger knows of recordings that have a job, without being one of those who work with it. */
import {lookInto} from './database.ts';

export interface TranscribedRecording {
	/** Of its job, by which its transcript is kept. */
	readonly reference: string;
	readonly name: string;
	/** Absolute path; `undefined` for what came from an address or another machine. */
	readonly path: string | undefined;
	/** What was written for it. */
	readonly outputs: readonly string[];
}

const RECORDINGS = `
select reference, name, kind, source, (select json_group_array(path) from outputs where recording = recordings.id) as outputs
from recordings where reference is not null order by added_at, id`;

/**
 * The recordings that a job was made for. One job may have made the transcript of several; they come in the order in which
 * they were asked for.
 *
 * @param path of a ledger that is there
 * @throws LedgerError where it cannot be read
 */
export function transcribedRecordings(path: string): TranscribedRecording[] {
	return lookInto(path, RECORDINGS, [], ({reference, name, kind, source, outputs}) => ({
		reference: reference as string,
		name: name as string,
		path: kind === 'file' ? (source as string) : undefined,
		outputs: JSON.parse(outputs as string) as string[],
	}));
}
