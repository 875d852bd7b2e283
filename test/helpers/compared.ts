/** Comparisons that tests look at, and a service that makes them. */
import type {CompareEvent, CompareHappening} from '../../src/compare/compare-events.ts';
import {type Comparison, NEW_COMPARISON, reduceComparison} from '../../src/compare/comparison.ts';
import {findingsOf} from '../../src/compare/findings.ts';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import type {CompareServices} from '../../src/tui/services.ts';
import {spoken} from './viewed.ts';

/** A transcript of a text, a word a second, as the emulator would make it or a service. */
export function transcriptOf(said: string, {simulated = false} = {}): Transcript {
	const metadata = simulated ? {orchestrator_version: 'speechdeck-emulator 1'} : {};
	return {format: '2.9', metadata, results: spoken(said)};
}

export const BEGAN: CompareEvent = {type: 'began', file: '/talks/talk.wav', seconds: 20, at: 0};

/** The events of both ways, to their whole texts. @param said what the reference says */
export function eventsOf(batch: Transcript, realtime: Transcript, said?: string): CompareEvent[] {
	return [
		BEGAN,
		{type: 'uploading', sentBytes: 50, totalBytes: 100, at: 0.1},
		{type: 'submitted', jobId: 'job1', at: 0.2},
		live({type: 'state', state: 'listening'}, 0.3),
		live({type: 'partial', text: 'Good mor', startTime: 0, endTime: 1, results: []}, 1),
		{type: 'job-done', at: 1.4},
		{type: 'transcribed', mode: 'batch', transcript: batch, at: 1.5},
		{type: 'transcribed', mode: 'realtime', transcript: realtime, at: 20.5},
		{type: 'ended', findings: findingsOf({batch, realtime, reference: said}), at: 20.6},
	];
}

export function live(event: Extract<CompareHappening, {type: 'live'}>['event'], at: number): CompareEvent {
	return {type: 'live', heard: at, event, at};
}

export function comparisonAfter(events: readonly CompareEvent[]): Comparison {
	return events.reduce(reduceComparison, NEW_COMPARISON);
}

/** A service that tells these events, and can be kept from its end until it is stopped. */
export function fakeCompare(
	events: readonly CompareEvent[],
	{waits = false, ...other}: Partial<CompareServices> & {readonly waits?: boolean} = {},
): CompareServices {
	return {
		rates: () => ({}),
		said: async (path) => {
			throw new Error(`The reference ${path} cannot be read`);
		},
		report: () => 'the report',
		save: async (_, {folder}) => [`${folder}/talk.comparison.txt`, `${folder}/talk.batch.txt`],
		async run(_path, {emit, signal}) {
			for (const event of events) emit(event);
			if (!waits) return;
			await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
			emit({type: 'stopped', mode: 'batch', at: 3});
			emit({type: 'stopped', mode: 'realtime', at: 3});
			emit({type: 'ended', findings: {}, at: 3});
		},
		...other,
	};
}
