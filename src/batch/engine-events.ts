/** The events that an engine tells at more than one place. */
import type {BatchEvent, FailureCause} from './events.ts';
import type {Order} from './ledger/records.ts';

export function queued({
	file,
	name,
	size,
	seconds,
}: Pick<Order, 'file' | 'name' | 'size' | 'seconds'>): BatchEvent {
	return {
		type: 'queued',
		file,
		name,
		...(size !== undefined && {bytes: size}),
		...(seconds !== undefined && {audioSeconds: seconds}),
	};
}

export function failed(file: string, reason: string, cause: FailureCause, jobId?: string): BatchEvent {
	return {type: 'failed', file, reason, cause, ...(jobId !== undefined && {jobId})};
}
