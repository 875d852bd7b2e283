/** A batch as a command runs it: its events are reported, and its end is an exit code. */
import type {BatchEvent} from '../batch/events.ts';
import {type BatchOptions, runBatch} from '../batch/run.ts';
import type {BatchReporter} from './batch-report.ts';
import {EXIT} from './failure.ts';

/**
 * Runs a batch and reports its events.
 *
 * @param options.lasts whether it goes on until it is interrupted, so that this is no failure
 */
export async function runReportedBatch(
	batch: Omit<BatchOptions, 'emit'>,
	reporter: BatchReporter,
	{lasts = false} = {},
): Promise<{readonly interrupted: boolean; readonly exitCode: number}> {
	let authenticationFailed = false;
	const {interrupted, failed} = await runBatch({
		...batch,
		emit: (event: BatchEvent) => {
			if (event.type === 'failed' && event.cause === 'authentication') authenticationFailed = true;
			reporter.report(event);
		},
	});
	if (interrupted && !lasts) return {interrupted, exitCode: EXIT.interrupted};
	if (authenticationFailed) return {interrupted, exitCode: EXIT.authentication};
	return {interrupted, exitCode: failed > 0 ? EXIT.failed : EXIT.ok};
}
