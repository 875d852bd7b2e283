/** How the app compares both ways. */
import {inspectFile} from '../batch/inspect.ts';
import {compareRecording} from '../compare/compare-recording.ts';
import {sameRequests} from '../compare/requests.ts';
import {openSource} from '../realtime/sources.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import {systemClock} from '../speechmatics/clock.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {CompareServices} from '../tui/services.ts';
import {ratesOf} from './compare.ts';
import {readReference} from './compare-reference.ts';
import type {AppRequests} from './tui-requests.ts';

export function compareServices(
	requests: AppRequests,
	clients: {readonly batchClient: BatchClient; readonly newRealtimeClient: () => RealtimeClient},
): CompareServices {
	return {
		rates: () => ratesOf(requests.current.settings, {}),
		async run(path, {reference, emit, signal}) {
			const said = reference === undefined ? undefined : await readReference(reference);
			const recording = await inspectFile(path, {transcode: false, ffmpeg: false});
			if ('reason' in recording) throw new Error(`${path}: ${recording.reason}`);
			const {job, session} = requests.current;
			await compareRecording({
				...sameRequests(job, session),
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
