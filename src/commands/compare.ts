/** `speechdeck compare`: one recording both ways at the same moment, and what that tells. */
import {inspectFile} from '../batch/inspect.ts';
import {compareRecording} from '../compare/compare-recording.ts';
import type {Comparison} from '../compare/comparison.ts';
import type {Rates} from '../compare/figures.ts';
import {sameRequests} from '../compare/requests.ts';
import {printable} from '../platform/printable.ts';
import {openSource} from '../realtime/sources.ts';
import {loadSettings, type Settings, settingOf} from '../settings/load.ts';
import {batchRequest, type GivenOptions, realtimeRequest} from '../settings/requests.ts';
import type {ServiceSettings} from '../settings/settings.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {systemClock} from '../speechmatics/clock.ts';
import {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {comparisonDocument} from './compare-document.ts';
import {saveComparison} from './compare-files.ts';
import {compareProgress} from './compare-progress.ts';
import {readReference} from './compare-reference.ts';
import {comparisonLines} from './compare-report.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {DEMO_NOTICE, findService, startDemo} from './service.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface CompareFlags {
	/** A file with what was said. */
	readonly reference?: string;
	/** What an hour costs. */
	readonly batchRate?: number;
	readonly realtimeRate?: number;
	readonly currency?: string;
	readonly outputDir?: string;
	readonly json?: boolean;
	readonly demo?: boolean;
}

/**
 * @param given what was said about the transcription
 * @returns the exit code
 */
export async function compareCommand(
	path: string,
	flags: CompareFlags,
	given: GivenOptions & {readonly profile?: string | undefined},
	streams: Streams,
): Promise<number> {
	const {out, err} = streams;
	const reference = flags.reference === undefined ? undefined : await readReference(flags.reference);
	const recording = await inspectFile(path, {transcode: false, ffmpeg: false});
	if ('reason' in recording) throw new UsageError(`${path}: ${recording.reason}`);
	const settings = loadSettings({environment: process.env, profile: given.profile});
	const rates = ratesOf(settings, flags);
	const [asked, session] = [batchRequest(settings, given), realtimeRequest(settings, given)];
	const requests = sameRequests(asked, session);
	await using services = await openServices(flags.demo === true, settings);
	const warnings = [...settings.warnings, ...services.warnings, ...asked.warnings, ...session.warnings];
	for (const warning of new Set(warnings)) err.line(ended(`Warning: ${warning}`));
	if (services.simulated) err.line(DEMO_NOTICE);

	const progress = compareProgress(err);
	using interrupts = listenForInterrupts(() =>
		progress.note('Stopping: waiting for the last words. Ctrl-C again leaves at once.'),
	);
	await using batchClient = new BatchClient(services.batch);
	const comparison = await compareRecording({
		...requests,
		path,
		seconds: recording.seconds,
		reference,
		batchClient,
		newRealtimeClient: () => new RealtimeClient(services.realtime),
		openSource: (signal) => openSource({from: 'file', path}, {signal, emit: () => {}}),
		clock: systemClock,
		emit: progress.take,
		signal: interrupts.signal,
	});
	progress.end();
	if (interrupts.signal.aborted) {
		const {jobId, phase} = comparison.batch;
		// The demo's service ends with the demo.
		const goesOn = jobId !== undefined && phase !== 'done' && !services.simulated;
		err.line(goesOn ? `Stopped. Job ${printable(jobId)} goes on at the service.` : 'Stopped.');
		return EXIT.interrupted;
	}
	const about = {rates, reference: flags.reference, requests, simulated: services.simulated};
	if (flags.json === true) out.line(ndjsonLine(comparisonDocument(comparison, about)));
	else for (const line of comparisonLines(comparison, {...about, columns: out.columns})) out.line(line);
	if (flags.outputDir !== undefined) {
		const {outputDir} = flags;
		for (const written of await saveComparison(comparison, about, outputDir))
			err.line(printable(`Saved ${written}`));
	}
	return exitCodeFor(comparison);
}

function exitCodeFor({batch, realtime}: Comparison): number {
	const causes = [batch, realtime].flatMap(({phase, cause}) => (phase === 'failed' ? [cause] : []));
	if (causes.length === 0) return EXIT.ok;
	return causes.includes('authentication') ? EXIT.authentication : EXIT.failed;
}

/** What an hour costs, by flags and settings. */
export function ratesOf(
	settings: Settings,
	{batchRate, realtimeRate, currency}: Pick<CompareFlags, 'batchRate' | 'realtimeRate' | 'currency'>,
): Rates {
	return {
		batch: settingOf(settings, 'compare.batch_rate', {name: '--batch-rate', value: batchRate})?.value,
		realtime: settingOf(settings, 'compare.realtime_rate', {name: '--realtime-rate', value: realtimeRate})
			?.value,
		currency: settingOf(settings, 'compare.currency', {name: '--currency', value: currency})?.value,
	};
}

interface BothServices extends AsyncDisposable {
	readonly batch: ServiceSettings;
	readonly realtime: ServiceSettings;
	readonly simulated: boolean;
	readonly warnings: readonly string[];
}

async function openServices(demo: boolean, settings: Settings): Promise<BothServices> {
	if (demo) return {...(await startDemo()), simulated: true, warnings: []};
	const [batch, realtime] = [await findService('batch', settings), await findService('realtime', settings)];
	const warnings = [...batch.warnings, ...realtime.warnings];
	return {batch, realtime, simulated: false, warnings, async [Symbol.asyncDispose]() {}};
}
