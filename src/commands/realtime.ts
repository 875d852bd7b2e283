/** `speechdeck realtime`: live audio in, its transcript out while it is spoken. */
import {openFileSource} from '../audio/file-source.ts';
import {openPipeSource} from '../audio/pipe-source.ts';
import type {AudioSource} from '../audio/source.ts';
import {saveSession} from '../realtime/save.ts';
import {runSession} from '../realtime/session.ts';
import {systemClock} from '../speechmatics/clock.ts';
import type {REALTIME_DIARIZATION} from '../speechmatics/config.ts';
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
	readonly language: string;
	readonly model: string;
	readonly diarization: (typeof REALTIME_DIARIZATION)[number];
	/** Seconds from a word's end to its final. */
	readonly maxDelay: number;
	readonly json?: boolean;
	readonly demo?: boolean;
}

/** @returns the exit code */
export async function realtimeCommand(flags: RealtimeFlags, streams: Streams): Promise<number> {
	const {err} = streams;
	await using service = await openService('realtime', {demo: flags.demo === true});
	for (const warning of service.settings.warnings) err.line(ended(`Warning: ${warning}`));
	if (service.simulated) err.line(DEMO_NOTICE);
	err.line(`Model ${flags.model}, language ${flags.language}, diarization ${flags.diarization}.`);

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
			const opened = await openSource(flags);
			live = opened.live;
			return opened;
		},
		config: {
			language: flags.language,
			model: flags.model,
			enable_partials: true,
			max_delay: flags.maxDelay,
			...(flags.diarization !== 'none' && {diarization: flags.diarization}),
		},
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

async function openSource({source, device}: RealtimeFlags): Promise<AudioSource> {
	if (source === 'mic') {
		const {openMicrophone} = await import('../audio/microphone.ts');
		return openMicrophone(device === undefined ? {} : {device});
	}
	return source === '-' ? openPipeSource(process.stdin) : openFileSource(source);
}
