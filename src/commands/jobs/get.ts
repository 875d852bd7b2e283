/** `speechdeck jobs get`: transcripts of jobs that are done, whoever submitted them. */
import {posix, resolve, win32} from 'node:path';
import {deliver, printed} from '../../batch/delivery.ts';
import {DEFAULT_TEMPLATE} from '../../batch/names.ts';
import {localDay} from '../../platform/local-time.ts';
import {printable} from '../../platform/printable.ts';
import {SpeechmaticsError} from '../../speechmatics/errors.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import {type ServiceFlags, withBatchService} from '../batch-service.ts';
import {UsageError} from '../failure.ts';
import {type OutputFlags, outputPlan} from '../output-plan.ts';
import type {Streams} from '../streams.ts';
import {forEachJob} from './each-job.ts';

export type JobsGetFlags = ServiceFlags & OutputFlags;

/** @returns the exit code */
export async function jobsGetCommand(
	ids: readonly string[],
	flags: JobsGetFlags,
	streams: Streams,
): Promise<number> {
	if (flags.output === '-' && new Set(ids).size > 1) {
		throw new UsageError('--output - prints one transcript: use --output-dir for several jobs');
	}
	return withBatchService(flags, streams, async ({client, signal, settings}) => {
		const output = await outputPlan(flags, settings, flags.demo === true);
		return forEachJob(ids, signal, streams, async (id) => {
			const transcript = await client.getTranscript(id, {signal});
			if (output.to === 'print') return streams.out.write(printed(transcript, output));
			const {folder = '.', template = DEFAULT_TEMPLATE} = output;
			const name = nameOf(transcript, id);
			const created = Date.parse(transcript.job?.created_at ?? '');
			const date = localDay(Number.isNaN(created) ? Date.now() : created);
			const delivery = {...output, folder: resolve(folder), template, stem: posix.parse(name).name};
			const written = await deliver(
				transcript,
				delivery,
				{name, date, job: id},
				{before: new Map(), isKnown: () => false},
			).catch((error: Error) => {
				throw new SpeechmaticsError(error.message);
			});
			for (const path of written.keys()) streams.out.line(printable(path));
		});
	});
}

/** The recording was named on some machine, so that both kinds of path are cut to their end. */
function nameOf(transcript: Transcript, id: string): string {
	return win32.basename(posix.basename(transcript.job?.data_name ?? '')) || id;
}
