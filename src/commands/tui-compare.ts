/** How the app compares both ways. */
import {inspectFile} from '../batch/inspect.ts';
import {compareRecording} from '../compare/compare-recording.ts';
import type {Comparison} from '../compare/comparison.ts';
import {sameRequests} from '../compare/requests.ts';
import {openSource} from '../realtime/sources.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import {systemClock} from '../speechmatics/clock.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {CompareServices} from '../tui/services.ts';
import {ratesOf} from './compare.ts';
import {reportText, saveComparison} from './compare-files.ts';
import {readReference} from './compare-reference.ts';
import type {About} from './compare-report.ts';
import type {AppRequests} from './tui-requests.ts';

export function compareServices(
	requests: AppRequests,
	clients: {readonly batchClient: BatchClient; readonly newRealtimeClient: () => RealtimeClient},
): CompareServices {
	/** Of the last comparison: what is asked may have been changed since. */
	let asked: About['requests'] | undefined;
	const rates = () => ratesOf(requests.current.settings, {});
	const requestsNow = () => sameRequests(requests.current.job, requests.current.session);
	const about = ({simulated}: Comparison, reference: string | undefined): About => ({
		rates: rates(),
		reference,
		requests: asked ?? requestsNow(),
		simulated,
	});
	return {
		rates,
		said: readReference,
		report: (comparison, reference) => reportText(comparison, about(comparison, reference)),
		save: (comparison, {folder, reference}) =>
			saveComparison(comparison, about(comparison, reference), folder),
		async run(path, {reference, emit, signal}) {
			const said = reference === undefined ? undefined : await readReference(reference);
			const recording = await inspectFile(path, {transcode: false, ffmpeg: false});
			if ('reason' in recording) throw new Error(`${path}: ${recording.reason}`);
			asked = requestsNow();
			await compareRecording({
				...asked,
				...clients,
				path,
				seconds: recording.seconds,
				reference: said,
				openSource: (stop) => openSource({from: 'file', path}, {signal: stop, emit: () => {}}),
				clock: systemClock,
				emit,
				signal,
			});
		},
	};
}
