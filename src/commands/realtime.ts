/** `speechdeck realtime`: live audio in, its transcript out while it is spoken. */
import {openFileSource} from '../audio/file-source.ts';
import {openPipeSource} from '../audio/pipe-source.ts';
import type {AudioSource} from '../audio/source.ts';
import {saveSession} from '../realtime/save.ts';
import {runSession} from '../realtime/session.ts';
import {loadSettings, settingOf} from '../settings/load.ts';
import {type GivenOptions, realtimeRequest} from '../settings/requests.ts';
import {systemClock} from '../speechmatics/clock.ts';
import {RealtimeClient} from '../speechmatics/realtime-client.ts';
import {EXIT, ended, exitCodeOf} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {realtimeReporter} from './realtime-report.ts';
import {DEMO_NOTICE, openService} from './service.ts';
import type {Streams} from './streams.ts';

export interface RealtimeFlags {
	/** `mic`, `-` for stdin, or a file. */
	readonly source: string;
	readonly device?: string;
	readonly pace: '1' | 'max';
	readonly outputDir?: string;
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
	await using service = await openService('realtime', {demo: flags.demo === true, settings});
	for (const warning of [...settings.warnings, ...service.settings.warnings, ...request.warnings]) {
		err.line(ended(`Warning: ${warning}`));
	}
	if (service.simulated) err.line(DEMO_NOTICE);
	const {model, language, diarization = 'none'} = request.start.transcriptionConfig;
	err.line(ended(`Model ${model}, language ${language}, diarization ${diarization}`));

	const reporter = realtimeReporter(streams, {
		json: flags.json === true,
		simulated: service.simulated,
		source: flags.source,
		receivedSamples: service.receivedSamples,
	});
	using interrupts = listenForInterrupts(() =>
		reporter.note('Stopping: waiting for the last words. Ctrl-C again leaves at once.'),
	);
	const {source} = flags;
	let live = false;
	const startedAt = new Date();
	const result = await runSession({
		client: new RealtimeClient(service.settings),
		opening: source === 'mic' ? 'starting microphone' : 'opening audio',
		openSource: async () => {
			const opened = await openSource(source, device);
			live = opened.live;
			return opened;
		},
		start: request.start,
		pace: flags.pace,
		emit: reporter.report,
		stop: interrupts.signal,
		clock: systemClock,
	});
	if (result.transcript !== undefined) {
		const outputs = await saveSession(result.transcript, {
			file: source === 'mic' || source === '-' ? undefined : source,
			outputDir: flags.outputDir,
			simulated: service.simulated,
			startedAt,
		});
		if (outputs.length > 0) reporter.report({type: 'saved', outputs});
	}
	if (result.reason === 'failed') return exitCodeOf(result.error);
	return result.reason === 'stopped' && !live ? EXIT.interrupted : EXIT.ok;
}

async function openSource(source: string, device: string | undefined): Promise<AudioSource> {
	if (source === 'mic') {
		const {openMicrophone} = await import('../audio/microphone.ts');
		return openMicrophone(device === undefined ? {} : {device});
	}
	return source === '-' ? openPipeSource(process.stdin) : openFileSource(source);
}
