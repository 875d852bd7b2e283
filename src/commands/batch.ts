/** `speechdeck batch`: recordings in, transcripts out. */

import {parse, relative} from 'node:path';
import {findFfmpeg} from '../audio/ffmpeg.ts';
import type {BatchEngine} from '../batch/engine.ts';
import {inspectFile} from '../batch/inspect.ts';
import {type OrderOptions, ordersOf} from '../batch/orders.ts';
import {inShard, type Shard} from '../batch/shard.ts';
import {type Found, findSources, type Source} from '../batch/sources.ts';
import {watchFolder} from '../batch/watch.ts';
import {loadSettings, type Settings, settingOf} from '../settings/load.ts';
import {batchRequest, type GivenOptions} from '../settings/requests.ts';
import {batchReporter} from './batch-report.ts';
import {type BatchWork, openBatchWork, type WorkFlags} from './batch-work.ts';
import {ended, UsageError} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {type OutputFlags, outputPlan} from './output-plan.ts';
import {runReportedBatch} from './reported-batch.ts';
import {openToldService} from './service.ts';
import type {Streams} from './streams.ts';

export interface BatchFlags extends OutputFlags, WorkFlags {
	readonly resume?: boolean;
	readonly force?: boolean;
	/** A folder. */
	readonly watch?: string;
	/** False leaves the jobs to the service. */
	readonly wait?: boolean;
	readonly shard?: Shard;
	readonly transcode?: boolean;
	readonly json?: boolean;
	readonly demo?: boolean;
}

/**
 * @param given what was said about the transcription
 * @returns the exit code
 */
export async function batchCommand(
	named: readonly string[],
	flags: BatchFlags,
	given: GivenOptions & {readonly profile?: string | undefined},
	streams: Streams,
): Promise<number> {
	const {err} = streams;
	const demo = flags.demo === true;
	const waits = flags.wait !== false;
	const settings = loadSettings({environment: process.env, profile: given.profile});
	const request = batchRequest(settings, given);
	if (named.length === 0 && !flags.resume && flags.watch === undefined && request.fetch.url === undefined) {
		throw new UsageError(
			'There is nothing to transcribe: name recordings, or add --resume or --watch FOLDER',
		);
	}
	const output = await outputPlan(flags, settings, demo);
	// An address in the job config is the recording where none is named.
	const {url} = request.fetch;
	const found = await sourcesOf(named.length === 0 && url !== undefined ? [url] : named, flags, settings);
	if (flags.output === '-' && (found.sources.length > 1 || flags.watch !== undefined)) {
		throw new UsageError(
			`--output - prints one transcript, but there are ${flags.watch === undefined ? found.sources.length : 'any number of'} recordings: use --output-dir`,
		);
	}

	const merged = found.merged.map(
		(address) => `several addresses differ only in their query and count as one recording: ${address}`,
	);
	const warnings = [...request.warnings, ...merged];
	await using service = await openToldService('batch', {demo, settings, warnings}, err);
	const {model, language, diarization = 'none'} = request.config.transcription_config;
	err.line(ended(`Model ${model}, language ${language}, diarization ${diarization}`));

	await using work = await openBatchWork(service.settings, settings, {demo, flags});
	const {account} = work;
	const order: OrderOptions = {
		account,
		config: request.config,
		output,
		fetchHeaders: request.fetch.authHeaders,
	};
	const resumed = flags.resume ? work.engine.ledger.recordings.takeOver(account, {submitted: waits}) : [];
	if (flags.resume && resumed.length === 0) err.line('Nothing is left undone.');
	const reporter = batchReporter(streams, {json: flags.json === true, simulated: service.simulated});
	using interrupts = listenForInterrupts(() =>
		reporter.note('Stopping: nothing more is sent. Ctrl-C again leaves at once.'),
	);
	const {signal} = interrupts;
	const batch = {
		...work.engine,
		orders: ordersOf(shardOf(found.sources, flags), order, found.sources),
		resumed,
		unusable: found.unusable.map(({path, reason}) => ({file: path, reason})),
		force: flags.force === true,
		waits,
		signal,
		...(flags.watch !== undefined && {
			more: watching(
				flags.watch,
				{transcode: mayTranscode(flags, settings), shard: flags.shard},
				order,
				signal,
				reporter.note,
			),
		}),
	};
	const lasts = flags.watch !== undefined;
	const {interrupted, exitCode} = await runReportedBatch(batch, reporter, {lasts});
	tellWhatIsLeft(interrupted, work, demo, reporter.note);
	return exitCode;
}

async function sourcesOf(named: readonly string[], flags: BatchFlags, settings: Settings): Promise<Found> {
	const transcode = settingOf(settings, 'batch.transcode', {
		name: '--transcode',
		value: flags.transcode,
	})?.value;
	return findSources(named, {transcode: transcode ?? false, stdin: process.stdin});
}

function mayTranscode({transcode}: BatchFlags, settings: Settings): boolean {
	return settingOf(settings, 'batch.transcode', {name: '--transcode', value: transcode})?.value ?? false;
}

/** Decided after the names: parts of one list never give two recordings one name. */
function shardOf(sources: readonly Source[], {shard}: BatchFlags): Source[] {
	return sources.filter((source) => shard === undefined || inShard(source, shard));
}

/** What comes into a folder goes into the table until the signal aborts. */
function watching(
	folder: string,
	{transcode, shard}: {readonly transcode: boolean; readonly shard: Shard | undefined},
	order: OrderOptions,
	signal: AbortSignal,
	note: (text: string) => void,
) {
	return async (engine: BatchEngine) => {
		const options = {transcode, ffmpeg: (await findFfmpeg()) !== undefined};
		const namesakes = new Map<string, Source[]>();
		note(`Watching ${folder} until Ctrl-C.`);
		for await (const event of watchFolder(folder, {
			signal,
			inspect: (path) => inspectFile(path, options, relative(folder, path)),
		})) {
			if (event.type === 'unreadable') note(ended(`${event.folder}: ${event.reason}; it is tried again`));
			else if (event.type === 'readable') note(ended(`${event.folder} can be read again`));
			else if ('reason' in event.inspected) engine.refuse(event.path, event.inspected.reason);
			else if (shard === undefined || inShard(event.inspected, shard)) {
				const stem = parse(event.inspected.name).name.toLowerCase();
				const before = namesakes.get(stem) ?? [];
				engine.add(ordersOf([event.inspected], order, before));
				namesakes.set(stem, [...before.filter(({file}) => file !== event.path), event.inspected]);
			}
		}
	};
}

function tellWhatIsLeft(
	interrupted: boolean,
	{account, engine: {ledger}}: BatchWork,
	demo: boolean,
	note: (text: string) => void,
): void {
	const left = ledger.recordings.countLeft(account);
	if (left === 0 || demo) return;
	const recordings = left === 1 ? '1 recording is' : `${left} recordings are`;
	const reason = interrupted ? '' : ' by earlier runs';
	note(`${recordings} left undone${reason}: "speechdeck batch --resume" goes on, and pays nothing twice.`);
}
