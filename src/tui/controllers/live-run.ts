/** One live session of the screen, from its source to its saved words. */
import type {WatchedMicrophone} from '../../audio/watched-microphone.ts';
import type {RealtimeEvent} from '../../realtime/events.ts';
import {meetingStart} from '../../realtime/meeting.ts';
import {LiveSession, type SessionStart} from '../../realtime/session.ts';
import {keepSession} from '../../realtime/session-folder.ts';
import {openSource, type SourceChoice, sourceName} from '../../realtime/sources.ts';
import {systemClock} from '../../speechmatics/clock.ts';
import type {MidSessionConfig} from '../../speechmatics/config.ts';
import type {Services} from '../services.ts';
import type {EndedSession} from './last-session.ts';
import type {Tell} from './notices.ts';

export interface LiveRunOptions {
	readonly services: Services;
	readonly choice: SourceChoice;
	/** What was changed by keys before. */
	readonly changes: MidSessionConfig;
	/** Aborting ends the source; the last words are waited for. */
	readonly stop: AbortSignal;
	readonly show: (event: RealtimeEvent) => void;
	readonly tell: Tell;
	/** Called once it can be marked and changed. */
	readonly onSession: (session: LiveSession) => void;
	readonly onMicrophone: (microphone: WatchedMicrophone) => void;
	/** Called when nothing more comes; what there is will be saved. */
	readonly onOver: () => void;
}

/** Runs a session and saves what it brought. Problems are told, with what was final saved all the same. */
export async function runLive(options: LiveRunOptions): Promise<EndedSession> {
	const {services, choice, stop, show, tell, onSession, onMicrophone, onOver} = options;
	const {outputDir, demo: simulated} = services;
	const start = startOf(options);
	const voices = await services.voices?.(start, (problem) => tell(problem, 'problem'));
	const asked = voices?.start ?? start;
	const kept = keepSession(
		{
			source: sourceName(choice),
			file: choice.from === 'file' ? choice.path : undefined,
			start: asked,
			outputDir,
			simulated,
		},
		{
			show: (event) => {
				voices?.hear(event);
				show(event);
			},
		},
	);
	// A recording has one channel.
	const records = services.record !== false && choice.from !== 'meeting';
	const hasMicrophone = choice.from === 'microphone' || choice.from === 'meeting';
	const session = new LiveSession({
		newClient: () => services.newRealtimeClient(),
		opening: hasMicrophone ? 'starting microphone' : 'opening audio',
		openSource: async (signal, emit) => {
			const source = await openSource(choice, {signal, emit, onMicrophone});
			if (source.live && records) kept.startRecording(source.format);
			return source;
		},
		start: asked,
		onSpeakers: voices?.onSpeakers,
		pace: '1',
		emit: kept.emit,
		recorder: records ? kept.recorder : undefined,
		spillTo: kept.spillTo,
		stop,
		clock: systemClock,
	});
	onSession(session);
	const {transcript, error} = await session.run();
	onOver();
	if (error !== undefined) tell((error as Error).message, 'problem');
	await kept.finish(transcript);
	return {path: kept.path, start, transcript};
}

function startOf({services: {realtimeStart}, changes, choice}: LiveRunOptions): SessionStart {
	const transcriptionConfig = {...realtimeStart.transcriptionConfig, ...changes};
	if (choice.from !== 'meeting') return {...realtimeStart, transcriptionConfig};
	// What is asked for one channel would tell the two of a meeting not apart.
	const {diarization, ...others} = transcriptionConfig;
	const keeps = diarization?.startsWith('channel') === true;
	return meetingStart({...realtimeStart, transcriptionConfig: keeps ? transcriptionConfig : others});
}
