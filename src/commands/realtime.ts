/** `speechdeck realtime`: live audio in, its transcript out while it is spoken. */
import {basename, extname, join} from 'node:path';
import {openFileSource} from '../audio/file-source.ts';
import {openPipeSource} from '../audio/pipe-source.ts';
import type {AudioSource} from '../audio/source.ts';
import {OUTPUT_FORMATS, renderTranscript} from '../captions/render.ts';
import {writeNewFiles} from '../platform/files.ts';
import {folder} from '../platform/folders.ts';
import {runSession, type SessionResult} from '../realtime/session.ts';
import {systemClock} from '../speechmatics/clock.ts';
import type {REALTIME_DIARIZATION} from '../speechmatics/config.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
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
	await save(result, flags, service.simulated, reporter);
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

/** A real session is always kept, and the demo's only where the user named a folder. */
async function save(
	{transcript}: SessionResult,
	{outputDir, source}: RealtimeFlags,
	simulated: boolean,
	reporter: ReturnType<typeof realtimeReporter>,
): Promise<void> {
	if (transcript === undefined || (outputDir === undefined && simulated)) return;
	const time = new Date()
		.toISOString()
		.replace(/\.\d+Z$/, '')
		.replaceAll(':', '-');
	const stem = source === 'mic' || source === '-' ? `realtime-${time}` : basename(source, extname(source));
	const target =
		outputDir === undefined
			? {folder: join(folder('data'), 'sessions', time), stem: 'transcript'}
			: {folder: outputDir, stem};
	const outputs = await writeNewFiles(target.folder, target.stem, filesOf(transcript));
	reporter.report({type: 'saved', outputs});
}

function filesOf(transcript: Transcript) {
	return OUTPUT_FORMATS.map((format) => ({
		ending: `.${format}`,
		content: renderTranscript(transcript, format),
	}));
}
