/** `speechdeck jobs sync`: fetches what was submitted and left to the service, from whatever machine. */
import {collectable} from '../../batch/collect.ts';
import {loadSettings} from '../../settings/load.ts';
import {batchReporter} from '../batch-report.ts';
import {openBatchWork, type WorkFlags} from '../batch-work.ts';
import {listenForInterrupts} from '../interrupts.ts';
import {type OutputFlags, outputPlan} from '../output-plan.ts';
import {runReportedBatch} from '../reported-batch.ts';
import {openToldService} from '../service.ts';
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
	await using service = await openToldService('batch', {demo: false, settings}, err);
	await using work = await openBatchWork(service.settings, settings, {demo: false, flags});
	const {account, engine, reader} = work;
	const reporter = batchReporter(streams, {json: flags.json === true, simulated: service.simulated});
	using interrupts = listenForInterrupts(() => reporter.note('Stopping. Ctrl-C again leaves at once.'));
	const {signal} = interrupts;
	const waits = flags.wait === true;
	const {own, others, running} = await collectable(reader, engine.ledger, {account, output, waits, signal});
	const batch = {...engine, orders: others, resumed: own, unusable: [], signal};
	const {exitCode} = await runReportedBatch(batch, reporter);
	if (running > 0 && !waits) {
		const jobs = running === 1 ? '1 job is' : `${running} jobs are`;
		err.line(`${jobs} still running: sync again later, or add --wait.`);
	}
	return exitCode;
}
