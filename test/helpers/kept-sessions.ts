import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import type {AskedSession} from '../../src/realtime/session-info.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {joinResults} from '../../src/speechmatics/transcript.ts';

export const START = {transcriptionConfig: {language: 'en', model: 'enhanced'}} as const;
export const ASKED: AskedSession = {source: 'mic', start: START, simulated: false};

/** A folder that is gone with the test. */
export function temporaryFolder() {
	const path = mkdtempSync(join(tmpdir(), 'speechdeck-sessions-'));
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

export const started = (connection = 1): RealtimeEvent => ({
	type: 'started',
	sessionId: `session-${connection}`,
	connection,
	offset: 0,
	model: 'enhanced',
	language: 'en',
	simulated: false,
});

export function final(...results: RecognitionResult[]): RealtimeEvent {
	return {
		type: 'final',
		text: joinResults(results),
		startTime: results[0]?.start_time ?? 0,
		endTime: results.at(-1)?.end_time ?? 0,
		results,
	};
}

export const partial = (...results: RecognitionResult[]) =>
	({...final(...results), type: 'partial'}) as RealtimeEvent;

export const over = (reason: 'source' | 'stopped' | 'failed' = 'stopped'): RealtimeEvent => ({
	type: 'ended',
	reason,
	sentFrames: 0,
	sentBytes: 0,
	connections: 1,
});
