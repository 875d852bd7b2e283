/** `speechdeck sessions replay`. */
import {replayJournal} from '../../realtime/replay.ts';
import {journalIn} from '../../realtime/session-folder.ts';
import {type Clock, systemClock} from '../../speechmatics/clock.ts';
import {EXIT} from '../failure.ts';
import {listenForInterrupts} from '../interrupts.ts';
import {realtimeReporter} from '../realtime-report.ts';
import type {Streams} from '../streams.ts';
import {findSession} from './find.ts';

export interface SessionsReplayFlags {
	/** 1: as it was spoken. */
	readonly speed: number;
	readonly json?: boolean;
}

/** @returns the exit code */
export async function sessionsReplayCommand(
	id: string,
	{speed, json}: SessionsReplayFlags,
	streams: Streams,
	clock: Clock = systemClock,
): Promise<number> {
	const {path, info} = await findSession(id);
	const reporter = realtimeReporter(streams, {
		json: json === true,
		simulated: info.simulated,
		source: info.source,
		receivedSamples: undefined,
	});
	using interrupts = listenForInterrupts(() => {});
	const {signal} = interrupts;
	try {
		await replayJournal(journalIn(path), {speed, show: reporter.report, clock, signal});
		return EXIT.ok;
	} catch (error) {
		if (!signal.aborted) throw error;
		reporter.report({type: 'state', state: 'ended'});
		return EXIT.interrupted;
	}
}
