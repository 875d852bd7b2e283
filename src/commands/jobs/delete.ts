/** `speechdeck jobs delete`. */
import {printable} from '../../platform/printable.ts';
import {JobRunningError, SpeechmaticsError} from '../../speechmatics/errors.ts';
import {type ServiceFlags, withBatchService} from '../batch-service.ts';
import {type Confirm, confirmOnTerminal} from '../confirm.ts';
import {EXIT, UsageError} from '../failure.ts';
import type {Streams} from '../streams.ts';
import {forEachJob} from './each-job.ts';

export interface JobsDeleteFlags extends ServiceFlags {
	/** Also jobs that still run. */
	readonly force?: boolean;
	/** Nobody is asked. */
	readonly yes?: boolean;
}

/** @returns the exit code */
export async function jobsDeleteCommand(
	ids: readonly string[],
	flags: JobsDeleteFlags,
	streams: Streams,
	confirm: Confirm = confirmOnTerminal,
): Promise<number> {
	if (flags.yes !== true) {
		const count = new Set(ids).size;
		const what = count === 1 ? `job ${printable(ids[0]!)}` : `${count} jobs`;
		const answer = await confirm(
			`Delete ${what}, and what the service keeps of ${count === 1 ? 'it' : 'them'}?`,
		);
		if (answer === undefined) {
			throw new UsageError('Nobody can be asked here whether to delete: add --yes to do it all the same');
		}
		if (answer === 'interrupted') return EXIT.interrupted;
		if (answer === 'no') {
			streams.err.line('Nothing was deleted.');
			return EXIT.failed;
		}
	}
	const {force} = flags;
	return withBatchService(flags, streams, ({client, signal}) =>
		forEachJob(ids, signal, streams, async (id) => {
			await client.deleteJob(id, {signal, ...(force === true && {force})}).catch((error: unknown) => {
				if (!(error instanceof JobRunningError)) throw error;
				throw new SpeechmaticsError(
					`Job ${id} is still running: wait for its end, or end and delete it with --force`,
				);
			});
			streams.err.line(`${printable(id)}: deleted.`);
		}),
	);
}
