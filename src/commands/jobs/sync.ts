/** `speechdeck jobs sync`: fetches what was submitted and left to the service, from whatever machine. */
import {collectable} from '../../batch/collect.ts';
import type {BatchEvent} from '../../batch/events.ts';
import {runBatch} from '../../batch/run.ts';
import {loadSettings} from '../../settings/load.ts';
import {batchReporter} from '../batch-report.ts';
import {openBatchWork, type WorkFlags} from '../batch-work.ts';
import {EXIT, ended} from '../failure.ts';
import {listenForInterrupts} from '../interrupts.ts';
import {type OutputFlags, outputPlan} from '../output-plan.ts';
import {openService} from '../service.ts';
import type {Streams} from '../streams.ts';

export interface JobsSyncFlags extends OutputFlags, WorkFlags {
	/** Whether jobs that still run are waited for. */
	readonly wait?: boolean;
	readonly json?: boolean;
	readonly profile?: string;
}

/** @returns the exit code */
export async function jobsSyncCommand(flags: JobsSyncFlags, streams: Streams): Promise<number> {
	const {err} = streams;
	const settings = loadSettings({environment: process.env, profile: flags.profile});
	const output = await outputPlan(flags, settings, false);
	await using service = await openService('batch', {demo: false, settings});
	for (const warning of [...settings.warnings, ...service.settings.warnings]) {
		err.line(ended(`Warning: ${warning}`));
	}
	await using work = await openBatchWork(service.settings, settings, {demo: false, flags});
	const {account, engine, reader} = work;
	const reporter = batchReporter(streams, {json: flags.json === true, simulated: service.simulated});
	using interrupts = listenForInterrupts(() => reporter.note('Stopping. Ctrl-C again leaves at once.'));
	const {signal} = interrupts;
	const waits = flags.wait === true;
	const {own, others, running} = await collectable(reader, engine.ledger, {account, output, waits, signal});
	let authenticationFailed = false;
	const finished = await runBatch({
		...engine,
		orders: others,
		resumed: own,
		unusable: [],
		signal,
		emit: (event: BatchEvent) => {
			if (event.type === 'failed' && event.cause === 'authentication') authenticationFailed = true;
			reporter.report(event);
		},
	});
	if (running > 0 && !waits) {
		const jobs = running === 1 ? '1 job is' : `${running} jobs are`;
		err.line(`${jobs} still running: sync again later, or add --wait.`);
	}
	if (finished.interrupted) return EXIT.interrupted;
	if (authenticationFailed) return EXIT.authentication;
	return finished.failed > 0 ? EXIT.failed : EXIT.ok;
}
