/** `speechdeck realtime`: live audio in, its transcript out while it is spoken. */

import {basename} from 'node:path';
import {LiveOutputError, openLiveOutputs} from '../realtime/live-outputs/live-outputs.ts';
import {meetingStart} from '../realtime/meeting.ts';
import {runSession} from '../realtime/session.ts';
import {keepSession} from '../realtime/session-folder.ts';
import {openSource, sourceChoice, sourceName} from '../realtime/sources.ts';
import {loadSettings, settingOf} from '../settings/load.ts';
import {type GivenOptions, realtimeRequest} from '../settings/requests.ts';
import {systemClock} from '../speechmatics/clock.ts';
import {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {EXIT, ended, exitCodeOf, UsageError} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {knownVoices} from './known-voices.ts';
import {realtimeReporter} from './realtime-report.ts';
import {openToldService} from './service.ts';
import type {Streams} from './streams.ts';

export interface RealtimeFlags {
	/** `mic`, `-` for stdin, or a file. */
	readonly source: string;
	readonly device?: string;
	readonly pace: '1' | 'max';
	readonly outputDir?: string;
	/** Files that are written while the session goes on. */
	readonly live?: readonly string[];
	/** A file with the last lines alone. */
	readonly latest?: string;
	readonly latestPartial?: boolean;
	/** Port of the page with captions. */
	readonly overlay?: number;
	/** False keeps no recording of live audio. */
	readonly record?: boolean;
	readonly json?: boolean;
	readonly demo?: boolean;
}

/**
 * @param given what was said about the transcription
 * @returns the exit code
 */
export async function realtimeCommand(
	flags: RealtimeFlags,
	given: GivenOptions & {readonly profile?: string | undefined},
	streams: Streams,
): Promise<number> {
	const {err} = streams;
	const settings = loadSettings({environment: process.env, profile: given.profile});
	const request = realtimeRequest(settings, given);
	const device = settingOf(settings, 'realtime.device', {name: '--device', value: flags.device})?.value;
	const demo = flags.demo === true;
	const {warnings} = request;
	await using service = await openToldService('realtime', {demo, settings, warnings}, err);
	const choice = sourceChoice(flags.source, device, process.stdin);
	const start = choice.from === 'meeting' ? meetingStart(request.start) : request.start;
	const {model, language, diarization = 'none'} = start.transcriptionConfig;
	err.line(ended(`Model ${model}, language ${language}, diarization ${diarization}`));

	const reporter = realtimeReporter(streams, {
		json: flags.json === true,
		simulated: service.simulated,
		source: choice.from === 'stream' ? sourceName(choice) : flags.source,
		receivedSamples: service.receivedSamples,
	});
	using interrupts = listenForInterrupts(() =>
		reporter.note('Stopping: waiting for the last words. Ctrl-C again leaves at once.'),
	);
	let live = false;
	const outputs = await openLiveOutputs({
		files: flags.live,
		targets: request.start.translationConfig?.target_languages,
		latest: flags.latest,
		latestPartial: flags.latestPartial,
		overlayPort: flags.overlay,
		onProblem: reporter.note,
	}).catch((error: unknown) => {
		throw error instanceof LiveOutputError ? new UsageError(error.message) : error;
	});
	if (outputs.overlayUrl !== undefined) err.line(`Captions are at ${outputs.overlayUrl}`);
	const voices = await knownVoices(service.settings, start, {
		demo,
		onProblem: reporter.note,
	});
	const kept = keepSession(
		{
			source: sourceName(choice),
			file: choice.from === 'file' ? choice.path : undefined,
			start: voices.start,
			outputDir: flags.outputDir,
			simulated: service.simulated,
		},
		{
			show: (event) => {
				reporter.report(event);
				outputs.take(event);
				voices.hear(event);
			},
		},
	);
	// A recording has one channel.
	const records = flags.record !== false && choice.from !== 'meeting';
	const result = await runSession({
		newClient: () => new RealtimeClient(service.settings),
		opening:
			choice.from === 'microphone' || choice.from === 'meeting' ? 'starting microphone' : 'opening audio',
		openSource: async (signal, emit) => {
			const opened = await openSource(choice, {signal, emit});
			live = opened.live;
			if (live && records) kept.startRecording(opened.format);
			return opened;
		},
		start: voices.start,
		onSpeakers: voices.onSpeakers,
		pace: flags.pace,
		emit: kept.emit,
		recorder: records ? kept.recorder : undefined,
		spillTo: kept.spillTo,
		stop: interrupts.signal,
		clock: systemClock,
	});
	await kept.finish(result.transcript);
	await outputs.close();
	if (result.reason === 'failed' && live && records && kept.path !== undefined) {
		const id = basename(kept.path);
		reporter.note(`What was recorded is kept: "speechdeck sessions recover ${id}" makes words of the rest.`);
	}
	if (result.reason === 'failed') return exitCodeOf(result.error);
	return result.reason === 'stopped' && !live ? EXIT.interrupted : EXIT.ok;
}
