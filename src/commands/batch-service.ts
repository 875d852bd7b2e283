/** Runs a command's work with the batch service open and Ctrl-C heard. */
import {loadSettings, type Settings} from '../settings/load.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {EXIT} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {openToldService} from './service.ts';
import type {Streams} from './streams.ts';

export interface ServiceFlags {
	readonly demo?: boolean;
	/** Whose settings count. */
	readonly profile?: string;
}

export interface OpenService {
	readonly client: BatchClient;
	/** Aborts at Ctrl-C. */
	readonly signal: AbortSignal;
	readonly simulated: boolean;
	readonly settings: Settings;
}

/**
 * Opens the batch service for as long as `work` takes.
 *
 * @returns the exit code of `work`, or that of an interrupt
 */
export async function withBatchService(
	{demo = false, profile}: ServiceFlags,
	{err}: Streams,
	work: (service: OpenService) => Promise<number>,
): Promise<number> {
	const settings = loadSettings({environment: process.env, profile});
	await using service = await openToldService('batch', {demo, settings}, err);
	using interrupts = listenForInterrupts(() => {});
	await using client = new BatchClient(service.settings);
	const {signal} = interrupts;
	try {
		return await work({client, signal, simulated: service.simulated, settings});
	} catch (error) {
		if (!signal.aborted) throw error;
		err.line('Interrupted.');
		return EXIT.interrupted;
	}
}
