/** Recordings that an earlier run left undone, as this one knows recordings. */
import type {RecordingRecord} from '../../batch/ledger/records.ts';
import type {Source} from '../../batch/sources.ts';

/** @returns `undefined` for the job of another machine, whose recording is not here */
export function sourceOf({
	kind,
	file,
	source,
	name,
	size,
	seconds,
	transcode,
}: RecordingRecord): Source | undefined {
	if (kind === 'job') return undefined;
	if (kind === 'url') return {kind, file, url: source, name, shardKey: file};
	return {kind, file, path: source, name, size: size ?? 0, seconds, transcode, shardKey: file};
}

/** The one line that says so. */
export const leftBehind = (count: number) =>
	count === 1
		? '1 recording left by an earlier run goes on'
		: `${count} recordings left by earlier runs go on`;
